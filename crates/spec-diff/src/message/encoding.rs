//! Compares `encoding`, which says how the fields of a form are encoded.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules;
use crate::session::Session;

/// Compares the encodings of two forms, field by field.
pub fn compare(session: &mut Session<'_>, at: Both<NodeId>, reach: &Reach) {
    let fields = session.both(at, |document, node| document.entries_of(node, "encoding"));
    let names: BTreeSet<&str> = fields.into_items().map(|(_, (name, _))| name).collect();
    for name in names {
        let field = session.both(at, |document, node| {
            let fields = document.child(node, "encoding")?;
            document.child(fields, name)
        });
        let settings = session.both(at, |document, node| settings(document, node, name));
        if !settings.are_equal() {
            let message = format!("`{name}` is encoded another way");
            session.note(&rules::ENCODING_CHANGED, field.or(at), message, reach);
        }
    }
}

/// Returns the default media type of a field, which follows from the schema of the field.
fn default_content_type(
    document: &mut Document<'_>,
    media_type: NodeId,
    field: &str,
) -> Option<&'static str> {
    let schema = document.followed(media_type, "schema")?;
    let properties = document.child(schema, "properties")?;
    let mut schema = document.followed(properties, field)?;
    if document.text(schema, "type") == Some("array") {
        schema = document.followed(schema, "items")?;
    }
    match (
        document.text(schema, "type")?,
        document.text(schema, "format"),
    ) {
        ("string", Some("binary" | "byte")) => Some("application/octet-stream"),
        ("string" | "integer" | "number" | "boolean", _) => Some("text/plain"),
        ("object", _) => Some("application/json"),
        _ => None,
    }
}

/// Returns the settings of a field that differ from the defaults.
fn settings<'a>(
    document: &mut Document<'a>,
    media_type: NodeId,
    field: &str,
) -> BTreeMap<&'a str, &'a Value> {
    let content_type = default_content_type(document, media_type, field);
    let encoding = document.value(media_type).get("encoding");
    let settings = encoding.and_then(|fields| fields.get(field)?.as_object());
    let style = settings.and_then(|settings| settings.get("style"));
    let is_form = style.is_none_or(|style| style == "form");
    let is_default = |key: &str, value: &Value| match key {
        "style" => is_form,
        "explode" => *value == is_form,
        "allowReserved" => *value == false,
        "contentType" => value.as_str() == content_type,
        _ => key.starts_with("x-"),
    };
    let settings = settings.into_iter().flatten();
    let settings = settings.map(|(key, value)| (key.as_str(), value));
    settings
        .filter(|(key, value)| !is_default(key, value))
        .collect()
}
