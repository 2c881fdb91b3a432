//! Compares the metadata of an operation: its id, deprecation and tags.

use std::collections::BTreeSet;

use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::session::Session;

const IDS: [&Rule; 2] = [&rules::OPERATION_ID_REMOVED, &rules::OPERATION_ID_ADDED];
const DEPRECATION: [&Rule; 2] = [&rules::OPERATION_UNDEPRECATED, &rules::OPERATION_DEPRECATED];

/// Compares the metadata of two operations.
pub fn compare(session: &mut Session<'_>, at: Both<NodeId>, reach: &Reach) {
    let ids = session.texts(at, "operationId");
    if let Some(Both { old, new }) = ids.transpose()
        && old != new
    {
        let message = format!("`{old}` was renamed to `{new}`");
        session.note(&rules::OPERATION_ID_RENAMED, at, message, reach);
    } else if let Some((side, id)) = ids.unmatched() {
        let words = side.pick(["is not called", "is called"]);
        let when = side.pick(["any more", "now"]);
        let message = format!("it {words} `{id}` {when}");
        session.note(side.pick(IDS), at, message, reach);
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
