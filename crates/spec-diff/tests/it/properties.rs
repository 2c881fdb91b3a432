//! Tests properties that hold for every pair of documents.

use proptest::prelude::*;
use serde_json::{Map, Value};
use spec_diff::compare;
use spec_diff::compatibility::Class;
use spec_model::sample::{Size, document, revise};

use crate::edits::{all, base};
use crate::patch::{Edit, Step, apply};

/// A size for which a comparison is fast in debug builds.
const SMALL: Size = Size {
    paths: 6,
    schemas: 14,
    properties: 5,
    depth: 2,
};

const CHANGES_NOTHING: [Option<Class>; 2] = [None, Some(Class::DocOnly)];

/// Returns the document with the keys of every object in reverse order.
fn reordered(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let turned = entries.iter().rev();
            Value::Object(
                turned
                    .map(|(key, value)| (key.clone(), reordered(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(reordered).collect()),
        other => other.clone(),
    }
}

/// Returns the document with references replaced by their targets, one level
/// deep, because schemas may be recursive.
fn inlined(value: &Value, root: &Value, deep: bool) -> Value {
    match value {
        Value::Object(entries) => {
            if let Some(reference) = entries.get("$ref").and_then(Value::as_str) {
                let target = reference
                    .strip_prefix('#')
                    .and_then(|pointer| root.pointer(pointer));
                return match target {
                    Some(target) if deep => inlined(target, root, false),
                    _ => value.clone(),
                };
            }
            let entries = entries.iter();
            Value::Object(
                entries
                    .map(|(key, value)| (key.clone(), inlined(value, root, deep)))
                    .collect(),
            )
        }
        Value::Array(items) => items.iter().map(|item| inlined(item, root, deep)).collect(),
        other => other.clone(),
    }
}

/// Returns the edits that need no preparation of the base document.
fn independent_edits() -> Vec<Edit> {
    all().filter(|edit| edit.base.is_empty()).collect()
}

/// Returns the places that an edit writes to, and the parents of those that it
/// moves or removes.
fn touched(edit: &Edit) -> Vec<&str> {
    let steps = edit.edit.iter();
    steps
        .flat_map(|step| match step {
            Step::Set { set, .. } => vec![set.as_str()],
            // An operation without its own security has the document's.
            Step::Remove { remove } if remove.ends_with("/security") => {
                vec![holder(remove), "/security"]
            }
            Step::Remove { remove } => vec![holder(remove)],
            Step::Move { from, to } => vec![holder(from), to],
        })
        .collect()
}

fn holder(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(holder, _)| holder)
}

fn are_apart(one: &Edit, other: &Edit) -> bool {
    let within = |outer: &str, inner: &str| inner.starts_with(outer.trim_end_matches("/-"));
    touched(one).iter().all(|left| {
        touched(other)
            .iter()
            .all(|right| !within(left, right) && !within(right, left))
    })
}

fn arbitrary_json() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just("type".to_owned()),
        Just("$ref".to_owned()),
        Just("properties".to_owned()),
        Just("allOf".to_owned()),
        Just("oneOf".to_owned()),
        Just("items".to_owned()),
        Just("enum".to_owned()),
        Just("required".to_owned()),
        Just("paths".to_owned()),
        Just("get".to_owned()),
        Just("parameters".to_owned()),
        Just("responses".to_owned()),
        Just("content".to_owned()),
        Just("schema".to_owned()),
        Just("components".to_owned()),
        Just("#/components/schemas/Item".to_owned()),
        Just("object".to_owned()),
        "[a-z/~{}]{0,6}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..5)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Returns the document with its nth value replaced.
fn replaced(document: &Value, mut nth: usize, with: &Value) -> Value {
    fn visit(value: &mut Value, nth: &mut usize, with: &Value) {
        if *nth == 0 {
            *value = with.clone();
            *nth = usize::MAX;
            return;
        }
        *nth -= 1;
        match value {
            Value::Object(entries) => {
                for entry in entries.values_mut() {
                    visit(entry, nth, with);
                }
            }
            Value::Array(items) => {
                for item in items {
                    visit(item, nth, with);
                }
            }
            _ => {}
        }
    }
    let mut changed = document.clone();
    visit(&mut changed, &mut nth, with);
    changed
}

#[test]
fn inlining_every_reference_of_the_base_changes_no_message() {
    let old = base();
    let new = inlined(&old, &old, true);
    assert_ne!(old, new);
    let wire = compare(&old, &new);
    assert!(
        CHANGES_NOTHING.contains(&wire.verdict),
        "{:#?}",
        wire.changes
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_document_is_the_same_as_itself(seed: u64) {
        let one = document(seed, SMALL);
        prop_assert_eq!(compare(&one, &one.clone()).verdict, None);
        prop_assert_eq!(compare(&one, &reordered(&one)).verdict, None);
    }

    #[test]
    fn inlining_changes_no_message(seed: u64) {
        let old = document(seed, SMALL);
        let new = inlined(&old, &old, true);
        let wire = compare(&old, &new);
        prop_assert!(CHANGES_NOTHING.contains(&wire.verdict), "{:#?}", wire.changes);
        let back = compare(&new, &old);
        prop_assert!(CHANGES_NOTHING.contains(&back.verdict), "{:#?}", back.changes);
    }

    #[test]
    fn any_two_revisions_compare(seed: u64, edits in 1_usize..60) {
        let old = document(seed, SMALL);
        let new = revise(&old, seed, edits);
        let wire = compare(&old, &new);
        prop_assert_eq!(wire.verdict.is_none(), old == new);
        for change in &wire.changes {
            prop_assert!(old.pointer(&change.old).is_some(), "{:?}", change);
            prop_assert!(new.pointer(&change.new).is_some(), "{:?}", change);
        }
        let mut prints: Vec<&str> = wire.changes.iter().map(|change| change.fingerprint.as_str()).collect();
        let count = prints.len();
        prints.sort_unstable();
        prints.dedup();
        prop_assert_eq!(prints.len(), count, "two changes have one fingerprint");
    }

    #[test]
    fn composing_edits_loses_no_break(one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let edits = independent_edits();
        let (one, other) = (one.get(&edits), other.get(&edits));
        prop_assume!(are_apart(one, other));
        let old = base();
        let verdict = |edits: &[&Edit]| {
            let mut new = old.clone();
            for edit in edits {
                apply(&mut new, &edit.edit);
            }
            compare(&old, &new).verdict
        };
        let worst = verdict(&[one]).max(verdict(&[other]));
        prop_assert!(verdict(&[one, other]) >= worst, "{} and {}", one.name, other.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn anything_at_all_compares(old in arbitrary_json(), new in arbitrary_json()) {
        let wire = compare(&old, &new);
        prop_assert_eq!(wire.verdict.is_none(), old == new);
    }

    #[test]
    fn anything_anywhere_in_a_document_compares(place in 0_usize..900, value in arbitrary_json()) {
        let old = base();
        let new = replaced(&old, place, &value);
        let wire = compare(&old, &new);
        prop_assert_eq!(wire.verdict.is_none(), old == new, "{:#?}", wire.changes);
        let back = compare(&new, &old);
        prop_assert_eq!(back.verdict.is_none(), old == new, "{:#?}", back.changes);
    }
}

// Found by `any_two_revisions_compare`.
#[test]
fn variants_of_one_component_are_told_as_one() {
    let seed = 8_093_855_665_034_953_174;
    let old = document(seed, SMALL);
    let wire = compare(&old, &revise(&old, seed, 1));
    let changes = wire.changes.iter();
    let prints: Vec<&str> = changes.map(|change| change.fingerprint.as_str()).collect();
    let mut distinct = prints.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), prints.len(), "{:#?}", wire.changes);
}
