//! Compares responses: which statuses there are, and the message of each.

use super::{content, headers};
use crate::document::{Document, NodeId};
use crate::law::Direction;
use crate::rules;
use crate::session::{Exchange, Session};

#[derive(Debug, Clone)]
struct Response {
    status: String,
    success: bool,
    node: NodeId,
    stands: NodeId,
}

/// Compares the responses of two operations.
pub fn compare(session: &mut Session<'_>, exchange: Exchange, old: NodeId, new: NodeId) {
    let way = (exchange.operation, exchange.answering());
    let mut left = read(&mut session.old, old);
    let mut right = read(&mut session.new, new);
    let (declared, declares) = (left.clone(), right.clone());
    left.retain(|old| {
        let found = right.iter().position(|new| old.status == new.status);
        let Some(new) = found.map(|index| right.remove(index)) else {
            return true;
        };
        matched(session, old, &new, way);
        false
    });
    successes(session, &mut left, &mut right, way);
    for response in left {
        let holder = session.new.child(new, "responses").unwrap_or(new);
        let rule = if response.success {
            &rules::SUCCESS_STATUS_REMOVED
        } else {
            &rules::ERROR_STATUS_REMOVED
        };
        let message = format!("{} was removed", response.status);
        session.message(rule, response.stands, holder, message, way);
        if let Some(range) = including(&declares, &response) {
            bodies(session, &response, range, way);
        }
    }
    for response in right {
        let holder = session.old.child(old, "responses").unwrap_or(old);
        let rule = if response.success {
            &rules::SUCCESS_STATUS_ADDED
        } else {
            &rules::ERROR_STATUS_ADDED
        };
        let message = format!("{} was added", response.status);
        session.message(rule, holder, response.stands, message, way);
        if let Some(range) = including(&declared, &response) {
            bodies(session, range, &response, way);
        }
    }
}

/// Finds the response that describes a status without one of its own: its
/// range, or else `default`.
fn including<'a>(responses: &'a [Response], one: &Response) -> Option<&'a Response> {
    let ranges = responses
        .iter()
        .filter(|range| range.success == one.success && includes(&range.status, &one.status));
    ranges.min_by_key(|range| range.status == "default")
}

/// Compares the bodies of a status that got or lost a response of its own.
fn bodies(session: &mut Session<'_>, old: &Response, new: &Response, way: (usize, Direction)) {
    if has_content(&mut session.old, old.node) && has_content(&mut session.new, new.node) {
        if old.success {
            content::compare(session, old.node, new.node, way);
        } else {
            content::compare_shared(session, old.node, new.node, way);
        }
    }
}

/// Reads the responses. `default` counts as an error, unless no other response
/// is a success.
fn read(document: &mut Document<'_>, operation: NodeId) -> Vec<Response> {
    let mut responses = Vec::new();
    for (status, stands) in document.entries_of(operation, "responses") {
        if !status.starts_with("x-") {
            responses.push(Response {
                status: canonical(status),
                success: status.starts_with('2'),
                node: document.resolve(stands),
                stands,
            });
        }
    }
    let any = responses.iter().any(|response| response.success);
    for response in &mut responses {
        response.success |= !any && response.status == "default";
    }
    responses
}

/// Reports success statuses that became another one, or a range.
fn successes(
    session: &mut Session<'_>,
    left: &mut Vec<Response>,
    right: &mut Vec<Response>,
    way: (usize, Direction),
) {
    left.retain(|old| {
        let related = |new: &Response| {
            new.success
                && old.success
                && (includes(&old.status, &new.status) || includes(&new.status, &old.status))
        };
        let found = right.iter().position(related);
        let Some(new) = found.map(|index| right.remove(index)) else {
            return true;
        };
        let rule = if includes(&new.status, &old.status) {
            &rules::STATUS_GENERALIZED
        } else {
            &rules::STATUS_SPECIALIZED
        };
        let message = format!("{} became {}", old.status, new.status);
        session.message(rule, old.stands, new.stands, message, way);
        session.counterparts.push((old.stands, new.stands));
        matched(session, old, &new, way);
        false
    });
    let only = |list: &[Response]| {
        let mut successes = list
            .iter()
            .enumerate()
            .filter(|(_, response)| response.success);
        let first = successes.next().map(|(index, _)| index);
        first.filter(|_| successes.next().is_none())
    };
    let (Some(old), Some(new)) = (only(left), only(right)) else {
        return;
    };
    let (old, new) = (left.remove(old), right.remove(new));
    let message = format!("{} became {}", old.status, new.status);
    session.message(
        &rules::SUCCESS_STATUS_CHANGED,
        old.stands,
        new.stands,
        message,
        way,
    );
    session.counterparts.push((old.stands, new.stands));
    let bodies = [
        has_content(&mut session.old, old.node),
        has_content(&mut session.new, new.node),
    ];
    if bodies == [true, true] {
        matched(session, &old, &new, way);
    } else {
        headers::compare(session, old.node, new.node, way);
    }
}

/// Returns the status with a range in uppercase, as `2xx` and `2XX` are the
/// same.
fn canonical(status: &str) -> String {
    match status.strip_suffix("xx") {
        Some(digit) => format!("{digit}XX"),
        None => status.to_owned(),
    }
}

fn includes(range: &str, status: &str) -> bool {
    let wide = range == "default" || (range.ends_with("XX") && range.get(..1) == status.get(..1));
    wide && range != status
}

fn has_content(document: &mut Document<'_>, response: NodeId) -> bool {
    !document.entries_of(response, "content").is_empty()
}

fn matched(session: &mut Session<'_>, old: &Response, new: &Response, way: (usize, Direction)) {
    headers::compare(session, old.node, new.node, way);
    let had = has_content(&mut session.old, old.node);
    let has = has_content(&mut session.new, new.node);
    match (had, has) {
        (false, true) => {
            let node = session.new.child(new.node, "content").unwrap_or(new.node);
            let message = format!("{} comes with a body now", new.status);
            session.message(&rules::BODY_ADDED, old.node, node, message, way);
        }
        (true, false) => {
            let node = session.old.child(old.node, "content").unwrap_or(old.node);
            let message = format!("{} comes without a body now", new.status);
            session.message(&rules::BODY_REMOVED, node, new.node, message, way);
        }
        _ => content::compare(session, old.node, new.node, way),
    }
}
