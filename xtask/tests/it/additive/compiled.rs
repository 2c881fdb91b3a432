//! Compiles what is generated with additions to the document.
//!
//! Each addition is generated into a module of one crate, and a second crate
//! compiles the same program against every module. It is a crate of its own
//! because `#[non_exhaustive]` binds other crates only.

use std::{fmt::Write as _, fs, path::Path, process::Command};

use serde_json::Value;
use spec_codegen::{lint::Origin, pipeline};
use spec_model::load;
use xtask::workspace;

/// A change that must be an addition, by name.
pub type Addition = (&'static str, fn(&mut Value));

/// Compiles the program against the client of the document with each addition.
pub fn compile(name: &str, additions: &[Addition]) {
    let root = workspace::find().unwrap();
    let document = load::document(&root.join(workspace::DOCUMENT)).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(folder.join("generated"));
    let _ = fs::remove_dir_all(folder.join("user"));

    let mut library = String::from("#![allow(warnings)]\npub mod support;\n");
    let mut user = String::from("#![allow(warnings)]\n");
    for (name, add) in additions {
        let mut changed = document.clone();
        add(&mut changed);
        let output = pipeline::run(&changed, Origin::Own)
            .unwrap_or_else(|failure| panic!("{name}: {failure}"));
        for source in output.sources {
            let path = folder.join("generated/src").join(name).join(source.name);
            write(&path, &source.text);
        }
        writeln!(library, "pub mod {name};").unwrap();
        let program = "include!(\"user.rs\");";
        writeln!(
            user,
            "mod {name} {{ use generated::{name} as api; {program} }}"
        )
        .unwrap();
    }

    let output =
        pipeline::run(&document, Origin::Own).unwrap_or_else(|failure| panic!("{failure}"));
    let standalone = folder.join("generated");
    for file in xtask::standalone::files(&root, &standalone, output).unwrap() {
        let path = file.path.strip_prefix(&standalone).unwrap();
        if path.starts_with("src/support") {
            write(&file.path, &file.text.unwrap());
        } else if path == Path::new("Cargo.toml") {
            let manifest = file.text.unwrap().replace("generated-client", "generated");
            let members = "[workspace]\nmembers = [\"../user\"]\n";
            write(&file.path, &manifest.replace("[workspace]\n", members));
        }
    }
    write(&standalone.join("src/lib.rs"), &library);
    write(&folder.join("user/src/lib.rs"), &user);
    write(&folder.join("user/src/user.rs"), include_str!("user.rs"));
    write(
        &folder.join("user/Cargo.toml"),
        "[package]\nname = \"user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         workspace = \"../generated\"\n\n[dependencies]\n\
         generated = { path = \"../generated\" }\n\
         serde = \"1\"\nserde_json = \"1\"\n",
    );
    fs::copy(root.join("Cargo.lock"), standalone.join("Cargo.lock")).unwrap();

    let check = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--package", "user", "--manifest-path"])
        .arg(standalone.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(folder.join("target"))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&check.stderr);
    assert!(check.status.success(), "{errors}");
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
