//! Tests the recipe of CONTRIBUTING.md for a change of the document. In a
//! clone, it adds properties, a parameter and operations to the document and
//! runs only `cargo xtask regen`. Then the tests of the clone must pass, the
//! change must be additive, and a program must be able to use the additions.
//!
//! It builds the clone, so it isn't part of a plain `cargo test`.
//! `.ci/run recipe` runs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use spec_model::load;
use xtask::workspace;

/// The path of the program, which is a test of `gorgias` in the clone.
const PROGRAM: &str = "crates/gorgias/tests/recipe.rs";

#[test]
fn what_is_added_to_the_document_is_there_for_users() {
    let root = workspace::find().unwrap();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("recipe");
    let clone = folder.join("clone");
    scratch(&root, &clone);

    let document = clone.join(workspace::DOCUMENT);
    let text = fs::read_to_string(&document).unwrap();
    fs::write(&document, edited(&text)).unwrap();
    run(xtask(&clone).arg("regen"));

    let diff = xtask(&clone)
        .args(["diff", "HEAD", "--format", "json"])
        .output();
    let diff: Value = serde_json::from_slice(&diff.unwrap().stdout).unwrap();
    // Nothing that callers sent or read before is different.
    assert_eq!(diff["wire"]["verdict"], "compatible", "{diff:#}");
    assert_eq!(diff["rust"]["verdict"], "additive", "{diff:#}");

    fs::write(clone.join(PROGRAM), include_str!("program.rs")).unwrap();
    let mut test = Command::new(env!("CARGO"));
    test.current_dir(&clone)
        .args([
            "test",
            "--locked",
            "--package",
            "gorgias",
            "--package",
            "gorgias-api",
        ])
        .env("CARGO_TARGET_DIR", folder.join("target"));
    run(&mut test);
}

/// Clones the checkout with its uncommitted changes. The edits are compared
/// with the clone's commit.
fn scratch(root: &Path, clone: &Path) {
    if clone.exists() {
        fs::remove_dir_all(clone).unwrap();
    }
    let mut make = Command::new("git");
    run(make
        .args(["clone", "--quiet", "--no-hardlinks"])
        .arg(root)
        .arg(clone));
    let list = git(root)
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .output();
    let list = String::from_utf8(list.unwrap().stdout).unwrap();
    for name in list.split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (root.join(name), clone.join(name));
        if from.is_file() {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(from, to).unwrap();
        } else if to.is_file() {
            fs::remove_file(to).unwrap();
        }
    }
    run(git(clone).args(["add", "--all"]));
    let author = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
    let message = ["commit", "--quiet", "--allow-empty", "--message", "Start"];
    run(git(clone).args(author).args(message));
}

/// Returns the document with all edits.
fn edited(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let edits = load::parse(include_str!("edits.yaml")).unwrap();
    for edit in edits.as_array().unwrap() {
        let mut at = 0;
        for line in edit["after"].as_array().unwrap() {
            let line = line.as_str().unwrap();
            let is_it = |one: &String| one.split(" #").next() == Some(line);
            let ahead = lines[at..].iter().position(is_it);
            at += ahead.unwrap_or_else(|| panic!("the document has no {line:?}")) + 1;
        }
        let put = edit["put"].as_str().unwrap().lines().map(str::to_owned);
        lines.splice(at..at, put);
    }
    lines.join("\n") + "\n"
}

fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    // Commits must not depend on the machine's configuration of git.
    git.env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .arg("-C")
        .arg(folder);
    git
}

/// Returns the command of this build, to run in the clone.
fn xtask(clone: &Path) -> Command {
    let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
    xtask.current_dir(clone);
    xtask
}

fn run(command: &mut Command) {
    let status = command.status().unwrap();
    assert!(status.success(), "{command:?}");
}
