//! References to components.

use serde_json::{Map, Value};

/// How many references may lead to one another. A longer chain is a circle.
const CHAIN: usize = 32;

/// The prefix of a reference to a component schema.
pub const SCHEMAS: &str = "#/components/schemas/";

/// The component that a schema refers to: directly, or by the `allOf` of one
/// member that a description beside a reference needs.
pub fn reference(schema: &Value) -> Option<&str> {
    reference_of(schema.as_object()?)
}

/// The component that the keywords of a schema refer to, as [`reference()`] says.
pub fn reference_of(schema: &Map<String, Value>) -> Option<&str> {
    let all = schema.get("allOf").and_then(Value::as_array);
    let holder = match all.map(Vec::as_slice) {
        Some([only]) => only.as_object()?,
        _ => schema,
    };
    target(holder)
}

/// The component schema that a `$ref` among the keywords of a schema names.
pub(crate) fn target(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

/// What a reference to a parameter, body or response leads to. A reference that
/// leads nowhere, or in a circle, is returned itself.
pub fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let mut found = value;
    for _ in 0..CHAIN {
        let target = found.get("$ref").and_then(Value::as_str);
        let next = target
            .and_then(|target| target.strip_prefix('#'))
            .and_then(|target| document.pointer(target));
        match next {
            Some(next) => found = next,
            None => break,
        }
    }
    found
}
