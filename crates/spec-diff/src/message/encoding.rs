//! How a form's fields are encoded.

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
        if settings(&session.old, from) != settings(&session.new, to) {
            let old = from.unwrap_or(old);
            let new = to.unwrap_or(new);
            let message = format!("`{name}` is encoded another way");
            session.message(&rules::ENCODING_CHANGED, old, new, message, way);
        }
    }
}

fn settings<'a>(document: &Document<'a>, node: Option<NodeId>) -> Vec<(&'a String, &'a Value)> {
    let object = node.and_then(|node| document.value(node).as_object());
    let mut settings: Vec<_> = object
        .into_iter()
        .flatten()
        .filter(|(key, value)| !key.starts_with("x-") && !is_default(object, key, value))
        .collect();
    settings.sort_unstable_by_key(|(key, _)| *key);
    settings
}

/// Whether a setting says what goes without saying.
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
