//! Marks the properties of requests that may be null.
//!
//! The generator makes an `Option` both of nullable and of optional properties.
//! The mark is a character in the description, which the generator copies.
//! `polish::requests` reads and removes it.

use serde_json::Value;

use super::Directions;

/// A private use character, which no description contains.
pub(crate) const NULLABLE: char = '\u{e000}';

pub(super) fn run(document: &mut Value) -> usize {
    let directions = Directions::of(document);
    super::each(document, |site, schema| {
        let is_nullable = schema.get("nullable") == Some(&Value::Bool(true));
        if !is_nullable || site.property.is_none() || !directions.is_sent(site) {
            return false;
        }
        let description = schema.get("description").and_then(Value::as_str);
        let marked = format!("{}{NULLABLE}", description.unwrap_or_default());
        schema.insert("description".into(), marked.into());
        true
    })
}
