//! Edits of a document, as the fixtures write them.

use serde::Deserialize;
use serde_json::Value;

/// A step of an edit.
#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Step {
    /// Puts a value somewhere, over what is there. `-` is the end of a list.
    Set { set: String, to: Value },
    /// Takes a value away.
    Remove { remove: String },
    /// Takes a value away and puts it elsewhere.
    Move {
        #[serde(rename = "move")]
        from: String,
        to: String,
    },
}

/// A change with a name, and what is to be found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    pub name: String,
    /// Steps to be made before, in both documents.
    #[serde(default)]
    pub base: Vec<Step>,
    /// Each change's class and id.
    pub is: Vec<String>,
    /// The steps of the change.
    pub edit: Vec<Step>,
}

/// The edits of a file.
pub fn edits(text: &str) -> Vec<Edit> {
    serde_json::from_value(spec_model::load::parse(text).unwrap()).unwrap()
}

/// Makes every step; a step that can't be made is a mistake in the fixture.
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
