//! Compares response headers.

use serde_json::Value;

use super::body::is_required;
use super::content;
use super::parameters::is_rewritten;
use super::serialization::Serialization;
use crate::document::{Document, NodeId};
use crate::law::Direction;
use crate::rules;
use crate::schema::{Form, without_documentation};
use crate::session::Session;

struct Header<'a> {
    name: &'a str,
    node: NodeId,
    stands: NodeId,
}

/// Compares the headers of two responses.
pub fn compare(session: &mut Session<'_>, old: NodeId, new: NodeId, way: (usize, Direction)) {
    let mut left = read(&mut session.old, old);
    let mut right = read(&mut session.new, new);
    left.retain(|old| {
        let found = right
            .iter()
            .position(|new| old.name.eq_ignore_ascii_case(new.name));
        let Some(new) = found.map(|index| right.remove(index)) else {
            return true;
        };
        matched(session, old, &new, way);
        false
    });
    if let ([from], [to]) = (left.as_slice(), right.as_slice()) {
        let content = |document: &Document<'_>, node| without_documentation(document.value(node));
        if content(&session.old, from.node) == content(&session.new, to.node) {
            let message = format!("`{}` was renamed to `{}`", from.name, to.name);
            session.message(&rules::HEADER_RENAMED, from.stands, to.stands, message, way);
            session.counterparts.push((from.stands, to.stands));
            return;
        }
    }
    for header in left {
        let holder = session.new.child(new, "headers").unwrap_or(new);
        let message = format!("`{}` was removed", header.name);
        session.message(&rules::HEADER_REMOVED, header.stands, holder, message, way);
    }
    for header in right {
        let holder = session.old.child(old, "headers").unwrap_or(old);
        let message = format!("`{}` was added", header.name);
        session.message(&rules::HEADER_ADDED, holder, header.stands, message, way);
    }
}

fn read<'a>(document: &mut Document<'a>, response: NodeId) -> Vec<Header<'a>> {
    let mut entries = document.entries_of(response, "headers");
    // OpenAPI 3.0 ignores this header, because `content` names the media types.
    entries.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    let headers = entries.into_iter().map(|(name, stands)| Header {
        name,
        node: document.resolve(stands),
        stands,
    });
    headers.collect()
}

fn matched(session: &mut Session<'_>, old: &Header<'_>, new: &Header<'_>, way: (usize, Direction)) {
    let name = new.name;
    match (
        is_required(&session.old, old.node),
        is_required(&session.new, new.node),
    ) {
        (false, true) => {
            let message = format!("`{name}` became required");
            session.message(
                &rules::HEADER_BECAME_REQUIRED,
                old.node,
                new.node,
                message,
                way,
            );
        }
        (true, false) => {
            let message = format!("`{name}` became optional");
            session.message(
                &rules::HEADER_BECAME_OPTIONAL,
                old.node,
                new.node,
                message,
                way,
            );
        }
        _ => {}
    }
    let deprecated = |document: &Document<'_>, node| {
        document.value(node).get("deprecated") == Some(&Value::Bool(true))
    };
    match (
        deprecated(&session.old, old.node),
        deprecated(&session.new, new.node),
    ) {
        (false, true) => {
            let message = format!("`{name}` was deprecated");
            session.message(&rules::HEADER_DEPRECATED, old.node, new.node, message, way);
        }
        (true, false) => {
            let message = format!("`{name}` is not deprecated any more");
            session.message(
                &rules::HEADER_UNDEPRECATED,
                old.node,
                new.node,
                message,
                way,
            );
        }
        _ => {}
    }
    let from = Serialization::read(&mut session.old, old.node, "header");
    let to = Serialization::read(&mut session.new, new.node, "header");
    if is_rewritten(&from, &to) {
        let (from, to) = (from.describe(), to.describe());
        let message = format!("`{name}` was written as {from}, and is written as {to}");
        let rule = &rules::HEADER_SERIALIZATION_CHANGED;
        session.message(rule, old.node, new.node, message, way);
    } else if matches!(from, Serialization::Content(_)) {
        content::compare(session, old.node, new.node, way);
    } else {
        session.schemas(old.node, new.node, Form::Text, way);
    }
}
