//! The entry under "Spec" in the changelog.

use std::fmt::Write as _;

use serde_json::Value;
use spec_diff::law::Class;
use spec_diff::{Verdict, Wire};

use super::report::{operations, subject};

/// Where it is, from the workspace's root.
pub const FILE: &str = "CHANGELOG.md";

/// A draft of the entry; empty when only documentation changed.
pub fn draft(wire: &Wire, document: &Value) -> String {
    let mut draft = String::new();
    if wire.verdict > Verdict::Some(Class::DocOnly) {
        draft.push_str("### Spec\n\n");
    }
    for class in [Class::Breaking, Class::Compatible] {
        for change in wire.changes.iter().filter(|change| change.class == class) {
            let mark = if class == Class::Breaking {
                "**Breaking:** "
            } else {
                ""
            };
            let place = subject(document, &change.new);
            let _ = write!(draft, "- {mark}{place}: {}", change.message);
            if !change.operations.is_empty() {
                let _ = write!(draft, " ({})", operations(&change.operations));
            }
            draft.push_str(".\n");
        }
    }
    draft
}

/// Whether it says something under "Spec" that it didn't say before, of
/// whichever release.
pub fn has_entry(now: &str, base: &str) -> bool {
    let (now, base) = (entries(now), entries(base));
    now.iter().any(|entry| !base.contains(entry))
}

fn entries(changelog: &str) -> Vec<&str> {
    let parts = changelog.split("\n## ").flat_map(|of| of.split("\n### "));
    let spec = parts.filter(|part| part.lines().next().map(str::trim) == Some("Spec"));
    spec.flat_map(|part| part.lines().filter(|line| line.starts_with("- ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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

    fn parcel(weight: &Value) -> Value {
        let schema =
            json!({"type": "object", "description": "d", "properties": {"weight": weight}});
        json!({"paths": {"/parcels": {"post": {
            "operationId": "send_parcel",
            "requestBody": {"content": {"application/json": {"schema": schema}}},
            "responses": {},
        }}}})
    }

    #[test]
    fn a_draft_is_an_entry() {
        let (old, new) = (json!({"type": "integer"}), json!({"type": "string"}));
        let (old, new) = (parcel(&old), parcel(&new));
        let draft = draft(&spec_diff::compare(&old, &new), &new);
        assert!(
            draft.contains("- **Breaking:** POST /parcels, request.weight: "),
            "{draft}"
        );
        assert!(draft.contains(" (send_parcel).\n"), "{draft}");
        assert!(has_entry(
            &format!("# Changelog\n\n## [Unreleased]\n\n{draft}"),
            BEFORE
        ));
    }

    #[test]
    fn documentation_needs_no_entry() {
        let old = parcel(&json!({"type": "integer"}));
        let new = parcel(&json!({"type": "integer", "description": "In grams."}));
        assert_eq!(draft(&spec_diff::compare(&old, &new), &new), "");
    }
}
