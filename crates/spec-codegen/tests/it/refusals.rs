//! Checks the findings of small documents with problems.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use spec_codegen::{
    lint::{self, Origin, Severity},
    pipeline::{self, Failure},
};

use crate::documents::documents_in;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refusals")
}

#[test]
fn each_finding_says_where_and_what_to_do() {
    for (name, document) in documents_in(&folder()) {
        let mut text = String::new();
        for finding in lint::lint(&document, Origin::Foreign) {
            writeln!(text, "{finding}\n").unwrap();
        }
        expectorate::assert_contents(folder().join(format!("{name}.txt")), &text);
    }
}

/// The lint doesn't find these problems. The generator or the compiler would report them.
#[test]
fn what_is_found_late_says_where_and_what_to_do_all_the_same() {
    let folder = folder().join("late");
    for (name, document) in documents_in(&folder) {
        let findings = lint::lint(&document, Origin::Foreign);
        let errors = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{name}");
        let Err(Failure::Refused(findings)) = pipeline::run(&document, Origin::Foreign) else {
            panic!("{name} was not refused");
        };
        let mut text = String::new();
        for finding in findings {
            assert!(document.pointer(&finding.pointer).is_some(), "{finding}");
            writeln!(text, "{finding}\n").unwrap();
        }
        expectorate::assert_contents(folder.join(format!("{name}.txt")), &text);
    }
}

#[test]
fn every_pointer_leads_to_the_place_or_to_where_something_lacks() {
    for (name, document) in documents_in(&folder()) {
        let findings = lint::lint(&document, Origin::Own);
        assert!(!findings.is_empty(), "{name}");
        for finding in findings {
            let parent = finding
                .pointer
                .rsplit_once('/')
                .map_or("", |(parent, _)| parent);
            assert!(document.pointer(parent).is_some(), "{name}: {finding}");
        }
    }
}

#[test]
fn conventions_bind_our_own_document_only() {
    for (name, document) in documents_in(&folder()) {
        if name.starts_with("convention") {
            let severity = |origin| {
                let findings = lint::lint(&document, origin);
                findings.iter().map(|finding| finding.severity).min()
            };
            assert_eq!(severity(Origin::Own), Some(Severity::Error), "{name}");
            assert_eq!(severity(Origin::Foreign), Some(Severity::Warning), "{name}");
        }
    }
}
