//! Compares responses: the statuses that are described, and the message of each.

use super::{content, headers};
use crate::both::{Both, Side};
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::session::Session;

const SUCCESSES: [&Rule; 2] = [&rules::SUCCESS_STATUS_REMOVED, &rules::SUCCESS_STATUS_ADDED];
const ERRORS: [&Rule; 2] = [&rules::ERROR_STATUS_REMOVED, &rules::ERROR_STATUS_ADDED];

#[derive(Debug, Clone)]
struct Response {
    status: String,
    success: bool,
    has_content: bool,
    node: NodeId,
    entry: NodeId,
}

/// Compares the responses of two operations.
pub fn compare(session: &mut Session<'_>, at: Both<NodeId>, reach: &Reach) {
    let mut responses = session.both(at, read);
    let all = responses.clone();
    for pair in responses.pair_off(|old, new| old.status == new.status) {
        matched(session, pair.as_ref(), reach);
    }
    successes(session, &mut responses, reach);
    for (side, response) in responses.into_items() {
        let holder = session.holder(side, at, "responses");
        let rules = if response.success { SUCCESSES } else { ERRORS };
        let own = (side, response.entry);
        session.note_unmatched(rules, own, holder, &response.status, reach);
        let others = all.as_ref().get(side.other());
        if let Some(range) = including(others, &response) {
            bodies(session, Both::of(side, &response, range), reach);
        }
    }
}

/// Finds the response that describes a status without a response of its own: the response
/// of its range, or else `default`.
fn including<'a>(responses: &'a [Response], one: &Response) -> Option<&'a Response> {
    let ranges = responses
        .iter()
        .filter(|range| range.success == one.success && includes(&range.status, &one.status));
    ranges.min_by_key(|range| range.status == "default")
}

/// Compares the bodies of a status whose own response was added or removed.
fn bodies(session: &mut Session<'_>, pair: Both<&Response>, reach: &Reach) {
    let at = pair.map(|response| response.node);
    if pair.old.has_content && pair.new.has_content {
        match pair.old.success {
            true => content::compare(session, at, reach),
            false => content::compare_shared(session, at, reach),
        }
    }
}

/// Reads the responses. `default` counts as an error if another response is a success, and
/// as a success otherwise.
fn read(document: &mut Document<'_>, operation: NodeId) -> Vec<Response> {
    let mut responses = Vec::new();
    for (status, entry) in document.entries_of(operation, "responses") {
        if !status.starts_with("x-") {
            let node = document.resolve(entry);
            responses.push(Response {
                status: canonical(status),
                success: status.starts_with('2'),
                has_content: !document.entries_of(node, "content").is_empty(),
                node,
                entry,
            });
        }
    }
    let any = responses.iter().any(|response| response.success);
    for response in &mut responses {
        response.success |= !any && response.status == "default";
    }
    responses
}

/// Reports success statuses that became a range or another status, and ranges that became a
/// status.
fn successes(session: &mut Session<'_>, responses: &mut Both<Vec<Response>>, reach: &Reach) {
    let related = responses.pair_off(|old, new| {
        new.success
            && old.success
            && (includes(&old.status, &new.status) || includes(&new.status, &old.status))
    });
    for pair in related {
        let rule = match includes(&pair.new.status, &pair.old.status) {
            true => &rules::STATUS_GENERALIZED,
            false => &rules::STATUS_SPECIALIZED,
        };
        note_replaced(session, rule, pair.as_ref(), reach);
        matched(session, pair.as_ref(), reach);
    }
    let only = |list: &[Response]| {
        let mut successes = list.iter().enumerate().filter(|(_, one)| one.success);
        let first = successes.next().map(|(index, _)| index);
        first.filter(|_| successes.next().is_none())
    };
    let Some(index) = Both::new(only(&responses.old), only(&responses.new)).transpose() else {
        return;
    };
    let pair = Both::new(
        responses.old.remove(index.old),
        responses.new.remove(index.new),
    );
    let rule = &rules::SUCCESS_STATUS_CHANGED;
    note_replaced(session, rule, pair.as_ref(), reach);
    if pair.old.has_content && pair.new.has_content {
        matched(session, pair.as_ref(), reach);
    } else {
        headers::compare(session, pair.map(|response| response.node), reach);
    }
}

fn note_replaced(
    session: &mut Session<'_>,
    rule: &'static Rule,
    pair: Both<&Response>,
    reach: &Reach,
) {
    let message = format!("{} became {}", pair.old.status, pair.new.status);
    session.note_replaced(rule, pair.map(|response| response.entry), message, reach);
}

/// Returns a status with `XX` in uppercase, because `2xx` and `2XX` are the same range.
fn canonical(status: &str) -> String {
    match status.strip_suffix("xx") {
        Some(digit) => format!("{digit}XX"),
        None => status.to_owned(),
    }
}

/// Whether a range includes a status, and isn't the status itself.
fn includes(range: &str, status: &str) -> bool {
    let wide = range == "default" || (range.ends_with("XX") && range.get(..1) == status.get(..1));
    wide && range != status
}

/// Compares two matching responses.
fn matched(session: &mut Session<'_>, pair: Both<&Response>, reach: &Reach) {
    let at = pair.map(|response| response.node);
    headers::compare(session, at, reach);
    let (side, rule, word): (_, &'static Rule, _) =
        match (pair.old.has_content, pair.new.has_content) {
            (false, true) => (Side::New, &rules::BODY_ADDED, "with"),
            (true, false) => (Side::Old, &rules::BODY_REMOVED, "without"),
            _ => return content::compare(session, at, reach),
        };
    let whole = at.get(side);
    let content = session.document(side).child(whole, "content");
    let at = Both::of(side, content.unwrap_or(whole), at.get(side.other()));
    let message = format!("{} comes {word} a body now", pair.new.status);
    session.note(rule, at, message, reach);
}
