//! The comparison of two documents, step by step.

use std::collections::HashSet;

use serde_json::Value;

use crate::change::Wire;
use crate::document::Document;
use crate::session::Session;
use crate::untouched::Untouched;
use crate::{collect, interface, propagation, reach, rules, schema, text_diff};

/// Compares two OpenAPI 3.0 documents.
///
/// The documents may be any JSON. Parts that aren't valid OpenAPI are compared as text.
#[must_use]
pub fn compare(old: &Value, new: &Value) -> Wire {
    if old == new {
        return Wire::default();
    }
    let (mut old, mut new) = (Document::new(old), Document::new(new));
    let untouched = Untouched::find(&mut old, &mut new);
    let mut session = Session {
        old,
        new,
        pairs: schema::Pairs::new(untouched),
        found: Vec::new(),
        operations: Vec::new(),
        counterparts: Vec::new(),
        scheme_names: Vec::new(),
        exchanged: HashSet::new(),
    };
    let operations = interface::compare(&mut session);
    schema::compare_all(&mut session.old, &mut session.new, &mut session.pairs);
    propagation::propagate(&mut session.pairs);
    text_diff::add_unexplained(&mut session, &operations);
    report_if_nothing_was_found(&mut session);
    collect::collect(session)
}

/// Reports a difference if no change was found, so that two different documents never
/// compare as equal.
fn report_if_nothing_was_found(session: &mut Session<'_>) {
    let has_change = session
        .pairs
        .iter()
        .any(|(_, pair)| !pair.changes.is_empty());
    if session.found.is_empty() && !has_change {
        let message = "the documents differ in a way that is not understood".to_owned();
        let rule = &rules::UNKNOWN_KEYWORD_CHANGED;
        session.note(rule, session.roots(), message, &reach::Reach::default());
    }
}
