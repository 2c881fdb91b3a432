//! Makes every error response a stream of bytes.
//!
//! A gateway answers in HTML, whatever the document says. With a typed body
//! such an answer becomes an error without a status. Two ranges with the same
//! raw body also spare the generator differing error types, which it cannot
//! take.

use serde_json::{Value, json};
use spec_model::is_success;

use super::Pass;

pub(super) const PASS: Pass<Value> = Pass {
    name: "raw error bodies",
    ours: true,
    run,
};

fn run(document: &mut Value) -> usize {
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
            "description": "A failure, its body as it came.",
            "content": { "*/*": { "schema": { "type": "string", "format": "binary" } } },
        });
        responses.insert(range.into(), raw);
    }
    Some(())
}
