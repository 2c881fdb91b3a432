//! Follows references to components.

use serde_json::{Map, Value};

/// The longest chain of references that is followed. A longer chain is taken for a cycle.
const CHAIN: usize = 32;

/// The prefix of a reference to a component schema.
pub const SCHEMAS: &str = "#/components/schemas/";

/// Returns the component schema with this name.
pub fn component<'a>(document: &'a Value, name: &str) -> Option<&'a Value> {
    let schemas = document.get("components")?.get("schemas")?;
    schemas.get(name)
}

/// Returns the name of the component that a schema refers to: by `$ref`, or by an `allOf` of
/// one reference. Authors write such an `allOf` to add a description to a reference.
pub fn reference(schema: &Value) -> Option<&str> {
    reference_of(schema.as_object()?)
}

/// Returns the name of the component that a schema refers to, like [`reference()`].
pub fn reference_of(schema: &Map<String, Value>) -> Option<&str> {
    let all = schema.get("allOf").and_then(Value::as_array);
    let holder = match all.map(Vec::as_slice) {
        Some([only]) => only.as_object()?,
        _ => schema,
    };
    target(holder)
}

/// Returns the name of the component in the `$ref` of a schema.
pub(crate) fn target(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

/// Returns the target of a reference to a parameter, body or response, or the value itself
/// if it is no reference. If the references end without a target or form a cycle, returns one of
/// the references.
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
