//! Replaces a multipart body by raw bytes.
//!
//! The generator doesn't support `multipart/form-data`. Only the signature of
//! its method is used, and our calls take the whole body: the caller makes the
//! parts.

use serde_json::{Map, Value, json};
use spec_model::METHODS;

use super::Pass;

/// The media type of bodies of several parts.
pub(crate) const MULTIPART: &str = "multipart/form-data";

pub(super) const PASS: Pass<Value> = Pass {
    name: "bodies of several parts",
    ours: true,
    run,
};

fn run(document: &mut Value) -> usize {
    let mut count = 0;
    let shared = document.pointer_mut("/components/requestBodies");
    for body in shared.and_then(Value::as_object_mut).into_iter().flatten() {
        count += usize::from(lower(body.1));
    }
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(Map::values_mut);
    for item in items.filter_map(Value::as_object_mut) {
        let operations = item
            .iter_mut()
            .filter(|(method, _)| METHODS.contains(&method.as_str()));
        for (_, operation) in operations {
            let body = operation.get_mut("requestBody");
            count += usize::from(body.is_some_and(lower));
        }
    }
    count
}

/// Replaces the body if it is multipart. Returns whether it is.
fn lower(body: &mut Value) -> bool {
    let content = body.get_mut("content").and_then(Value::as_object_mut);
    let Some(content) = content else {
        return false;
    };
    let is_multipart = |media: &str| media.split(';').next().map(str::trim) == Some(MULTIPART);
    if !content.keys().any(|media| is_multipart(media)) {
        return false;
    }
    content.retain(|media, _| !is_multipart(media));
    let bytes = json!({ "schema": { "type": "string", "format": "binary" } });
    content.insert("application/octet-stream".to_owned(), bytes);
    true
}
