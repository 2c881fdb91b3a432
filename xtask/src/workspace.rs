//! Finds the checkout that the commands work on.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The path of the API document, from the root of a checkout.
pub const DOCUMENT: &str = "spec/gorgias.yaml";

/// Finds the root of the checkout that contains the current folder.
///
/// The root is searched when a command runs. So an `xtask` that was built in another checkout
/// works on the checkout in which it runs.
///
/// # Errors
///
/// If the current folder is in no checkout.
pub fn find() -> Result<PathBuf> {
    let here = env::current_dir().context("the current folder is unknown")?;
    let root = above(&here).with_context(|| {
        let here = here.display();
        format!("{here} is in no checkout: neither it nor a folder above it has a Cargo.toml and a {DOCUMENT}")
    })?;
    Ok(root.to_owned())
}

fn above(folder: &Path) -> Option<&Path> {
    let is_root = |folder: &&Path| {
        let has = |name: &str| folder.join(name).is_file();
        has("Cargo.toml") && has(DOCUMENT)
    };
    folder.ancestors().find(is_root)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_root_is_found_from_any_folder_in_it() {
        let checkout = tempfile::tempdir().unwrap();
        let (root, deep) = (checkout.path(), checkout.path().join("crates/a/src"));
        fs::create_dir_all(&deep).unwrap();
        fs::create_dir_all(root.join("spec")).unwrap();
        // A package is no checkout.
        for manifest in [root.join("Cargo.toml"), root.join("crates/a/Cargo.toml")] {
            fs::write(manifest, "").unwrap();
        }
        assert_eq!(above(&deep), None);
        fs::write(root.join(DOCUMENT), "").unwrap();
        assert_eq!(above(&deep), Some(root));
        assert_eq!(above(root), Some(root));
    }
}
