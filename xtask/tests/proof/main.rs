//! Compares the verdict of `cargo xtask diff` on generated crates with that of
//! two tools on built ones: cargo-semver-checks, which knows what breaks but
//! doesn't compare types, and cargo-public-api, which lists every type but
//! doesn't know what breaks.
//!
//! It builds a crate for each edit, so it isn't part of a plain `cargo test`.
//! `.ci/run proof` installs the tools and runs it.

#[path = "../../../crates/spec-diff/tests/it/patch.rs"]
mod patch;
mod tools;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use spec_codegen::lint::Origin;
use spec_codegen::pipeline;
use spec_model::load;
use tools::{Built, Tools};
use xtask::diff::rust::{self, RustVerdict};
use xtask::{standalone, workspace};

/// Built crates by their generated code, so that equal code is built once.
struct Crates {
    tools: Tools,
    folder: PathBuf,
    built: HashMap<String, Built>,
}

impl Crates {
    /// Returns the built crate of a document; `None` if the generator refuses
    /// it.
    fn of(&mut self, document: &Value) -> Option<Built> {
        let output = pipeline::run(document, Origin::Foreign).ok()?;
        let code: String = output
            .sources
            .iter()
            .map(|source| source.text.as_str())
            .collect();
        if let Some(built) = self.built.get(&code) {
            return Some(built.clone());
        }
        let files = standalone::files(&workspace::find().unwrap(), &self.folder, output).unwrap();
        for file in files {
            match file.text {
                Some(text) => {
                    fs::create_dir_all(file.path.parent().unwrap()).unwrap();
                    fs::write(&file.path, text).unwrap();
                }
                None => fs::remove_file(&file.path).unwrap(),
            }
        }
        let built = self.tools.build(&self.folder, self.built.len());
        self.built.insert(code, built.clone());
        Some(built)
    }

    /// Returns the worse verdict of the tools, with the output of both.
    fn judge(&mut self, old: &Value, new: &Value) -> (RustVerdict, String) {
        let (Some(old), Some(new)) = (self.of(old), self.of(new)) else {
            return (RustVerdict::NotGeneratable, String::new());
        };
        if old == new {
            return (RustVerdict::None, "the same code".to_owned());
        }
        let (listed, lines) = tools::compare(&old, &new);
        let (checked, words) = self.tools.check(&old, &new);
        let report = format!(
            "cargo-public-api: {}\n{lines}cargo-semver-checks: {}\n{words}",
            listed.word(),
            checked.word()
        );
        (listed.max(checked), report)
    }
}

fn ours(old: &Value, new: &Value) -> rust::Rust {
    rust::compare(old, new, Origin::Foreign, &spec_diff::compare(old, new))
}

#[test]
fn the_verdict_is_that_of_the_tools() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("proof");
    let _ = fs::remove_dir_all(folder.join("crate"));
    let mut crates = Crates {
        tools: Tools::find(&workspace::find().unwrap(), &folder),
        folder: folder.join("crate"),
        built: HashMap::new(),
    };
    let old = load::parse(include_str!("base.yaml")).unwrap();
    let edits = patch::edits(include_str!("edits.yaml"));
    let mut wrong = String::new();
    for edit in &edits {
        assert!(edit.base.is_empty(), "{}", edit.name);
        let mut new = old.clone();
        patch::apply(&mut new, &edit.edit);
        // Undoing the edit is judged too.
        for (way, from, to) in [("", &old, &new), (", undone", &new, &old)] {
            let ours = ours(from, to);
            let (theirs, report) = crates.judge(from, to);
            let expected = way.is_empty().then(|| edit.is.join(" "));
            let is_expected = expected.is_none_or(|expected| expected == ours.verdict.word());
            if ours.verdict != theirs || !is_expected {
                let (name, word) = (&edit.name, ours.verdict.word());
                let _ = writeln!(
                    wrong,
                    "# {name}{way}: ours is {word}, {:?}: {:#?}\ntheirs is {}\n{report}",
                    ours.reason,
                    ours.changes,
                    theirs.word()
                );
            }
        }
    }
    println!("{} edits, {} crates built", edits.len(), crates.built.len());
    assert!(wrong.is_empty(), "{wrong}");
}
