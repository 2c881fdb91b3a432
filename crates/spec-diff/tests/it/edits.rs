//! Tests single edits of one document: each must be reported as the expected
//! changes, and only once.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;
use spec_diff::{Wire, compare, rules};

use crate::patch::{Edit, apply, edits};

const FILES: [(&str, &str); 5] = [
    ("operations", include_str!("edits/operations.yaml")),
    ("messages", include_str!("edits/messages.yaml")),
    ("callbacks", include_str!("edits/callbacks.yaml")),
    ("shared", include_str!("edits/shared.yaml")),
    ("readers", include_str!("edits/readers.yaml")),
];

/// The document to which the edits are applied.
pub fn base() -> Value {
    spec_model::load::parse(include_str!("base.yaml")).unwrap()
}

fn documents(edit: &Edit) -> (Value, Value) {
    let mut old = base();
    apply(&mut old, &edit.base);
    let mut new = old.clone();
    apply(&mut new, &edit.edit);
    (old, new)
}

/// The edits of all files.
pub fn all() -> impl Iterator<Item = Edit> {
    FILES.into_iter().flat_map(|(_, text)| edits(text))
}

fn found(wire: &Wire) -> Vec<String> {
    let word = |change: &spec_diff::Change| format!("{} {}", change.class.word(), change.id);
    wire.changes.iter().map(word).collect()
}

#[test]
fn each_edit_is_found_as_what_it_is() {
    let mut wrong = String::new();
    for edit in all() {
        let (old, new) = documents(&edit);
        let wire = compare(&old, &new);
        if found(&wire) != edit.is {
            let _ = writeln!(
                wrong,
                "{}: expected {:?}, found {:#?}",
                edit.name, edit.is, wire.changes
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn reports_are_as_they_were() {
    for (name, text) in FILES {
        let mut report = String::new();
        for edit in edits(text) {
            let (old, new) = documents(&edit);
            let _ = writeln!(report, "# {}", edit.name);
            for change in compare(&old, &new).changes {
                let (class, direction) = (change.class.word(), change.direction);
                let _ = writeln!(report, "{class} {} ({direction})", change.id);
                let _ = writeln!(report, "  {}", change.message);
                let _ = writeln!(report, "  {} -> {}", change.old, change.new);
                let _ = writeln!(
                    report,
                    "  {} {}",
                    change.fingerprint,
                    change.operations.join(", ")
                );
            }
        }
        insta::assert_snapshot!(name, report);
    }
}

#[test]
fn pointers_lead_to_something() {
    for edit in all() {
        let (old, new) = documents(&edit);
        for change in compare(&old, &new).changes {
            assert!(
                old.pointer(&change.old).is_some(),
                "{}: {change:?}",
                edit.name
            );
            assert!(
                new.pointer(&change.new).is_some(),
                "{}: {change:?}",
                edit.name
            );
        }
    }
}

#[test]
fn a_change_undone_is_found_as_well() {
    for edit in all() {
        let (old, new) = documents(&edit);
        let changes = compare(&new, &old).changes;
        assert_eq!(changes.len(), edit.is.len(), "{}: {changes:#?}", edit.name);
    }
}

#[test]
fn every_rule_outside_schemas_has_an_edit() {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for edit in all() {
        used.extend(
            edit.is
                .iter()
                .filter_map(|line| line.split(' ').nth(1))
                .map(str::to_owned),
        );
    }
    // `schemas.yaml` covers these.
    let elsewhere = [
        "title-changed",
        "xml-documentation-changed",
        "reference-changed",
        "without-effect",
    ];
    for (area, rules) in rules::areas() {
        for id in rules.iter().flat_map(|rule| rule.ids()) {
            let has = used.contains(&id) || elsewhere.contains(&id.as_str());
            assert!(has || area.starts_with("Schemas"), "{id}");
        }
    }
}
