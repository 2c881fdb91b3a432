//! The edits of a document in the fixtures, and how to apply them.

use serde::Deserialize;
use serde_json::Value;

/// A step of an edit.
#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Step {
    /// Sets a value, replacing one that is there. `-` is the end of a list.
    Set { set: String, to: Value },
    /// Removes a value.
    Remove { remove: String },
    /// Moves a value.
    Move {
        #[serde(rename = "move")]
        from: String,
        to: String,
    },
}

/// A named edit, and the changes that must be reported.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    pub name: String,
    /// Steps that prepare both documents.
    #[serde(default)]
    pub base: Vec<Step>,
    /// The class and id of each expected change.
    pub is: Vec<String>,
    /// The steps that make the new document.
    pub edit: Vec<Step>,
}

/// Reads the edits of a file.
pub fn edits(text: &str) -> Vec<Edit> {
    serde_json::from_value(spec_model::load::parse(text).unwrap()).unwrap()
}

/// Applies all steps. Panics on a step that can't be applied, which is a
/// mistake in the fixture.
pub fn apply(document: &mut Value, steps: &[Step]) {
    for step in steps {
        match step {
            Step::Set { set, to } => put(document, set, to.clone()),
            Step::Remove { remove } => {
                take(document, remove);
            }
            Step::Move { from, to } => {
                let value = take(document, from);
                put(document, to, value);
            }
        }
    }
}

fn split(pointer: &str) -> (&str, String) {
    let (holder, key) = pointer.rsplit_once('/').unwrap();
    (holder, spec_model::unescape(key).into_owned())
}

fn holder<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Value {
    let found = document.pointer_mut(pointer);
    found.unwrap_or_else(|| panic!("nothing at {pointer}"))
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    let (at, key) = split(pointer);
    match holder(document, at) {
        Value::Object(entries) => {
            entries.insert(key, value);
        }
        Value::Array(items) if key == "-" => items.push(value),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        other => panic!("{other} at {at}"),
    }
}

fn take(document: &mut Value, pointer: &str) -> Value {
    let (at, key) = split(pointer);
    match holder(document, at) {
        Value::Object(entries) => entries
            .shift_remove(&key)
            .unwrap_or_else(|| panic!("no {pointer}")),
        Value::Array(items) => items.remove(key.parse().unwrap()),
        other => panic!("{other} at {at}"),
    }
}
