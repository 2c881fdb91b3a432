//! Lets one success stand for every 2xx.
//!
//! A created ticket must be read from a 200 as from a 201. With a single
//! status described, any other success would be an unexpected response.

use serde_json::Value;

use super::Pass;
use crate::sites::{METHODS, is_success};

pub(super) const PASS: Pass<Value> = Pass {
    name: "any success",
    ours: true,
    run,
};

fn run(document: &mut Value) -> usize {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    paths
        .into_iter()
        .flat_map(|paths| paths.values_mut())
        .filter_map(Value::as_object_mut)
        .flat_map(|item| item.iter_mut())
        .filter(|(method, _)| METHODS.contains(&method.as_str()))
        .filter_map(|(_, operation)| operation.get_mut("responses"))
        .filter_map(Value::as_object_mut)
        .filter_map(lower)
        .count()
}

fn lower(responses: &mut serde_json::Map<String, Value>) -> Option<()> {
    let statuses: Vec<_> = responses
        .keys()
        .filter(|status| is_success(status))
        .cloned()
        .collect();
    let first = statuses.first()?;
    let success = responses.get(first)?.clone();
    responses.retain(|status, _| !is_success(status));
    responses.shift_insert(0, "2XX".into(), success);
    Some(())
}
