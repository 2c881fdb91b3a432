//! JSON pointers (RFC 6901): escaping, and looking up what they lead to.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// The members of the object at `pointer`, none when there is no object.
pub fn members<'a>(
    value: &'a Value,
    pointer: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    at(value, pointer)
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}

/// The items of a list member, none when there is no list.
pub fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = (usize, &'a Value)> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
}

/// The value at a JSON pointer. In documents of thousands of schemas,
/// unescaping steps that need none would be most of looking one up.
pub fn at<'a>(document: &'a Value, pointer: &str) -> Option<&'a Value> {
    steps(pointer).try_fold(document, |value, step| match value {
        Value::Object(members) => members.get(&*step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

/// The unescaped steps of a JSON pointer.
pub fn steps(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

/// Takes back [`escape`].
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
