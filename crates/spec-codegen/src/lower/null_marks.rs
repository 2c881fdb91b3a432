//! Marks the nullable properties in requests.
//!
//! The generator makes an `Option` of nullable and of optional properties alike. The mark is a
//! character in the description, which the generator copies. `polish::requests` reads and
//! removes the mark.

use serde_json::Value;
use spec_model::is_true;

use super::message_components;

/// The mark: a private use character, which no description contains.
pub(crate) const NULLABLE: char = '\u{e000}';

pub(super) fn run(document: &mut Value) -> usize {
    let components = message_components(document);
    super::each(document, |site, schema| {
        let is_nullable = is_true(schema.get("nullable"));
        if !is_nullable || site.property.is_none() || !components.are_sent(&site.root) {
            return false;
        }
        let description = schema.get("description").and_then(Value::as_str);
        let marked = format!("{}{NULLABLE}", description.unwrap_or_default());
        schema.insert("description".into(), marked.into());
        true
    })
}
