//! Replaces the successful responses of an operation by one response for all 2xx statuses.
//!
//! A created ticket must be readable from a 200 as well as from a 201. The generator would
//! treat a success with another status than the described one as an error.

use std::collections::BTreeSet;

use serde_json::Value;
use spec_model::{is_success, members};

pub(super) fn run(document: &mut Value) -> usize {
    let shared: BTreeSet<String> = members(document, "/components/responses")
        .filter(|(_, response)| has_content(response))
        .map(|(name, _)| format!("#/components/responses/{name}"))
        .collect();
    super::each_responses(document, |responses| lower(responses, &shared))
}

fn has_content(response: &Value) -> bool {
    members(response, "/content").next().is_some()
}

/// Replaces the successful responses. `shared` are the references to components that have a
/// body.
fn lower(responses: &mut serde_json::Map<String, Value>, shared: &BTreeSet<String>) -> Option<()> {
    let has_body = |response: &Value| {
        let target = response.get("$ref").and_then(Value::as_str);
        has_content(response) || target.is_some_and(|target| shared.contains(target))
    };
    let successes = responses.iter().filter(|(status, _)| is_success(status));
    let successes: Vec<&Value> = successes.map(|(_, response)| response).collect();
    // The client recognizes a success without a body, such as 204, so a response with a body
    // is kept.
    let with_body = successes.iter().find(|response| has_body(response));
    let success = (*with_body.or(successes.first())?).clone();
    responses.retain(|status, _| !is_success(status));
    responses.shift_insert(0, "2XX".into(), success);
    Some(())
}
