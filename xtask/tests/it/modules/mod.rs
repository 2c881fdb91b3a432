//! Checks that no modules of a crate depend on each other in a cycle.
//!
//! Only siblings count, at every level of a crate. A module and its parent may
//! name each other.

mod cycles;
mod paths;
mod source;

use std::{fmt::Write as _, fs, path::PathBuf};

use xtask::workspace;

use self::{cycles::cycles, source::Source};

#[test]
fn no_modules_form_a_cycle() {
    let mut wrong = String::new();
    for (package, root) in roots() {
        for cycle in cycles(&Source::read(&root).edges()) {
            writeln!(wrong, "{package}: {cycle}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Returns the root files of every crate of the workspace, with the name of the
/// package.
fn roots() -> Vec<(String, PathBuf)> {
    let workspace = workspace::find().unwrap();
    let mut packages = vec![workspace.join("xtask")];
    for entry in fs::read_dir(workspace.join("crates")).unwrap() {
        packages.push(entry.unwrap().path());
    }
    packages.sort();
    let mut roots = Vec::new();
    for package in packages {
        let name = package.file_name().unwrap().to_str().unwrap().to_owned();
        let sources = package.join("src");
        let mut files = vec![sources.join("lib.rs"), sources.join("main.rs")];
        if let Ok(programs) = fs::read_dir(sources.join("bin")) {
            files.extend(programs.map(|entry| entry.unwrap().path()));
        }
        files.retain(|file| file.is_file());
        roots.extend(files.into_iter().map(|file| (name.clone(), file)));
    }
    assert!(roots.len() > 10, "{roots:?}");
    roots
}

/// Returns the cycles of a crate with these files.
fn found(files: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let source = Source::read(&folder.path().join("lib.rs"));
    let cycles = cycles(&source.edges());
    cycles
        .into_iter()
        .map(|cycle| (cycle.holder, cycle.names))
        .collect()
}

fn of_root(names: &[&str]) -> (String, Vec<String>) {
    let names = names.iter().map(|name| (*name).to_owned());
    ("crate".to_owned(), names.collect())
}

#[test]
fn a_cycle_is_found_however_it_is_written() {
    for one in [
        "use crate::b::B;",
        "use crate::{b::{self, B}};",
        "use super::b;",
        "fn f() { vec![super::b::B] }",
        "fn f() { macro_of_mine!({ crate::b::f() }) }",
        "#[serde(with = \"crate::b\")] struct A;",
        // Re-exported by the root.
        "use crate::B;",
        "use crate::Renamed;",
        "use super::c::C; use crate::FromGlob;",
    ] {
        let files = [
            (
                "lib.rs",
                "mod a; mod b; mod c; pub use b::B; pub use b::B as Renamed; pub use b::*;",
            ),
            ("a.rs", one),
            (
                "b.rs",
                "use crate::a::A; pub struct B; pub struct FromGlob;",
            ),
            ("c/mod.rs", "pub struct C;"),
        ];
        assert_eq!(found(&files), [of_root(&["a", "b"])], "{one}");
    }
}

#[test]
fn references_without_a_cycle_are_accepted() {
    for one in [
        // Items of the module itself, of its parent, and of another crate.
        "use self::inner::C; mod inner { pub struct C; }",
        "use super::Own;",
        "use b::B;",
        // Tests may name anything, and generated code belongs to another crate.
        "#[cfg(test)] mod tests { use crate::b::B; }",
        "fn f() { quote! { crate::b::B } }",
        "/// See [crate::b::B].\nstruct A;",
    ] {
        let files = [
            ("lib.rs", "mod a; mod b; pub struct Own;"),
            ("a.rs", one),
            ("b.rs", "use crate::a::A;"),
        ];
        assert_eq!(found(&files), [], "{one}");
    }
}

#[test]
fn cycles_are_found_at_every_level_and_only_where_they_are() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod c; mod d; mod e; use c::C;"),
        ("a/c.rs", "use super::d::D; use crate::b::B;"),
        ("a/d.rs", "use super::e::E;"),
        ("a/e.rs", "use crate::a::c::C;"),
        ("b.rs", ""),
    ];
    let names = ["c", "d", "e"].map(str::to_owned).to_vec();
    assert_eq!(found(&files), [("a".to_owned(), names)]);
}
