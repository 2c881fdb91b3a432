//! Replaces a multipart body by raw bytes.
//!
//! The generator doesn't support `multipart/form-data`. Only the signature of its method is
//! used. Our calls take a whole body, whose parts the caller creates.

use serde_json::{Value, json};

use super::bare;

/// The media type of bodies of several parts.
pub(crate) const MULTIPART: &str = "multipart/form-data";

pub(super) fn run(document: &mut Value) -> usize {
    let mut count = 0;
    super::each_body(document, |body| count += usize::from(lower(body)));
    count
}

/// Replaces the body if it is multipart. Returns whether it is.
fn lower(body: &mut Value) -> bool {
    let content = body.get_mut("content").and_then(Value::as_object_mut);
    let Some(content) = content else {
        return false;
    };
    let is_multipart = |media: &str| bare(media) == MULTIPART;
    if !content.keys().any(|media| is_multipart(media)) {
        return false;
    }
    content.retain(|media, _| !is_multipart(media));
    let bytes = json!({ "schema": { "type": "string", "format": "binary" } });
    content.insert("application/octet-stream".to_owned(), bytes);
    true
}
