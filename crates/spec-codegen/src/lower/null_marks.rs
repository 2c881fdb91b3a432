//! Marks the members of requests that may be null.
//!
//! The generator makes an option of what may be null and of what may be left
//! out. The mark goes into the description, which reaches the generated code as
//! it is; the polish reads it and takes it away.

use serde_json::Value;

use super::{Directions, Pass};

pub(super) const PASS: Pass<Value> = Pass {
    name: "marks of what may be null",
    ours: true,
    run,
};

/// A character for private use, which no description has.
pub(crate) const NULLABLE: char = '\u{e000}';

fn run(document: &mut Value) -> usize {
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
