//! Drafts entries under "Spec" of the changelog, and finds such entries.

use std::fmt::Write as _;

use semver::Version;
use serde_json::Value;
use spec_diff::compatibility::Class;

use super::comparison::Comparison;
use super::rust;
use super::subject::{operations, sentence};

/// The path of the changelog, from the workspace's root.
pub const FILE: &str = "CHANGELOG.md";

/// Drafts the entry for a change. The draft is empty if only documentation changed. Breaks on
/// the wire come first, and breaks in Rust second.
pub fn draft(change: &Comparison, document: &Value) -> String {
    let mut lines = wire(change, document, Class::Breaking, "**Breaking:** ");
    let rust = change.rust.iter().flat_map(|rust| &rust.changes);
    for change in rust.filter(|change| change.class == rust::RustClass::Breaking) {
        let (item, message) = (&change.item, &change.message);
        let _ = writeln!(lines, "- **Breaking in Rust:** `{item}`: {message}.");
    }
    lines += &wire(change, document, Class::Compatible, "");
    if lines.is_empty() {
        return lines;
    }
    format!("### Spec\n\n{lines}")
}

/// Drafts the lines for the changes of a class on the wire.
fn wire(change: &Comparison, document: &Value, class: Class, mark: &str) -> String {
    let mut lines = String::new();
    let changes = change.wire.changes.iter();
    for change in changes.filter(|change| change.class == class) {
        let _ = write!(lines, "- {mark}{}", sentence(document, change));
        if !change.operations.is_empty() {
            let _ = write!(lines, " ({})", operations(&change.operations));
        }
        lines.push_str(".\n");
    }
    lines
}

/// Returns the highest release that has a heading in a changelog.
pub fn last_release(changelog: &str) -> Option<Version> {
    let headings = changelog
        .lines()
        .filter_map(|line| line.strip_prefix("## "));
    let versions = headings.filter_map(|heading| {
        let word = heading.split_whitespace().next()?;
        Version::parse(word.trim_matches(['[', ']', 'v'])).ok()
    });
    versions.filter(|version| version.pre.is_empty()).max()
}

/// Whether the changelog has a line under "Spec", in any release, that `base` doesn't have.
pub fn has_entry(now: &str, base: &str) -> bool {
    let (now, base) = (entries(now), entries(base));
    now.iter().any(|entry| !base.contains(entry))
}

/// Returns the lines under "Spec" in all releases.
fn entries(changelog: &str) -> Vec<&str> {
    let parts = changelog.split("\n## ").flat_map(|of| of.split("\n### "));
    let spec = parts.filter(|part| part.lines().next().map(str::trim) == Some("Spec"));
    spec.flat_map(|part| part.lines().filter(|line| line.starts_with("- ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use spec_codegen::lint::Origin;

    use super::*;

    const BEFORE: &str = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Spec.\n\n## [0.1.0]\n\n### Spec\n\n- Old.\n";

    fn told() -> String {
        let part = "- Spec.\n\n### Spec\n\n- `subject` is shorter.\n";
        BEFORE.replace("- Spec.\n", part)
    }

    #[test]
    fn only_new_lines_under_spec_count() {
        assert!(!has_entry(BEFORE, BEFORE));
        assert!(has_entry(&told(), BEFORE));
        assert!(!has_entry(&told(), &told()));
    }

    #[test]
    fn an_entry_may_be_under_the_release_it_goes_out_with() {
        let released = told().replace("[Unreleased]", "[0.2.0]");
        assert!(has_entry(&released, BEFORE));
        assert!(!has_entry(&released, &told()));
    }

    #[test]
    fn the_last_release_is_the_highest_that_has_a_heading() {
        assert_eq!(last_release(BEFORE), Some(Version::new(0, 1, 0)));
        let more = "## [0.3.0-rc.1]\n## 0.2.0 (May)\n## [0.1.0] - 2026-01-01\n";
        assert_eq!(last_release(more), Some(Version::new(0, 2, 0)));
        assert_eq!(last_release("## [Unreleased]\n"), None);
    }

    fn drafted(old: &Value, new: &Value) -> String {
        let change = Comparison::of(old, new, Origin::Foreign, true);
        draft(&change, new)
    }

    fn parcel(weight: &Value) -> Value {
        let schema =
            json!({"type": "object", "description": "d", "properties": {"weight": weight}});
        let info = json!({"title": "Parcels", "version": "1.0.0"});
        json!({"openapi": "3.0.3", "info": info, "paths": {"/parcels": {"post": {
            "operationId": "send_parcel",
            "requestBody": {"content": {"application/json": {"schema": schema}}},
            "responses": {"204": {"description": "It is on its way."}},
        }}}})
    }

    #[test]
    fn a_draft_is_an_entry() {
        let (old, new) = (json!({"type": "integer"}), json!({"type": "string"}));
        let (old, new) = (parcel(&old), parcel(&new));
        let draft = drafted(&old, &new);
        assert!(
            draft.contains("- **Breaking:** POST /parcels, request.weight: "),
            "{draft}"
        );
        assert!(draft.contains(" (send_parcel).\n"), "{draft}");
        assert!(
            draft.contains("- **Breaking in Rust:** `types::SendParcelBody::weight`: "),
            "{draft}"
        );
        assert!(has_entry(
            &format!("# Changelog\n\n## [Unreleased]\n\n{draft}"),
            BEFORE
        ));
    }

    #[test]
    fn documentation_needs_no_entry() {
        let old = parcel(&json!({"type": "integer"}));
        let new = parcel(&json!({"type": "integer", "description": "In grams."}));
        assert_eq!(drafted(&old, &new), "");
    }
}
