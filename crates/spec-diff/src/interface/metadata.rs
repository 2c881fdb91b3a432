//! Compares the metadata of an operation.

use std::collections::BTreeSet;

use serde_json::Value;

use super::matching::is_true;
use crate::document::{Document, NodeId};
use crate::rules;
use crate::session::Session;

/// Compares ids, deprecations and tags.
pub fn compare(session: &mut Session<'_>, operation: usize, old: NodeId, new: NodeId) {
    let was = session
        .old
        .value(old)
        .get("operationId")
        .and_then(Value::as_str);
    let is = session
        .new
        .value(new)
        .get("operationId")
        .and_then(Value::as_str);
    let change = match (was, is) {
        (None, Some(is)) => Some((
            &rules::OPERATION_ID_ADDED,
            format!("it is called `{is}` now"),
        )),
        (Some(was), None) => {
            let message = format!("it is not called `{was}` any more");
            Some((&rules::OPERATION_ID_REMOVED, message))
        }
        (Some(was), Some(is)) if was != is => {
            let message = format!("`{was}` was renamed to `{is}`");
            Some((&rules::OPERATION_ID_RENAMED, message))
        }
        _ => None,
    };
    if let Some((rule, message)) = change {
        session.interface(rule, old, new, message, operation);
    }
    let deprecated = |document: &Document<'_>, node| is_true(document.value(node), "deprecated");
    match (deprecated(&session.old, old), deprecated(&session.new, new)) {
        (false, true) => {
            let message = "it was deprecated".to_owned();
            session.interface(&rules::OPERATION_DEPRECATED, old, new, message, operation);
        }
        (true, false) => {
            let message = "it is not deprecated any more".to_owned();
            session.interface(&rules::OPERATION_UNDEPRECATED, old, new, message, operation);
        }
        _ => {}
    }
    let (was, is) = (tags(&session.old, old), tags(&session.new, new));
    if was != is {
        let list = |tags: &BTreeSet<&str>| tags.iter().copied().collect::<Vec<_>>().join(", ");
        let message = format!("its tags were [{}], and are [{}]", list(&was), list(&is));
        session.interface(&rules::TAGS_CHANGED, old, new, message, operation);
    }
}

fn tags<'a>(document: &Document<'a>, operation: NodeId) -> BTreeSet<&'a str> {
    let tags = document
        .value(operation)
        .get("tags")
        .and_then(Value::as_array);
    tags.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}
