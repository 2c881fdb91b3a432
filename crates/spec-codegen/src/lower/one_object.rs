//! Merges alternatives that are all objects into one object.

use serde_json::{Map, Value};
use spec_model::{is_true, merged};

use super::is_object;
use crate::marks::RESOURCE;

/// Returns an object that allows the values of all alternatives, if all of them are
/// objects.
pub(super) fn one_object<'a>(
    document: &Value,
    members: impl IntoIterator<Item = &'a Value>,
) -> Option<Map<String, Value>> {
    let mut properties: Map<String, Value> = Map::new();
    let mut required: Option<Vec<Value>> = None;
    let mut is_resource = true;
    for member in members {
        let member = merged(document, member);
        if !is_object(&member) {
            return None;
        }
        is_resource &= is_true(member.get(RESOURCE));
        let described = member.get("properties").and_then(Value::as_object);
        for (name, property) in described.into_iter().flatten() {
            match properties.get(name) {
                // A property whose schema differs among alternatives may have any value.
                Some(other) if !allows_the_same(other, property) => {
                    properties.insert(name.clone(), Value::Object(Map::new()));
                }
                Some(_) => {}
                None => {
                    properties.insert(name.clone(), property.clone());
                }
            }
        }
        let names = member.get("required").and_then(Value::as_array);
        let names = names.cloned().unwrap_or_default();
        required = Some(match required {
            Some(common) => common
                .into_iter()
                .filter(|name| names.contains(name))
                .collect(),
            None => names,
        });
    }
    let mut object = Map::new();
    object.insert("type".into(), "object".into());
    object.insert("properties".into(), properties.into());
    object.insert("required".into(), required.unwrap_or_default().into());
    if is_resource {
        object.insert(RESOURCE.into(), true.into());
    }
    Some(object)
}

/// Whether two properties allow the same values. Descriptions and similar keywords may
/// differ.
fn allows_the_same(one: &Value, other: &Value) -> bool {
    let bounds = |property: &Value| {
        let mut bounds = property.clone();
        for words in ["description", "title", "example", "readOnly", "deprecated"] {
            bounds
                .as_object_mut()
                .and_then(|bounds| bounds.shift_remove(words));
        }
        bounds
    };
    bounds(one) == bounds(other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_one_of_several_resources_is_one() {
        let part = |is_resource: bool| json!({"type": "object", "x-resource": is_resource});
        for (second, marked) in [(true, Some(&Value::Bool(true))), (false, None)] {
            let object = one_object(&Value::Null, &[part(true), part(second)]).unwrap();
            assert_eq!(object.get(RESOURCE), marked);
        }
    }

    #[test]
    fn members_that_differ_in_words_only_keep_their_type() {
        let property = |description: &str| json!({"type": "string", "description": description});
        let object = |id: Value, note: Value| json!({"type": "object", "properties": {"id": id, "note": note}});
        let members = [
            object(property("Of a ticket."), json!({"type": "string"})),
            object(property("Of a customer."), json!({"type": "integer"})),
        ];
        let object = one_object(&Value::Null, &members).unwrap();
        assert_eq!(object["properties"]["id"], property("Of a ticket."));
        assert_eq!(object["properties"]["note"], json!({}));
    }
}
