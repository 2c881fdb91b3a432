//! Tests of the dependencies.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn packages() -> Vec<serde_json::Value> {
    let text = cargo(&["metadata", "--no-deps", "--locked", "--format-version", "1"]);
    let metadata: serde_json::Value = serde_json::from_str(&text).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

#[test]
fn a_program_links_at_most_110_crates_by_default() {
    let tree = cargo(&[
        "tree",
        "--locked",
        "--package",
        "gorgias",
        "--edges",
        "normal",
        "--target",
        "x86_64-unknown-linux-gnu",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let crates: BTreeSet<_> = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        // Build dependencies that only compile C aren't linked, and our own
        // crates aren't third parties.
        .filter(|line| !line.is_empty() && !line.starts_with("gorgias"))
        .collect();
    assert!(crates.len() > 20, "{tree}");
    assert!(crates.len() <= 110, "{} crates:\n{tree}", crates.len());
}

#[test]
fn nothing_of_ours_has_a_build_script() {
    for package in packages() {
        for target in package["targets"].as_array().unwrap() {
            let kinds = target["kind"].as_array().unwrap();
            for forbidden in ["custom-build", "proc-macro"] {
                assert!(
                    !kinds.iter().any(|kind| kind == forbidden),
                    "{}",
                    package["name"]
                );
            }
        }
    }
}

#[test]
fn unsafe_code_is_forbidden_and_library_code_can_not_panic_lightly() {
    assert!(read("Cargo.toml").contains("unsafe_code = \"forbid\""));
    for package in packages() {
        let manifest = package["manifest_path"].as_str().unwrap();
        let folder = Path::new(manifest).parent().unwrap();
        let text = std::fs::read_to_string(manifest).unwrap();
        let own = text.contains("[lints.rust]\nunsafe_code = \"forbid\"");
        assert!(
            own || text.contains("[lints]\nworkspace = true"),
            "{manifest}"
        );
        let library = folder.join("src/lib.rs");
        let is_published = package["publish"].is_null();
        if is_published && library.exists() {
            let text = std::fs::read_to_string(&library).unwrap();
            for lint in [
                "unwrap_used",
                "expect_used",
                "panic",
                "indexing_slicing",
                "arithmetic_side_effects",
            ] {
                assert!(
                    text.contains(&format!("clippy::{lint}")),
                    "{}: {lint}",
                    library.display()
                );
            }
        }
    }
}

#[test]
fn nothing_can_decompress() {
    let lock = read("Cargo.lock");
    assert!(!lock.contains("name = \"async-compression\""));
    assert!(!lock.contains("name = \"brotli"));
}

#[test]
fn actions_are_pinned_by_hash_and_dependencies_are_checked() {
    let folder = root().join(".github/workflows");
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        all += &std::fs::read_to_string(entry.unwrap().path()).unwrap();
    }
    let mut count = 0;
    for line in all.lines() {
        let Some((_, used)) = line.split_once("uses:") else {
            continue;
        };
        let (_, pin) = used
            .trim()
            .split_once('@')
            .unwrap_or_else(|| panic!("{line}"));
        let hash = pin.split_whitespace().next().unwrap();
        let is_hash = hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_hash, "{line}");
        count += 1;
    }
    assert!(count >= 3);
    assert!(all.contains("cargo-deny"), "no workflow runs cargo-deny");
    let deny = read("deny.toml");
    for section in ["[advisories]", "[licenses]", "[bans]", "[sources]"] {
        assert!(deny.contains(section), "{section}");
    }
}
