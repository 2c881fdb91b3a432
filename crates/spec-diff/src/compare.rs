//! The comparison of two documents, step by step.

use std::collections::HashSet;

use serde_json::Value;

use crate::change::Wire;
use crate::document::Document;
use crate::session::Session;
use crate::untouched::Untouched;
use crate::{collect, coverage, interface, reach, rules, schema, spread};

/// Compares two OpenAPI 3.0 documents.
///
/// Any JSON is accepted. Parts that aren't valid OpenAPI are compared as text.
#[must_use]
pub fn compare(old: &Value, new: &Value) -> Wire {
    if old == new {
        return Wire::default();
    }
    let mut session = Session {
        old: Document::new(old),
        new: Document::new(new),
        pairs: schema::Pairs::default(),
        found: Vec::new(),
        operations: Vec::new(),
        counterparts: Vec::new(),
        scheme_names: Vec::new(),
        exchanged: HashSet::new(),
    };
    let untouched = Untouched::find(&mut session.old, &mut session.new);
    session.pairs.leave_out(untouched);
    let sites = interface::compare(&mut session);
    schema::compare_all(&mut session.old, &mut session.new, &mut session.pairs);
    spread::spread(&mut session.pairs);
    let index = coverage::ReachIndex::gather(&session, &sites);
    coverage::add_missed_changes(&mut session, &index);
    unexplained(&mut session);
    collect::collect(session)
}

/// Reports documents that differ without any change having been found, so that
/// different documents never compare as equal.
fn unexplained(session: &mut Session<'_>) {
    let nothing = session.found.is_empty()
        && session
            .pairs
            .iter()
            .all(|(_, pair)| pair.changes.is_empty());
    if nothing {
        let message = "the documents differ in a way that is not understood".to_owned();
        let rule = &rules::UNKNOWN_KEYWORD_CHANGED;
        session.note(rule, session.roots(), message, &reach::Reach::default());
    }
}
