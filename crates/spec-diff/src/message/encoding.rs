//! Compares how the fields of a form are encoded.

use serde_json::{Map, Value};

use crate::document::{Document, NodeId};
use crate::law::Direction;
use crate::rules;
use crate::session::Session;

/// Compares `encoding`, field by field.
pub fn compare(session: &mut Session<'_>, old: NodeId, new: NodeId, way: (usize, Direction)) {
    let old_fields = session.old.entries_of(old, "encoding");
    let new_fields = session.new.entries_of(new, "encoding");
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in old_fields.iter().chain(&new_fields) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    for name in names {
        let at = |fields: &[(&str, NodeId)]| {
            let found = fields.iter().find(|(field, _)| *field == name);
            found.map(|(_, node)| *node)
        };
        let (from, to) = (at(&old_fields), at(&new_fields));
        let types = (
            content_type(&mut session.old, old, name),
            content_type(&mut session.new, new, name),
        );
        if settings(&session.old, from, types.0) != settings(&session.new, to, types.1) {
            let old = from.unwrap_or(old);
            let new = to.unwrap_or(new);
            let message = format!("`{name}` is encoded another way");
            session.message(&rules::ENCODING_CHANGED, old, new, message, way);
        }
    }
}

/// Returns the default media type of a field without `contentType`.
fn content_type(
    document: &mut Document<'_>,
    media_type: NodeId,
    field: &str,
) -> Option<&'static str> {
    let schema = document.followed(media_type, "schema")?;
    let properties = document.child(schema, "properties")?;
    let mut schema = document.followed(properties, field)?;
    let is_array = document.value(schema).get("type") == Some(&Value::from("array"));
    if is_array {
        schema = document.followed(schema, "items")?;
    }
    let text = |key| document.value(schema).get(key).and_then(Value::as_str);
    match (text("type")?, text("format")) {
        ("string", Some("binary" | "byte")) => Some("application/octet-stream"),
        ("string" | "integer" | "number" | "boolean", _) => Some("text/plain"),
        ("object", _) => Some("application/json"),
        _ => None,
    }
}

fn settings<'a>(
    document: &Document<'a>,
    node: Option<NodeId>,
    content_type: Option<&str>,
) -> Vec<(&'a String, &'a Value)> {
    let object = node.and_then(|node| document.value(node).as_object());
    let mut settings: Vec<_> = object
        .into_iter()
        .flatten()
        .filter(|(key, value)| {
            let is_default = is_default(object, key, value)
                || (*key == "contentType" && value.as_str() == content_type);
            !key.starts_with("x-") && !is_default
        })
        .collect();
    settings.sort_unstable_by_key(|(key, _)| *key);
    settings
}

/// Whether a setting has its default value.
fn is_default(settings: Option<&Map<String, Value>>, key: &str, value: &Value) -> bool {
    let style = settings.and_then(|settings| settings.get("style"));
    let is_form = style.is_none_or(|style| style == "form");
    match key {
        "style" => is_form,
        "explode" => *value == is_form,
        "allowReserved" => *value == false,
        _ => false,
    }
}
