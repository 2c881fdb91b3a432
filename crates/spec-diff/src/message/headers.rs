//! Compares response headers.

use super::serialization;
use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::schema::without_documentation;
use crate::session::Session;

const RULES: [&Rule; 2] = [&rules::HEADER_REMOVED, &rules::HEADER_ADDED];
const REQUIRED: [&Rule; 2] = [
    &rules::HEADER_BECAME_OPTIONAL,
    &rules::HEADER_BECAME_REQUIRED,
];
const DEPRECATED: [&Rule; 2] = [&rules::HEADER_UNDEPRECATED, &rules::HEADER_DEPRECATED];

struct Header<'a> {
    name: &'a str,
    node: NodeId,
    entry: NodeId,
}

/// Compares the headers of two responses.
pub fn compare(session: &mut Session<'_>, at: Both<NodeId>, reach: &Reach) {
    let mut headers = session.both(at, read);
    for pair in headers.pair_off(|old, new| old.name.eq_ignore_ascii_case(new.name)) {
        let name = format!("`{}`", pair.new.name);
        let at = pair.map(|header| header.node);
        session.flag(REQUIRED, at, "required", &name, reach);
        session.flag(DEPRECATED, at, "deprecated", &name, reach);
        let rule = &rules::HEADER_SERIALIZATION_CHANGED;
        let locations = Both::new("header", "header");
        serialization::compare(session, rule, at, locations, &name, reach);
    }
    if let Some(pair) = headers.sole() {
        let values = session.values(pair.map(|header| header.node));
        if values.map(without_documentation).are_equal() {
            let message = format!("`{}` was renamed to `{}`", pair.old.name, pair.new.name);
            let at = pair.map(|header| header.entry);
            session.note_replaced(&rules::HEADER_RENAMED, at, message, reach);
            return;
        }
    }
    for (side, header) in headers.into_items() {
        let holder = session.holder(side, at, "headers");
        let name = format!("`{}`", header.name);
        session.note_unmatched(RULES, (side, header.entry), holder, &name, reach);
    }
}

fn read<'a>(document: &mut Document<'a>, response: NodeId) -> Vec<Header<'a>> {
    let mut entries = document.entries_of(response, "headers");
    // OpenAPI 3.0 ignores `Content-Type`, because `content` names the media types.
    entries.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    let headers = entries.into_iter().map(|(name, entry)| Header {
        name,
        node: document.resolve(entry),
        entry,
    });
    headers.collect()
}
