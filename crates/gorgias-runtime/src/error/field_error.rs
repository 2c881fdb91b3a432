//! The service's errors about single fields of a request.

use std::fmt;

use serde_json::Value;

use crate::validate::escaped;

/// The most field errors that are kept from one body, which could hold millions.
const MOST: usize = 1_000;

/// The key under which the service's validation library reports errors about an
/// object or a list as a whole. It isn't a field of the request.
const WHOLE: &str = "_schema";

/// One error that the service reported about one field of the request.
///
/// The text is the service's own and may repeat what was sent, so `Debug`
/// leaves it out.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldError {
    pointer: String,
    message: String,
}

impl FieldError {
    /// The place of the field in the request body, as a JSON pointer (RFC 6901)
    /// such as `/messages/0/channel`. Empty when the error is about the whole
    /// body.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The service's message, such as `Missing data for required field.`
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.pointer, self.message)
        }
    }
}

// The pointer holds names of members, which may be personal data in an object
// whose keys the caller chooses, such as `meta`.
impl fmt::Debug for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldError").finish_non_exhaustive()
    }
}

/// Collects the errors in `error.data` at any depth. The pointer of an error
/// consists of the field names of the objects around the error, and of the indexes
/// of the arrays that hold objects or arrays. An error is a text or an item of a
/// list of texts. Numbers and booleans are kept as JSON text; null is ignored.
pub(super) fn collect(data: &Value) -> Vec<FieldError> {
    let mut found = Vec::new();
    collect_at(&mut String::new(), data, &mut found);
    found
}

/// Adds the errors in `value`, whose place in the request body is `pointer`.
fn collect_at(pointer: &mut String, value: &Value, found: &mut Vec<FieldError>) {
    if found.len() >= MOST {
        return;
    }
    let length = pointer.len();
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                if name != WHOLE {
                    pointer.push('/');
                    pointer.push_str(&escaped(name));
                }
                collect_at(pointer, inner, found);
                pointer.truncate(length);
            }
        }
        Value::Array(items) => {
            let nested = items.iter().any(|item| item.is_object() || item.is_array());
            for (index, item) in items.iter().enumerate() {
                if nested {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                }
                collect_at(pointer, item, found);
                pointer.truncate(length);
            }
        }
        Value::Null => {}
        leaf => found.push(FieldError {
            pointer: pointer.clone(),
            message: leaf
                .as_str()
                .map_or_else(|| leaf.to_string(), str::to_owned),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn collected(data: Value) -> Vec<String> {
        collect(&data).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_documented_shape_is_read() {
        let missing = "Missing data for required field.";
        let data = json!({"sender": [missing], "channel": [missing, "Invalid."]});
        let mut collected = collected(data);
        collected.sort();
        assert_eq!(
            collected,
            [
                "/channel: Invalid.".to_owned(),
                format!("/channel: {missing}"),
                format!("/sender: {missing}"),
            ]
        );
    }

    #[test]
    fn nesting_becomes_a_pointer() {
        assert_eq!(
            collected(json!({"messages": {"0": {"channel": ["Not a valid choice."]}}})),
            ["/messages/0/channel: Not a valid choice."]
        );
        assert_eq!(
            collected(json!({"messages": [{}, {"source": {"to": ["Bad."]}}]})),
            ["/messages/1/source/to: Bad."]
        );
        assert_eq!(
            collected(json!({"meta": {"a/b~c": "Bad."}})),
            ["/meta/a~1b~0c: Bad."]
        );
    }

    #[test]
    fn what_is_said_of_the_whole_points_at_it() {
        assert_eq!(collected(json!({"_schema": ["Bad."]})), ["Bad."]);
        let mut collected = collected(json!({
            "messages": {"_schema": ["Too many."], "0": {"channel": ["Bad."]}}
        }));
        collected.sort();
        assert_eq!(
            collected,
            ["/messages/0/channel: Bad.", "/messages: Too many."]
        );
    }

    #[test]
    fn other_shapes_are_kept() {
        assert_eq!(collected(json!("Bad.")), ["Bad."]);
        assert_eq!(collected(json!(["Bad.", 7])), ["Bad.", "7"]);
        assert_eq!(
            collected(json!({"limit": 100, "flag": true, "none": null})).len(),
            2
        );
        assert!(collected(json!({})).is_empty());
    }

    #[test]
    fn a_flood_is_cut_off() {
        let flood: Vec<_> = (0..5_000).map(|n| json!(n.to_string())).collect();
        assert_eq!(collected(json!({ "x": flood })).len(), MOST);
    }
}
