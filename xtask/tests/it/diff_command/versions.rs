//! Tests the checks of versions, acknowledgements and the changelog.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::repository::{ENTRY, Repository, document, grown, manifest, narrowed, property, text};

/// A still lower limit of the address.
fn narrowed_further() -> Value {
    let mut document = narrowed();
    property(&mut document, "SendParcel", "to")["maxLength"] = json!(30);
    document
}

/// Returns the titles of the tasks.
fn to_do(json: &Value) -> Vec<&str> {
    let list = json["to_do"].as_array().unwrap().iter();
    list.map(|one| one["title"].as_str().unwrap()).collect()
}

#[test]
fn a_break_needs_a_version_that_says_so() {
    let repository = Repository::new();
    repository.write("spec/gorgias.yaml", &text(&narrowed()));
    repository.write("CHANGELOG.md", ENTRY);
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 3);
    assert_eq!(
        json["versions"]["gorgias-api"],
        json!({"base": "0.1.0", "now": "0.1.0", "needed": "0.2.0", "ok": false})
    );
    repository.write("Cargo.toml", &manifest("0.2.0"));
    let (code, json) = repository.json(&["main"]);
    assert_eq!(code, 0);
    assert_eq!(
        json["versions"]["gorgias"],
        json!({"base": "0.1.0", "now": "0.2.0", "needed": "0.2.0", "ok": true})
    );
}

#[test]
fn an_addition_is_no_break() {
    let repository = Repository::new();
    repository.write("spec/gorgias.yaml", &text(&grown()));
    repository.write("CHANGELOG.md", ENTRY);
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 0);
    assert_eq!(json["wire"]["verdict"], "compatible");
    assert_eq!(json["rust"]["verdict"], "additive");
    assert_eq!(
        json["versions"]["gorgias"],
        json!({"base": "0.1.0", "now": "0.1.0", "needed": "0.1.1", "ok": true})
    );
}

#[test]
fn a_second_break_before_a_release_asks_for_nothing_more() {
    let repository = Repository::with(&narrowed(), "0.2.0");
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.write("spec/gorgias.yaml", &text(&narrowed_further()));
    repository.write("CHANGELOG.md", &format!("{ENTRY}- It changed again.\n"));
    let (code, json) = repository.json(&[]);
    assert_eq!((code, to_do(&json)), (0, vec![]), "{json:#}");
    // The report is about this change alone.
    let message = &json["wire"]["changes"][0]["message"];
    assert_eq!(message, "`maxLength` decreased from 60 to 30");
    assert_eq!(json["versions"]["gorgias"]["needed"], "0.2.0");
    // After the release a break asks again.
    repository.git(&["tag", "v0.2.0", "main"]);
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 3);
    assert_eq!(to_do(&json), ["gorgias and gorgias-api need 0.3.0"]);
}

#[test]
fn what_was_never_released_may_go_again() {
    let repository = Repository::with(&grown(), "0.1.0");
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.write("spec/gorgias.yaml", &text(&document()));
    repository.write("CHANGELOG.md", &format!("{ENTRY}- It is as it was.\n"));
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 0, "{json:#}");
    assert_eq!(json["wire"]["verdict"], "breaking");
    let summary = json["summary"].as_str().unwrap();
    assert!(
        summary.ends_with("nothing that was released breaks"),
        "{summary}"
    );
}

#[test]
fn a_pre_release_on_the_way_to_the_version_will_do() {
    let repository = Repository::with(&grown(), "0.2.0-rc.1");
    repository.git(&["tag", "v0.2.0-rc.1"]);
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.write("spec/gorgias.yaml", &text(&narrowed()));
    repository.write("CHANGELOG.md", &format!("{ENTRY}- It is shorter.\n"));
    // A pre-release is no release that anything is counted from.
    let (code, json) = repository.json(&[]);
    assert_eq!((code, &json["release"]), (0, &json!("v0.1.0")), "{json:#}");
    assert_eq!(
        json["versions"]["gorgias"],
        json!({"base": "0.1.0", "now": "0.2.0-rc.1", "needed": "0.2.0", "ok": true})
    );
}

#[test]
fn before_the_first_release_any_version_will_do() {
    let repository = Repository::new();
    repository.git(&["tag", "--delete", "v0.1.0"]);
    repository.write("spec/gorgias.yaml", &text(&narrowed()));
    repository.write("CHANGELOG.md", ENTRY);
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 0, "{json:#}");
    assert_eq!(
        json["versions"]["gorgias"],
        json!({"base": null, "now": "0.1.0", "needed": null, "ok": true})
    );
}

#[test]
fn a_clone_without_the_tags_is_told_how_to_get_them() {
    let repository = Repository::with(&grown(), "0.1.0");
    let clones = tempfile::tempdir().unwrap();
    let (shallow, bare) = (clones.path().join("shallow"), clones.path().join("bare"));
    let url = format!("file://{}", repository.path().display());
    for (folder, option) in [(&shallow, "--depth=1"), (&bare, "--no-tags")] {
        let mut git = Command::new("git");
        git.args(["clone", "--quiet", option, &url]).arg(folder);
        assert!(git.status().unwrap().success());
        fs::write(folder.join("spec/gorgias.yaml"), text(&narrowed())).unwrap();
    }
    let outcome = Repository::diff_in(&shallow, &["HEAD"]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(
        outcome.errors.contains("git fetch --unshallow --tags"),
        "{outcome:?}"
    );
    // Only the changelog names the release.
    fs::write(bare.join("CHANGELOG.md"), "## [0.1.0] - 2026-01-01\n").unwrap();
    let mut git = Command::new("git");
    let author = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
    git.arg("-C").arg(&bare).args(author);
    git.args(["commit", "--quiet", "--message", "A", "CHANGELOG.md"]);
    assert!(git.status().unwrap().success());
    let outcome = Repository::diff_in(&bare, &["HEAD"]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.errors.contains("no tag v0.1.0"), "{outcome:?}");
}

#[test]
fn a_change_of_the_wire_needs_an_entry_in_the_changelog() {
    let repository = Repository::new();
    repository.write("spec/gorgias.yaml", &text(&grown()));
    let outcome = repository.diff(&[]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.output.contains("--changelog"), "{outcome:?}");
    let draft = repository.diff(&["--changelog"]);
    assert_eq!(draft.code, 0);
    repository.write(
        "CHANGELOG.md",
        &format!("# Changelog\n\n## [Unreleased]\n\n{}", draft.output),
    );
    assert_eq!(repository.diff(&[]).code, 0);
}

#[test]
fn documentation_needs_nothing() {
    let repository = Repository::new();
    let mut changed = document();
    property(&mut changed, "Parcel", "id")["description"] = json!("Its own number.");
    repository.write("spec/gorgias.yaml", &text(&changed));
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 0);
    assert_eq!(json["wire"]["verdict"], "doc-only");
    assert_eq!(json["rust"]["verdict"], "none");
    assert_eq!(json["versions"]["gorgias-api"]["ok"], true);
}

/// Acknowledges the first break. Returns its fingerprint.
fn acknowledge(repository: &Repository) -> String {
    let (_, json) = repository.json(&[]);
    let fingerprint = json["wire"]["changes"][0]["fingerprint"].as_str().unwrap();
    let line = format!("{fingerprint} = \"it has always been so\"\n");
    repository.write("spec/accepted-changes.toml", &line);
    fingerprint.to_owned()
}

#[test]
fn an_acknowledged_break_needs_no_breaking_version_until_the_release() {
    let repository = Repository::new();
    repository.write("spec/gorgias.yaml", &text(&narrowed()));
    repository.write("CHANGELOG.md", ENTRY);
    acknowledge(&repository);
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 0);
    assert_eq!(json["versions"]["gorgias-api"]["needed"], "0.1.1");
    repository.commit();
    // Another change is made before the release.
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    let mut changed = narrowed();
    *property(&mut changed, "SendParcel", "weight") =
        json!({"type": "integer", "description": "In grams."});
    repository.write("spec/gorgias.yaml", &text(&changed));
    repository.write("CHANGELOG.md", &format!("{ENTRY}- It grew.\n"));
    let (code, json) = repository.json(&[]);
    assert_eq!((code, &json["notes"]), (0, &json!([])), "{json:#}");
    // The release made the line stale, not this change.
    repository.git(&["tag", "v0.1.1", "main"]);
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 0, "{json:#}");
    assert_eq!(json["notes"].as_array().unwrap().len(), 1);
}

#[test]
fn whoever_makes_an_acknowledgement_stale_removes_it() {
    let repository = Repository::new();
    repository.write("spec/gorgias.yaml", &text(&narrowed()));
    repository.write("CHANGELOG.md", ENTRY);
    let fingerprint = acknowledge(&repository);
    repository.commit();
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.write("spec/gorgias.yaml", &text(&document()));
    repository.write("CHANGELOG.md", &format!("{ENTRY}- It is as it was.\n"));
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 1);
    assert_eq!(
        to_do(&json),
        ["spec/accepted-changes.toml has a line without a break"]
    );
    let text = json["to_do"][0]["text"].as_str().unwrap();
    assert!(text.contains(&fingerprint), "{text}");
}

#[test]
fn a_line_that_never_matched_is_refused_without_a_change_of_the_document() {
    let repository = Repository::new();
    let line = "0123456789abcdef = \"a mistake\"\n";
    repository.write("spec/accepted-changes.toml", line);
    let outcome = repository.diff(&[]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.output.contains("0123456789abcdef"), "{outcome:?}");
}

#[test]
fn what_breaks_the_generated_crate_breaks_the_one_that_re_exports_it() {
    let repository = Repository::new();
    let mut changed = document();
    *property(&mut changed, "SendParcel", "note") =
        json!({"type": "array", "items": {"type": "string"}, "description": "For the carrier."});
    repository.write("spec/gorgias.yaml", &text(&changed));
    repository.write("CHANGELOG.md", ENTRY);
    // The break on the wire is acknowledged, the one in Rust remains.
    acknowledge(&repository);
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 3);
    assert_eq!(to_do(&json), ["gorgias and gorgias-api need 0.2.0"]);
    // A break in Rust can't be acknowledged.
    assert_eq!(json["to_do"][0].get("lines"), None);
}
