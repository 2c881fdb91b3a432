//! Replaces the schema of every error response by raw bytes.
//!
//! A gateway may answer in HTML instead of the type in the document. With a typed body, such a
//! response would become an error without a status. Raw bodies also avoid different types of
//! errors in one operation, which the generator doesn't support.

use serde_json::{Value, json};
use spec_model::is_success;

pub(super) fn run(document: &mut Value) -> usize {
    super::each_responses(document, lower)
}

fn lower(responses: &mut serde_json::Map<String, Value>) -> Option<()> {
    let succeeds = responses.keys().any(|status| is_success(status));
    responses.retain(|status, _| {
        is_success(status) || status == "101" || (status == "default" && !succeeds)
    });
    if responses.contains_key("default") {
        return None;
    }
    for range in ["4XX", "5XX"] {
        let raw = json!({
            "description": "A failure, with its raw body.",
            "content": { "*/*": { "schema": { "type": "string", "format": "binary" } } },
        });
        responses.insert(range.into(), raw);
    }
    Some(())
}
