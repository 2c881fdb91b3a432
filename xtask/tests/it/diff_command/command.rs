//! Tests which documents the command compares, and its exit codes.

use std::fs;

use serde_json::{Value, json};

use super::repository::{ENTRY, Repository, document, grown, narrowed, text};

#[test]
fn nothing_is_printed_when_nothing_changed() {
    let repository = Repository::new();
    for format in ["text", "markdown", "json", "github"] {
        let outcome = repository.diff(&["--format", format]);
        assert_eq!((outcome.code, outcome.output.as_str()), (0, ""), "{format}");
        assert_eq!(outcome.errors, "");
    }
}

#[test]
fn a_base_may_be_a_file_of_a_revision() {
    let repository = Repository::new();
    repository.write("old/api.json", &text(&narrowed()));
    repository.commit();
    repository.write("CHANGELOG.md", ENTRY);
    let (code, json) = repository.json(&["main:old/api.json"]);
    assert_eq!(code, 0);
    assert_eq!(
        json["wire"]["changes"][0]["id"],
        "request-max-length-increased"
    );
    let outcome = repository.diff(&["nowhere"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.errors.contains("nowhere"), "{outcome:?}");
}

#[test]
fn files_are_judged_by_the_versions_at_hand() {
    let repository = Repository::new();
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (
        folder.path().join("old.json"),
        folder.path().join("new.yaml"),
    );
    fs::write(&old, text(&document())).unwrap();
    fs::write(&new, text(&narrowed())).unwrap();
    let files = [
        "--old",
        old.to_str().unwrap(),
        "--new",
        new.to_str().unwrap(),
    ];
    let (code, json) = repository.json(&files);
    assert_eq!(code, 3);
    assert_eq!(
        json["versions"]["gorgias"],
        json!({"base": "0.1.0", "now": "0.1.0", "needed": "0.2.0", "ok": false})
    );
    fs::write(&new, text(&grown())).unwrap();
    assert_eq!(repository.json(&files).0, 0);
    let (code, json) = repository.json(&[&files[..], &["--no-rust"]].concat());
    assert_eq!((code, &json["rust"]), (0, &Value::Null));
}

#[test]
fn a_document_the_generator_refuses_is_told_with_the_place_and_the_remedy() {
    let repository = Repository::new();
    let mut changed = document();
    let operation = changed.pointer_mut("/paths/~1parcels/post").unwrap();
    operation.as_object_mut().unwrap().remove("operationId");
    repository.write("spec/gorgias.yaml", &text(&changed));
    repository.write("CHANGELOG.md", ENTRY);
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 3);
    assert_eq!(json["rust"]["verdict"], "not-generatable");
    let reason = json["rust"]["reason"].as_str().unwrap();
    assert!(reason.contains("#/paths/~1parcels/post"), "{reason}");
    assert!(reason.contains("add an operationId"), "{reason}");
}

#[test]
fn failures_are_told_apart_from_findings() {
    let repository = Repository::new();
    repository.write("spec/gorgias.yaml", "openapi: 3.1.0\n");
    let outcome = repository.diff(&[]);
    assert_eq!((outcome.code, outcome.output.as_str()), (1, ""));
    assert!(outcome.errors.contains("3.1.0"), "{outcome:?}");
    assert_eq!(repository.diff(&["--explain", "no-such-rule"]).code, 1);
    assert_eq!(repository.diff(&["--explain", "path-removed"]).code, 0);
}
