//! Checks the findings of small documents with problems.

use std::{fmt::Write as _, fs, path::Path};

use spec_codegen::{
    lint::{self, Origin, Severity},
    pipeline::{self, Failure},
};
use spec_model::load;

/// The start of a document that doesn't have its own.
const HEAD: &str = "openapi: 3.0.3\ninfo: { title: Refused, version: '1' }\n";

fn documents() -> Vec<(String, serde_json::Value)> {
    documents_in("tests/refusals")
}

fn documents_in(folder: &str) -> Vec<(String, serde_json::Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let text = match text.contains("openapi:") {
                true => text,
                false => format!("{HEAD}{text}"),
            };
            let document = load::parse(&text).unwrap_or_else(|error| panic!("{name}: {error:#}"));
            documents.push((name, document));
        }
    }
    documents.sort_by(|(one, _), (other, _)| one.cmp(other));
    documents
}

#[test]
fn each_finding_says_where_and_what_to_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refusals");
    for (name, document) in documents() {
        let mut text = String::new();
        for finding in lint::lint(&document, Origin::Foreign) {
            writeln!(text, "{finding}\n").unwrap();
        }
        expectorate::assert_contents(folder.join(format!("{name}.txt")), &text);
    }
}

/// Problems that the lint doesn't find, and that the generator or the compiler
/// would report.
#[test]
fn what_is_found_late_says_where_and_what_to_do_all_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refusals/late");
    for (name, document) in documents_in("tests/refusals/late") {
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
    for (name, document) in documents() {
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
    for (name, document) in documents() {
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
