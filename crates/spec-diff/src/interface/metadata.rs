//! Compares the metadata of an operation.

use std::collections::BTreeSet;

use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::session::Session;

const DEPRECATION: [&Rule; 2] = [&rules::OPERATION_UNDEPRECATED, &rules::OPERATION_DEPRECATED];

/// Compares ids, deprecations and tags.
pub fn compare(session: &mut Session<'_>, at: Both<NodeId>, reach: &Reach) {
    let ids = session.texts(at, "operationId");
    let change: Option<(&'static Rule, String)> = match (ids.old, ids.new) {
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
        session.note(rule, at, message, reach);
    }
    session.flag(DEPRECATION, at, "deprecated", "it", reach);
    let tags = session.both(at, tags);
    if !tags.are_equal() {
        let tags = tags.map(|tags| tags.into_iter().collect::<Vec<_>>().join(", "));
        let message = format!("its tags were [{}], and are [{}]", tags.old, tags.new);
        session.note(&rules::TAGS_CHANGED, at, message, reach);
    }
}

fn tags<'a>(document: &mut Document<'a>, operation: NodeId) -> BTreeSet<&'a str> {
    let tags = document.items_of(operation, "tags").into_iter();
    tags.filter_map(|tag| document.value(tag).as_str())
        .collect()
}
