//! Compares listed values, null and defaults.

use std::collections::BTreeSet;

use serde_json::Value;

use super::comparison::Comparison;
use super::number::Num;
use super::pairs::Form;
use super::shape::Shape;
use super::types::Type;
use crate::document::NodeId;
use crate::reach::Via;
use crate::rules::{self, Rule};

/// How many values a message names before it counts the rest.
const NAMED: usize = 8;

/// Compares whether null is allowed.
pub fn nullability(comparison: &mut Comparison<'_, '_>) {
    if comparison.null_is_alike() {
        return;
    }
    match (comparison.old.nullable, comparison.new.nullable) {
        (None, Some(part)) => {
            let old = comparison.members.old_for(part);
            let old = old.unwrap_or_else(|| comparison.old.root());
            comparison.report(
                &rules::BECAME_NULLABLE,
                old,
                part,
                "null is allowed".to_owned(),
            );
        }
        (Some(part), None) => {
            let new = comparison.members.new_for(part);
            let new = new.unwrap_or_else(|| comparison.new.root());
            let message = "null is not allowed any more".to_owned();
            comparison.report(&rules::BECAME_NOT_NULLABLE, part, new, message);
        }
        _ => {}
    }
}

/// Compares enums, closed and open.
pub fn compare(comparison: &mut Comparison<'_, '_>) {
    let form = comparison.form;
    let closed = |shape: &Shape<'_>, other: &Shape<'_>| {
        let Some((values, part)) = &shape.values else {
            return booleans(shape, other, form);
        };
        let allowed = allowed(shape, values, form);
        Some((texts(&allowed, form, shape.nullable.is_some()), *part))
    };
    let old = closed(&comparison.old, &comparison.new);
    let new = closed(&comparison.new, &comparison.old);
    match (old, new) {
        (None, None) => known_values(comparison),
        (None, Some((values, part))) => {
            let rule = match &comparison.old.known {
                Some(_) => &rules::ENUM_CLOSED,
                None => &rules::BECAME_ENUM,
            };
            let message = format!("only these are allowed: {}", list(&values));
            comparison.report_gained(rule, part, part, message, Via::PLAIN);
        }
        (Some((values, part)), None) => {
            let rule = match &comparison.new.known {
                Some(_) => &rules::ENUM_OPENED,
                None => &rules::BECAME_NOT_ENUM,
            };
            let message = format!("others than these are allowed: {}", list(&values));
            comparison.report_lost(rule, part, part, message, Via::PLAIN);
        }
        (Some(old), Some(new)) => {
            let rules = [
                &rules::ENUM_VALUE_ADDED,
                &rules::ENUM_VALUE_REMOVED,
                &rules::ENUM_VALUES_CHANGED,
            ];
            report_values(comparison, old, new, rules);
        }
    }
}

/// Returns the listed values that the rest of the schema allows as well. Text
/// has no types, so listed numbers may be strings there.
fn allowed<'a>(shape: &Shape<'_>, values: &[&'a Value], form: Form) -> Vec<&'a Value> {
    let fits = |value: &Value| match (shape.kind, Type::of(value)) {
        (Some((kind, _)), Some(_)) if shape.is_typed && form == Form::Json => kind.has(value),
        (Some(_), None) => !shape.is_typed || shape.nullable.is_some(),
        _ => true,
    };
    values.iter().filter(|value| fits(value)).copied().collect()
}

/// Returns the two texts of a boolean, if it is compared with an enum of
/// strings in a text form.
fn booleans(
    shape: &Shape<'_>,
    other: &Shape<'_>,
    form: Form,
) -> Option<(BTreeSet<String>, NodeId)> {
    let kind = |shape: &Shape<'_>| shape.kind.map(|(kind, _)| kind);
    let is_text = form != Form::Json && kind(shape) == Some(Type::Boolean);
    (is_text && kind(other) == Some(Type::String) && other.values.is_some())
        .then(|| (["false", "true"].map(str::to_owned).into(), shape.root()))
}

fn known_values(comparison: &mut Comparison<'_, '_>) {
    let form = comparison.form;
    let known = |shape: &Shape<'_>| {
        let (values, part) = shape.known.as_ref()?;
        Some((texts(values, form, true), *part))
    };
    match (known(&comparison.old), known(&comparison.new)) {
        (None, None) => {}
        (None, Some((values, part))) => {
            let message = format!("listed as known: {}", list(&values));
            comparison.report_gained(&rules::OPEN_ENUM_ADDED, part, part, message, Via::PLAIN);
        }
        (Some((values, part)), None) => {
            let message = format!("not listed as known any more: {}", list(&values));
            comparison.report_lost(&rules::OPEN_ENUM_REMOVED, part, part, message, Via::PLAIN);
        }
        (Some(old), Some(new)) => {
            let rules = [
                &rules::OPEN_ENUM_VALUE_ADDED,
                &rules::OPEN_ENUM_VALUE_REMOVED,
                &rules::OPEN_ENUM_VALUES_CHANGED,
            ];
            report_values(comparison, old, new, rules);
        }
    }
}

fn report_values(
    comparison: &mut Comparison<'_, '_>,
    (old, old_part): (BTreeSet<String>, NodeId),
    (new, new_part): (BTreeSet<String>, NodeId),
    [added, removed, changed]: [&'static Rule; 3],
) {
    let came: BTreeSet<String> = new.difference(&old).cloned().collect();
    let gone: BTreeSet<String> = old.difference(&new).cloned().collect();
    let (rule, message) = match (came.is_empty(), gone.is_empty()) {
        (true, true) => return,
        (false, true) => (added, format!("added: {}", list(&came))),
        (true, false) => (removed, format!("removed: {}", list(&gone))),
        (false, false) => (
            changed,
            format!("added: {}; removed: {}", list(&came), list(&gone)),
        ),
    };
    comparison.report(rule, old_part, new_part, message);
}

/// Compares defaults.
pub fn defaults(comparison: &mut Comparison<'_, '_>) {
    let (old, new) = (comparison.old.default, comparison.new.default);
    let from = old.map(|node| text(comparison.old_document.value(node), Form::Json));
    let to = new.map(|node| text(comparison.new_document.value(node), Form::Json));
    if from == to {
        return;
    }
    let old = old.unwrap_or_else(|| comparison.old.root());
    let new = new.unwrap_or_else(|| comparison.new.root());
    let (rule, message) = match (from, to) {
        (None, Some(to)) => (&rules::DEFAULT_ADDED, format!("the default is {to}")),
        (Some(from), None) => (
            &rules::DEFAULT_REMOVED,
            format!("the default of {from} is gone"),
        ),
        (Some(from), Some(to)) => {
            let message = format!("the default changed from {from} to {to}");
            (&rules::DEFAULT_CHANGED, message)
        }
        (None, None) => return,
    };
    comparison.report(rule, old, new, message);
}

/// Returns texts that are equal if the values are. Null is left out if
/// `nullable` allows it anyway.
fn texts(values: &[&Value], form: Form, nullable: bool) -> BTreeSet<String> {
    let counted = values.iter().filter(|value| !(nullable && value.is_null()));
    counted.map(|value| text(value, form)).collect()
}

/// Returns a text that is equal if the value is: numbers by value, keys sorted,
/// and strings without quotes if the form has none.
fn text(value: &Value, form: Form) -> String {
    match value {
        Value::String(text) if form != Form::Json => text.clone(),
        Value::Number(_) => {
            Num::read(value).map_or_else(|| value.to_string(), |num| num.to_string())
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| text(item, Form::Json)).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(entries) => {
            let mut entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{key:?}:{}", text(value, Form::Json)))
                .collect();
            entries.sort_unstable();
            format!("{{{}}}", entries.join(","))
        }
        other => other.to_string(),
    }
}

fn list(values: &BTreeSet<String>) -> String {
    // Without quotes, so that a change has the same message in every form.
    let bare = |value: &String| value.trim_matches('"').to_owned();
    let named: Vec<String> = values.iter().take(NAMED).map(bare).collect();
    match values.len().checked_sub(NAMED) {
        None | Some(0) => named.join(", "),
        Some(more) => format!("{} and {more} more", named.join(", ")),
    }
}
