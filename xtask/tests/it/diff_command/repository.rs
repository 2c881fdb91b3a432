//! A repository to run the command in, and edits of its document.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

/// The result of a run of the command.
#[derive(Debug)]
pub struct Outcome {
    pub code: i32,
    pub output: String,
    pub errors: String,
}

/// A workspace with the document, manifests and changelog, released as 0.1.0.
pub struct Repository(TempDir);

impl Repository {
    pub fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.write("Cargo.toml", &manifest("0.1.0"));
        for name in ["gorgias-api", "gorgias"] {
            let text = format!("[package]\nname = \"{name}\"\nversion.workspace = true\n");
            repository.write(&format!("crates/{name}/Cargo.toml"), &text);
        }
        repository.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n");
        repository.write("spec/gorgias.yaml", &text(&document()));
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit();
        repository.git(&["tag", "v0.1.0"]);
        repository
    }

    /// A repository whose main branch has a later document, version and
    /// changelog entry.
    pub fn with(document: &Value, version: &str) -> Self {
        let repository = Self::new();
        repository.write("spec/gorgias.yaml", &text(document));
        repository.write("Cargo.toml", &manifest(version));
        repository.write("CHANGELOG.md", ENTRY);
        repository.commit();
        repository
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn commit(&self) {
        self.git(&["add", "--all"]);
        let author = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
        self.git(&[&author[..], &["commit", "--quiet", "--message", "A"]].concat());
    }

    pub fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        // Ignores the configuration of the machine.
        git.env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null");
        let status = git.arg("-C").arg(self.path()).args(arguments).status();
        assert!(status.unwrap().success(), "git {arguments:?}");
    }

    pub fn diff(&self, arguments: &[&str]) -> Outcome {
        Self::diff_in(self.path(), arguments)
    }

    /// Runs the command in another folder.
    pub fn diff_in(folder: &Path, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let output = command
            .current_dir(folder)
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

    pub fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let outcome = self.diff(&[arguments, &["--format", "json"]].concat());
        let json = serde_json::from_str(&outcome.output);
        (
            outcome.code,
            json.unwrap_or_else(|error| panic!("{error}: {outcome:?}")),
        )
    }
}

pub fn manifest(version: &str) -> String {
    format!(
        "[workspace]\nmembers = [\"crates/*\"]\n\n[workspace.package]\nversion = \"{version}\"\n"
    )
}

pub fn text(document: &Value) -> String {
    // JSON is YAML.
    serde_json::to_string_pretty(document).unwrap()
}

pub fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Parcels", "version": "1.0.0"},
        "servers": [{"url": "https://parcels.example"}],
        "paths": {"/parcels": {"get": {
            "operationId": "list_parcels",
            "summary": "List parcels",
            "parameters": [
                {"name": "carrier", "in": "query", "description": "Of one carrier.", "schema": {"type": "string"}},
                {"name": "limit", "in": "query", "description": "How many.", "schema": {"type": "integer", "minimum": 1, "maximum": 50}},
            ],
            "responses": {"200": {"description": "Some parcels.", "content": {"application/json": {
                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Parcel"}}}}}},
        }, "post": {
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
                    "note": {"type": "string", "nullable": true, "description": "For the carrier."},
                    "size": {"description": "How large it is.", "allOf": [{"$ref": "#/components/schemas/Size"}]},
                }},
            "Size": {"type": "string", "description": "How large it is.", "enum": ["small", "large"]},
            "Parcel": {"type": "object", "description": "What was sent.", "required": ["id"],
                "properties": {"id": {"type": "integer", "format": "int64", "description": "Its number."}},
                "x-resource": true},
        }},
    })
}

pub fn property<'a>(document: &'a mut Value, schema: &str, name: &str) -> &'a mut Value {
    &mut document["components"]["schemas"][schema]["properties"][name]
}

/// A lower limit of the address, which breaks callers but no program.
pub fn narrowed() -> Value {
    let mut document = document();
    property(&mut document, "SendParcel", "to")["maxLength"] = json!(60);
    document
}

/// A new optional field, which breaks nothing.
pub fn grown() -> Value {
    let mut document = document();
    *property(&mut document, "SendParcel", "weight") =
        json!({"type": "integer", "description": "In grams."});
    document
}

/// A changelog with an entry.
pub const ENTRY: &str = "# Changelog\n\n## [Unreleased]\n\n### Spec\n\n- It changed.\n";
