//! Makes optional lists and maps nullable, so that the generated type distinguishes a missing
//! container from an empty one.
//!
//! A request must be able to send `[]`, and an optional map in a response may be null, missing
//! or empty. The generator represents all of these by an empty container, unless the schema
//! is nullable. Lists in responses aren't changed, because null and an empty list mean the
//! same to a reader.

use serde_json::Value;

use super::message_components;

pub(super) fn run(document: &mut Value) -> usize {
    let components = message_components(document);
    let mut count = 0;
    super::each(document, |site, schema| {
        let (sent, received) = (
            components.are_sent(&site.root),
            components.are_received(&site.root),
        );
        let required = match schema.get("required") {
            Some(Value::Array(required)) => required.clone(),
            _ => Vec::new(),
        };
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            let Value::Object(property) = property else {
                continue;
            };
            let container = match property.get("type").and_then(Value::as_str) {
                Some("array") => sent && !received,
                Some("object") => !property.contains_key("properties"),
                _ => false,
            };
            // A required container in a request can be neither null nor missing.
            let optional = received || !required.iter().any(|required| required == name);
            if container && optional && !property.contains_key("nullable") {
                property.insert("nullable".into(), true.into());
                count += 1;
            }
        }
        false
    });
    count
}
