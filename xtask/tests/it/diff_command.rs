//! The command itself: what it prints and how it exits, in a repository made
//! for it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

/// What a run of the command came to.
#[derive(Debug)]
struct Outcome {
    code: i32,
    output: String,
    errors: String,
}

/// A workspace with the document, manifests and changelog, and one commit.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.write("Cargo.toml", &manifest("0.1.0"));
        for name in ["gorgias-api", "gorgias"] {
            let text = format!("[package]\nname = \"{name}\"\nversion.workspace = true\n");
            repository.write(&format!("crates/{name}/Cargo.toml"), &text);
        }
        repository.write(
            "crates/gorgias/src/types.rs",
            "pub use gorgias_api::types::Parcel;\n",
        );
        repository.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n");
        repository.write("spec/gorgias.yaml", &text(&document()));
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit();
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        let author = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
        self.git(&[&author[..], &["commit", "--quiet", "--message", "A"]].concat());
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        // Whatever the machine's configuration does to a commit.
        git.env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null");
        let status = git.arg("-C").arg(self.path()).args(arguments).status();
        assert!(status.unwrap().success(), "git {arguments:?}");
    }

    fn diff(&self, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let output = command
            .current_dir(self.path())
            .arg("diff")
            .args(arguments)
            .output();
        let output = output.unwrap();
        Outcome {
            code: output.status.code().unwrap(),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let outcome = self.diff(&[arguments, &["--format", "json"]].concat());
        let json = serde_json::from_str(&outcome.output);
        (
            outcome.code,
            json.unwrap_or_else(|error| panic!("{error}: {outcome:?}")),
        )
    }
}

fn manifest(version: &str) -> String {
    format!(
        "[workspace]\nmembers = [\"crates/*\"]\n\n[workspace.package]\nversion = \"{version}\"\n"
    )
}

fn text(document: &Value) -> String {
    // JSON is YAML.
    serde_json::to_string_pretty(document).unwrap()
}

fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Parcels", "version": "1.0.0"},
        "servers": [{"url": "https://parcels.example"}],
        "paths": {"/parcels": {"post": {
            "operationId": "send_parcel",
            "summary": "Send a parcel",
            "requestBody": {"required": true, "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/SendParcel"}}}},
            "responses": {"201": {"description": "It is on its way.", "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Parcel"}}}}},
        }}},
        "components": {"schemas": {
            "SendParcel": {"type": "object", "additionalProperties": false, "description": "What to send.",
                "required": ["to"],
                "properties": {
                    "to": {"type": "string", "maxLength": 90, "description": "The address."},
                    "note": {"type": "string", "description": "For the carrier."},
                }},
            "Parcel": {"type": "object", "description": "What was sent.", "required": ["id"],
                "properties": {"id": {"type": "integer", "format": "int64", "description": "Its number."}}},
        }},
    })
}

fn property<'a>(document: &'a mut Value, schema: &str, name: &str) -> &'a mut Value {
    &mut document["components"]["schemas"][schema]["properties"][name]
}

/// A shorter address: it breaks callers, and no program.
fn narrowed() -> Value {
    let mut document = document();
    property(&mut document, "SendParcel", "to")["maxLength"] = json!(60);
    document
}

/// Another field: nobody is broken.
fn grown() -> Value {
    let mut document = document();
    *property(&mut document, "SendParcel", "weight") =
        json!({"type": "integer", "description": "In grams."});
    document
}

const ENTRY: &str = "# Changelog\n\n## [Unreleased]\n\n### Spec\n\n- It changed.\n";

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
    assert_eq!(json["versions"]["gorgias"]["needed"], "0.1.1");
}

#[test]
fn a_change_of_the_wire_needs_an_entry_in_the_changelog() {
    let repository = Repository::new();
    repository.write("spec/gorgias.yaml", &text(&grown()));
    let outcome = repository.diff(&[]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.errors.contains("--changelog"), "{outcome:?}");
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

#[test]
fn an_acknowledged_break_needs_no_breaking_version() {
    let repository = Repository::new();
    repository.write("spec/gorgias.yaml", &text(&narrowed()));
    repository.write("CHANGELOG.md", ENTRY);
    let (_, json) = repository.json(&[]);
    let fingerprint = json["wire"]["changes"][0]["fingerprint"].as_str().unwrap();
    let line = format!("{fingerprint} = \"it has always been so\"\n");
    repository.write("spec/accepted-changes.toml", &line);
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 0);
    assert_eq!(json["versions"]["gorgias-api"]["needed"], "0.1.1");

    // The change is gone, and another is there.
    repository.write("spec/gorgias.yaml", &text(&grown()));
    let outcome = repository.diff(&[]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.errors.contains(fingerprint), "{outcome:?}");
}

#[test]
fn only_promised_types_break_the_crate_on_top() {
    let repository = Repository::new();
    let mut changed = document();
    // On the wire an integer is a number, in Rust it isn't.
    *property(&mut changed, "SendParcel", "note") =
        json!({"type": "array", "items": {"type": "string"}, "description": "For the carrier."});
    repository.write("spec/gorgias.yaml", &text(&changed));
    repository.write("CHANGELOG.md", ENTRY);
    let line = {
        let (code, json) = repository.json(&[]);
        assert_eq!(code, 3);
        let fingerprint = json["wire"]["changes"][0]["fingerprint"].as_str().unwrap();
        format!("{fingerprint} = \"nobody calls it\"\n")
    };
    // The wire aside, the types remain.
    repository.write("spec/accepted-changes.toml", &line);
    let (code, json) = repository.json(&[]);
    assert_eq!(code, 3);
    assert_eq!(json["versions"]["gorgias-api"]["needed"], "0.2.0");
    assert_eq!(json["versions"]["gorgias"]["needed"], "0.1.1");
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

#[test]
fn every_format_says_what_changed_and_what_it_needs() {
    let repository = Repository::new();
    let mut changed = narrowed();
    let id = property(&mut changed, "Parcel", "id");
    *id = json!({"type": "string", "description": "Its | number."});
    let description = &mut changed["paths"]["/parcels"]["post"]["summary"];
    *description = json!("Send <b>one</b> parcel");
    repository.write("spec/gorgias.yaml", &text(&changed));
    repository.write("CHANGELOG.md", ENTRY);
    for format in ["text", "markdown", "json", "github"] {
        let outcome = repository.diff(&["--format", format]);
        assert_eq!(outcome.code, 3, "{outcome:?}");
        insta::assert_snapshot!(format!("report_{format}"), outcome.output);
    }
    let draft = repository.diff(&["--changelog"]);
    insta::assert_snapshot!("report_changelog", draft.output);
}
