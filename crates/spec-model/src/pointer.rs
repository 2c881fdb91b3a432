//! Escapes and resolves JSON pointers (RFC 6901).

use std::borrow::Cow;

use serde_json::{Map, Value};

/// Returns the members of the object at `pointer`; none if no object is there.
pub fn members<'a>(
    value: &'a Value,
    pointer: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    at(value, pointer)
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}

/// Returns the items of the list under the key `name`, with their indices; none if no list
/// is there.
pub fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = (usize, &'a Value)> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
}

/// Whether a value is `true`.
pub fn is_true(value: Option<&Value>) -> bool {
    value == Some(&Value::Bool(true))
}

/// Returns the value at a JSON pointer. Unlike `Value::pointer`, this function allocates
/// memory only for escaped steps, which saves most of the time in documents of thousands of
/// schemas.
pub fn at<'a>(document: &'a Value, pointer: &str) -> Option<&'a Value> {
    steps(pointer).try_fold(document, |value, step| match value {
        Value::Object(members) => members.get(&*step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Returns the value at a JSON pointer, like [`at`], to be changed.
pub(crate) fn at_mut<'a>(document: &'a mut Value, pointer: &str) -> Option<&'a mut Value> {
    steps(pointer).try_fold(document, |value, step| match value {
        Value::Object(members) => members.get_mut(&*step),
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Returns the steps of a JSON pointer, unescaped.
pub fn steps(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

/// Reverses [`escape`].
pub fn unescape(step: &str) -> Cow<'_, str> {
    match step.bytes().any(|byte| byte == b'~') {
        true => step.replace("~1", "/").replace("~0", "~").into(),
        false => step.into(),
    }
}

/// Escapes one step of a JSON pointer.
pub fn escape(step: &str) -> Cow<'_, str> {
    match step.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        true => step.replace('~', "~0").replace('/', "~1").into(),
        false => step.into(),
    }
}
