//! Compares listed values, null and defaults.

use std::collections::BTreeSet;

use serde_json::Value;

use super::comparison::Comparison;
use super::number::Num;
use super::pairs::Syntax;
use super::shape::Shape;
use super::types::Type;
use crate::both::Both;
use crate::document::NodeId;
use crate::rules::{self, Rule};

/// The greatest number of values that a message names. The other values are only counted.
const NAMED: usize = 8;

/// Listed values, with the part that lists them.
type Listed = Option<(BTreeSet<String>, NodeId)>;

/// Compares whether null is allowed.
pub fn nullability(comparison: &mut Comparison<'_, '_>) {
    if !comparison.null_is_alike() {
        let rules = [&rules::BECAME_NOT_NULLABLE, &rules::BECAME_NULLABLE];
        let parts = comparison.shapes().map(|shape| shape.nullable);
        comparison.compare_presence(
            rules,
            parts,
            ["null is not allowed any more", "null is allowed"],
        );
    }
}

/// Compares closed enums (`enum`) and open enums (`x-extensible-enum`).
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let syntax = comparison.syntax;
    let closed = |shape: &Shape<'_>, other: &Shape<'_>| {
        let Some((values, part)) = &shape.values else {
            return booleans(shape, other, syntax);
        };
        let allowed = allowed(shape, values, syntax);
        Some((texts(&allowed, syntax, shape.nullable.is_some()), *part))
    };
    let Both { old, new } = comparison.shapes();
    let lists = Both::new(closed(old, new), closed(new, old));
    let open = comparison.shapes().map(|shape| shape.known.is_some());
    if lists == Both::new(None, None) {
        known_values(comparison);
        return;
    }
    let unmatched = [
        if open.new {
            &rules::ENUM_OPENED
        } else {
            &rules::BECAME_NOT_ENUM
        },
        if open.old {
            &rules::ENUM_CLOSED
        } else {
            &rules::BECAME_ENUM
        },
    ];
    let words = ["others than these are allowed", "only these are allowed"];
    let changed = [
        &rules::ENUM_VALUE_ADDED,
        &rules::ENUM_VALUE_REMOVED,
        &rules::ENUM_VALUES_CHANGED,
    ];
    report_lists(comparison, lists, unmatched, words, changed);
}

/// Returns the listed values that the other keywords of the schema allow too. A number that
/// is sent as text is also a string.
fn allowed<'a>(shape: &Shape<'_>, values: &[&'a Value], syntax: Syntax) -> Vec<&'a Value> {
    let fits = |value: &Value| match (shape.kind(), Type::of(value)) {
        (Some(kind), Some(_)) if shape.is_typed && syntax == Syntax::Json => kind.has(value),
        (Some(_), None) => !shape.is_typed || shape.nullable.is_some(),
        _ => true,
    };
    values.iter().filter(|value| fits(value)).copied().collect()
}

/// Returns the two values of a boolean, if it is sent as text and compared with an enum of
/// strings.
fn booleans(shape: &Shape<'_>, other: &Shape<'_>, syntax: Syntax) -> Listed {
    let is_text = syntax != Syntax::Json && shape.kind() == Some(Type::Boolean);
    (is_text && other.kind() == Some(Type::String) && other.values.is_some())
        .then(|| (["false", "true"].map(str::to_owned).into(), shape.root()))
}

/// Compares open enums.
fn known_values(comparison: &mut Comparison<'_, '_>) {
    let syntax = comparison.syntax;
    let lists = comparison.shapes().map(|shape| {
        let (values, part) = shape.known.as_ref()?;
        Some((texts(values, syntax, true), *part))
    });
    let unmatched = [&rules::OPEN_ENUM_REMOVED, &rules::OPEN_ENUM_ADDED];
    let words = ["not listed as known any more", "listed as known"];
    let changed = [
        &rules::OPEN_ENUM_VALUE_ADDED,
        &rules::OPEN_ENUM_VALUE_REMOVED,
        &rules::OPEN_ENUM_VALUES_CHANGED,
    ];
    report_lists(comparison, lists, unmatched, words, changed);
}

/// Reports a list whose values changed, or a list that was removed or added. `unmatched` and
/// `words` are the rules and the words for a removed and an added list.
fn report_lists(
    comparison: &mut Comparison<'_, '_>,
    lists: Both<Listed>,
    unmatched: [&'static Rule; 2],
    words: [&str; 2],
    [added, removed, changed]: [&'static Rule; 3],
) {
    let (old, new) = match (lists.old, lists.new) {
        (Some(old), Some(new)) => (old, new),
        (old, new) => {
            if let Some((side, (values, part))) = Both::new(old, new).unmatched() {
                let message = format!("{}: {}", side.pick(words), list(&values));
                comparison.report_unmatched(unmatched, (side, part), message);
            }
            return;
        }
    };
    let came: BTreeSet<String> = new.0.difference(&old.0).cloned().collect();
    let gone: BTreeSet<String> = old.0.difference(&new.0).cloned().collect();
    let (rule, message) = match (came.is_empty(), gone.is_empty()) {
        (true, true) => return,
        (false, true) => (added, format!("added: {}", list(&came))),
        (true, false) => (removed, format!("removed: {}", list(&gone))),
        (false, false) => (
            changed,
            format!("added: {}; removed: {}", list(&came), list(&gone)),
        ),
    };
    comparison.report(rule, Both::new(old.1, new.1), message);
}

/// Compares defaults.
pub fn defaults(comparison: &mut Comparison<'_, '_>) {
    let nodes = comparison.shapes().map(|shape| shape.default);
    let values = comparison.values(nodes);
    let texts = values.map(|value| value.map(|value| text(value, Syntax::Json)));
    let (rule, message): (&'static Rule, _) = match (texts.old, texts.new) {
        (None, Some(to)) => (&rules::DEFAULT_ADDED, format!("the default is {to}")),
        (Some(from), None) => (
            &rules::DEFAULT_REMOVED,
            format!("the default of {from} is gone"),
        ),
        (Some(from), Some(to)) if from != to => {
            let message = format!("the default changed from {from} to {to}");
            (&rules::DEFAULT_CHANGED, message)
        }
        _ => return,
    };
    comparison.report(rule, nodes.or(comparison.roots()), message);
}

/// Returns a text for each value. The texts are equal if the values are. If `nullable` allows
/// null anyway, null is left out.
fn texts(values: &[&Value], syntax: Syntax, nullable: bool) -> BTreeSet<String> {
    let counted = values.iter().filter(|value| !(nullable && value.is_null()));
    counted.map(|value| text(value, syntax)).collect()
}

/// Returns a text that is equal for equal values: numbers are compared by value, and keys
/// are sorted. Strings have no quotes if they are sent without quotes.
fn text(value: &Value, syntax: Syntax) -> String {
    match value {
        Value::String(text) if syntax != Syntax::Json => text.clone(),
        Value::Number(_) => {
            Num::read(value).map_or_else(|| value.to_string(), |num| num.to_string())
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| text(item, Syntax::Json)).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(entries) => {
            let mut entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{key:?}:{}", text(value, Syntax::Json)))
                .collect();
            entries.sort_unstable();
            format!("{{{}}}", entries.join(","))
        }
        other => other.to_string(),
    }
}

fn list(values: &BTreeSet<String>) -> String {
    // Quotes are removed, so that the message is the same for every syntax.
    let bare = |value: &String| value.trim_matches('"').to_owned();
    let named: Vec<String> = values.iter().take(NAMED).map(bare).collect();
    match values.len().checked_sub(NAMED) {
        None | Some(0) => named.join(", "),
        Some(more) => format!("{} and {more} more", named.join(", ")),
    }
}
