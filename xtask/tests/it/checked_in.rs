//! Checks that the generated files of this repository are up to date, and what
//! the pipeline promises about them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use spec_codegen::{lint::Origin, pipeline};
use spec_model::load;
use xtask::{files::GeneratedFile, regen, workspace};

fn root() -> PathBuf {
    workspace::find().unwrap()
}

fn document() -> Value {
    load::document(&root().join(workspace::DOCUMENT)).unwrap()
}

fn files(document: &Value) -> Vec<GeneratedFile> {
    let output = pipeline::run(document, Origin::Own)
        .unwrap_or_else(|failure| panic!("the document was not accepted: {failure}"));
    regen::own_files(&root(), document, output).unwrap()
}

#[test]
fn generated_files_are_up_to_date() {
    for file in files(&document()) {
        let present = fs::read_to_string(&file.path).ok();
        let present = present.map(|text| text.replace("\r\n", "\n"));
        assert!(
            present == file.text,
            "{} is stale: run `cargo xtask regen`",
            file.path.display()
        );
    }
}

#[test]
fn a_member_that_is_added_to_the_document_can_be_set_on_a_ticket() {
    let mut document = document();
    let added = [
        ("CreateTicket", "campaign", "new_ticket"),
        ("CreateMessage", "mood", "new_message"),
        ("CreateParticipant", "nickname", "participant"),
        ("CreateAttachment", "checksum", "attachment"),
        ("CreateSource", "thread", "source"),
    ];
    for (component, member, _) in added {
        document["components"]["schemas"][component]["properties"][member] = json!({
            "type": "string", "maxLength": 64, "nullable": true,
            "description": "Words of the document.",
        });
    }
    let files = files(&document);
    for (_, member, module) in added {
        let path = root().join(format!("crates/gorgias/src/generated/{module}.rs"));
        let file = files.iter().find(|file| file.path == path);
        let text = file.and_then(|file| file.text.as_deref()).unwrap();
        let (before, _) = text
            .split_once(&format!(
                "    pub fn {member}(mut self, value: impl Into<String>) -> Self {{\n"
            ))
            .unwrap_or_else(|| panic!("nothing sets {member}"));
        let docs = before.rsplit("    }\n").next().unwrap();
        assert!(docs.contains("/// Words of the document."), "{docs}");
    }
}

#[test]
fn two_runs_write_the_same_bytes() {
    let document = document();
    let texts = || files(&document).into_iter().map(|file| file.text);
    assert!(texts().eq(texts()));
}

#[test]
fn the_versions_in_the_header_are_those_of_the_lock_file() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for (name, version) in spec_codegen::emit::GENERATORS {
        let entry = format!("name = \"{name}\"\nversion = \"{version}\"");
        assert!(lock.contains(&entry), "{name} {version}");
    }
}

#[test]
fn a_pass_without_a_reason_fails_the_run() {
    let mut document = document();
    strip(&mut document["paths"], "default");
    strip(&mut document["components"], "default");
    let failure = match pipeline::run(&document, Origin::Own) {
        Ok(_) => panic!("the pass that drops defaults had none to drop"),
        Err(failure) => failure.to_string(),
    };
    assert!(
        failure.contains("no longer apply") && failure.contains("defaults"),
        "{failure}"
    );
}

fn strip(value: &mut Value, keyword: &str) {
    match value {
        Value::Object(members) => {
            members.shift_remove(keyword);
            members.values_mut().for_each(|value| strip(value, keyword));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| strip(value, keyword)),
        _ => {}
    }
}

#[test]
fn a_folder_of_its_own_holds_a_whole_crate() {
    let folder = Path::new("somewhere");
    let output =
        pipeline::run(&document(), Origin::Foreign).unwrap_or_else(|failure| panic!("{failure}"));
    let files = xtask::standalone::files(&root(), folder, output).unwrap();
    for name in [
        "Cargo.toml",
        "src/lib.rs",
        "src/generated/mod.rs",
        "src/support/mod.rs",
    ] {
        assert!(
            files.iter().any(|file| file.path == folder.join(name)),
            "{name}"
        );
    }
}
