//! Creates a later revision of a document.

use serde_json::{Value, json};

use super::Random;

/// Returns a later revision of a document. The edits change, remove and add values anywhere
/// in the document.
pub fn revise(document: &Value, seed: u64, edits: usize) -> Value {
    let mut random = Random(seed);
    let mut revised = document.clone();
    for _ in 0..edits {
        edit(&mut random, &mut revised);
    }
    revised
}

fn edit(random: &mut Random, document: &mut Value) {
    let mut at = document;
    for depth in 0.. {
        let is_holder = match &*at {
            Value::Object(entries) => !entries.is_empty(),
            Value::Array(items) => !items.is_empty(),
            _ => false,
        };
        if !is_holder {
            return edit_leaf(random, at);
        }
        // Values are removed or renamed only below the third level, so that no edit removes
        // most of the document.
        if depth > 2 && random.one_in(12) {
            return edit_holder(random, at);
        }
        at = match at {
            Value::Object(entries) => {
                let index = random.below(entries.len());
                entries.values_mut().nth(index).unwrap()
            }
            Value::Array(items) => {
                let index = random.below(items.len());
                &mut items[index]
            }
            _ => unreachable!("`at` is a non-empty object or array"),
        };
    }
}

fn edit_leaf(random: &mut Random, leaf: &mut Value) {
    match leaf {
        Value::Bool(value) => *value = !*value,
        Value::Number(_) => *leaf = json!(random.below(1000)),
        Value::String(text) => text.push_str("_changed"),
        _ => *leaf = json!({"type": "string"}),
    }
}

fn edit_holder(random: &mut Random, holder: &mut Value) {
    match holder {
        Value::Object(entries) => {
            let key = entries
                .keys()
                .nth(random.below(entries.len()))
                .unwrap()
                .clone();
            let value = entries[&key].clone();
            match random.below(3) {
                0 => {
                    entries.shift_remove(&key);
                }
                1 => {
                    entries.shift_remove(&key);
                    entries.insert(format!("{key}_renamed"), value);
                }
                _ => {
                    entries.insert(format!("{key}_copy"), value);
                }
            }
        }
        Value::Array(items) => {
            items.remove(random.below(items.len()));
        }
        _ => unreachable!("only objects and arrays hold anything"),
    }
}
