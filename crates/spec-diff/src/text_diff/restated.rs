//! Describes changed keywords of an object that allows the same messages as before.

use serde_json::{Map, Value};
use spec_model::structure::ObjectKind;

use crate::rules::{self, Rule};

/// The message for a part of which only the spelling changed.
pub const IN_ANOTHER_WAY: &str = "a part is written another way";

/// Returns the rule and the message for changed keywords of an object.
pub fn describe(
    kind: ObjectKind,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    keys: &[String],
) -> (&'static Rule, String) {
    // Indices of lists don't help a reader.
    let named = keys.iter().filter(|key| key.parse::<usize>().is_err());
    let names: Vec<&str> = named.map(String::as_str).collect();
    let list = names.join("`, `");
    let verb = |one, several| if names.len() == 1 { one } else { several };
    let are_only_in = |one: &Map<String, Value>, other: &Map<String, Value>| {
        names
            .iter()
            .all(|key| one.contains_key(*key) && !other.contains_key(*key))
    };
    if names.is_empty() {
        (&rules::RESTATED, IN_ANOTHER_WAY.to_owned())
    } else if kind != ObjectKind::Schema {
        (&rules::RESTATED, format!("written another way: `{list}`"))
    } else if let Some(kind) = type_of(new).filter(|kind| type_of(old) == Some(kind))
        && names
            .iter()
            .all(|key| new.contains_key(*key) || old.contains_key(*key))
        && names.iter().all(|key| !is_about(key, kind))
    {
        let says = verb("says", "say");
        let message = format!("`{list}` {says} nothing about values of type {kind}");
        (&rules::WITHOUT_EFFECT, message)
    } else if are_only_in(new, old) {
        let message = format!("`{list}` {} added, without effect", verb("was", "were"));
        (&rules::WITHOUT_EFFECT, message)
    } else if are_only_in(old, new) {
        let message = format!("`{list}` {} removed, without effect", verb("was", "were"));
        (&rules::WITHOUT_EFFECT, message)
    } else {
        (&rules::RESTATED, format!("written another way: `{list}`"))
    }
}

fn type_of(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("type").and_then(Value::as_str)
}

/// Whether a keyword may constrain values of a type.
fn is_about(key: &str, kind: &str) -> bool {
    match key {
        "maximum" | "minimum" | "exclusiveMaximum" | "exclusiveMinimum" | "multipleOf" => {
            matches!(kind, "integer" | "number")
        }
        "maxLength" | "minLength" | "pattern" => kind == "string",
        "maxItems" | "minItems" | "uniqueItems" | "items" => kind == "array",
        "properties" | "required" | "additionalProperties" | "maxProperties" | "minProperties" => {
            kind == "object"
        }
        _ => true,
    }
}
