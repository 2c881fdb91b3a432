//! Changes the document as the strictness switches say.
//!
//! A change fails when the document no longer has the part it changes. A switch
//! that silently did nothing would make a test pass for the wrong reason.

use serde_json::{Map, Value, json};

use super::DocumentError;
use crate::strictness::{EmailSource, Presence, Strictness};

pub(super) fn apply(strictness: Strictness, document: &mut Value) -> Result<(), DocumentError> {
    set_presence_of_via(document, "CreateTicket", strictness.ticket_via)?;
    set_presence_of_via(document, "CreateMessage", strictness.message_via)?;
    if strictness.tags_as_strings {
        accept_tag_strings(document)?;
    }
    if strictness.email_source == EmailSource::Required {
        require_email_source(document)?;
    }
    Ok(())
}

fn component<'a>(
    document: &'a mut Value,
    name: &str,
) -> Result<&'a mut Map<String, Value>, DocumentError> {
    document
        .pointer_mut(&format!("/components/schemas/{name}"))
        .and_then(Value::as_object_mut)
        .ok_or_else(|| format!("there is no component {name}").into())
}

/// Returns the schema of a property.
fn property<'a>(
    component: &'a mut Map<String, Value>,
    name: &str,
) -> Result<&'a mut Value, DocumentError> {
    component
        .get_mut("properties")
        .and_then(|properties| properties.get_mut(name))
        .ok_or_else(|| format!("a component has no property {name}").into())
}

fn set_presence_of_via(
    document: &mut Value,
    name: &str,
    presence: Presence,
) -> Result<(), DocumentError> {
    if presence == Presence::AsDocumented {
        return Ok(());
    }
    let component = component(document, name)?;
    property(component, "via")?;
    let required = component.entry("required").or_insert_with(|| json!([]));
    if let Some(required) = required.as_array_mut() {
        required.retain(|name| name != "via");
        if presence == Presence::Required {
            required.push(json!("via"));
        }
    }
    Ok(())
}

/// Lets a tag be a string: its name, within the limits of a name.
fn accept_tag_strings(document: &mut Value) -> Result<(), DocumentError> {
    let mut tag = component(document, "CreateTag")?.clone();
    // The keywords of the name's schema are about strings and those of the tag's are
    // about objects, so one schema can have both.
    if let Value::Object(name) = property(&mut tag, "name")?.clone() {
        tag.extend(name);
    }
    tag.insert("type".to_owned(), json!(["object", "string"]));
    let tags = property(component(document, "CreateTicket")?, "tags")?;
    let items = tags.get_mut("items").ok_or("the tags have no items")?;
    *items = Value::Object(tag);
    Ok(())
}

/// Requires that a message on channel `email` has a source with `type`, `from` and `to`.
/// People report that the service requires this; the document doesn't.
fn require_email_source(document: &mut Value) -> Result<(), DocumentError> {
    let message = component(document, "CreateMessage")?;
    property(message, "source")?;
    let address = json!({
        "type": "object", "required": ["address"], "properties": {"address": {"type": "string"}},
    });
    let source = json!({
        "type": "object", "required": ["type", "from", "to"],
        "properties": {"from": address, "to": {"minItems": 1, "prefixItems": [address]}},
    });
    let is_email = json!({"required": ["channel"], "properties": {"channel": {"const": "email"}}});
    message.insert("if".to_owned(), is_email);
    let then = json!({"required": ["source"], "properties": {"source": source}});
    message.insert("then".to_owned(), then);
    Ok(())
}
