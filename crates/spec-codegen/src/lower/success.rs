//! Replaces the described success responses by one for every 2xx status.
//!
//! A created ticket must be read from a 200 as well as from a 201. The
//! generator would treat a success with an undescribed status as unexpected.

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

/// `shared` are the references to responses with a body.
fn lower(responses: &mut serde_json::Map<String, Value>, shared: &BTreeSet<String>) -> Option<()> {
    let has_body = |response: &Value| {
        let target = response.get("$ref").and_then(Value::as_str);
        has_content(response) || target.is_some_and(|target| shared.contains(target))
    };
    let successes = responses.iter().filter(|(status, _)| is_success(status));
    let successes: Vec<&Value> = successes.map(|(_, response)| response).collect();
    // The reader of the response recognises a success without a body, such as 204.
    let with_body = successes.iter().find(|response| has_body(response));
    let success = (*with_body.or(successes.first())?).clone();
    responses.retain(|status, _| !is_success(status));
    responses.shift_insert(0, "2XX".into(), success);
    Some(())
}
