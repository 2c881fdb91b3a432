//! What `gorgias` promises of the generated crate.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use syn::{Item, UseTree, Visibility};

use super::rust::{Kind, Rust};

/// Where the crate re-exports generated types, from the workspace's root.
const FILE: &str = "crates/gorgias/src/types.rs";

/// The names of the types it re-exports.
///
/// # Errors
///
/// When the source can't be read or isn't Rust.
pub fn promised(root: &Path) -> anyhow::Result<BTreeSet<String>> {
    let text = std::fs::read_to_string(root.join(FILE));
    let text = text.with_context(|| format!("cannot read {FILE}"))?;
    let file = syn::parse_file(&text).with_context(|| format!("cannot read {FILE}"))?;
    let mut names = BTreeSet::new();
    for item in &file.items {
        if let Item::Use(one) = item
            && matches!(one.vis, Visibility::Public(_))
        {
            leaves(&one.tree, &mut names);
        }
    }
    Ok(names)
}

fn leaves(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, names);
            }
        }
        UseTree::Name(name) => {
            names.insert(name.ident.to_string());
        }
        UseTree::Rename(rename) => {
            names.insert(rename.ident.to_string());
        }
        _ => {}
    }
}

/// The promised types and those their fields and variants hold, in a crate.
pub fn held(rust: &Rust, promised: &BTreeSet<String>) -> BTreeSet<String> {
    let mut held = promised.clone();
    loop {
        let before = held.len();
        for entry in rust.api.entries() {
            let owner = entry.item.split("::").nth(1);
            let is_part = matches!(entry.kind, Kind::Field | Kind::Variant);
            if is_part && owner.is_some_and(|owner| held.contains(owner)) {
                held.extend(mentioned(&entry.text));
            }
        }
        if held.len() == before {
            return held;
        }
    }
}

/// The generated types in a declaration.
fn mentioned(text: &str) -> impl Iterator<Item = String> {
    let paths = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':' | '#'));
    paths.filter_map(|path| {
        let name = path.strip_prefix("types::")?;
        (!name.contains("::")).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_promises_are_readable() {
        let promised = promised(&crate::workspace::find().unwrap()).unwrap();
        assert!(promised.contains("Ticket"));
        assert!(!promised.contains("CreateTicket"));
    }

    #[test]
    fn types_in_a_declaration_are_found() {
        let found: Vec<String> = mentioned("types::A::b: Option<Vec<types::C>>").collect();
        assert_eq!(found, ["C"]);
    }
}
