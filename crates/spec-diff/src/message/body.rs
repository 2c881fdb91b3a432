//! Compares request bodies.

use super::content;
use crate::both::{Both, Side};
use crate::document::NodeId;
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::session::Session;

const REQUIRED: [&Rule; 2] = [&rules::BODY_BECAME_OPTIONAL, &rules::BODY_BECAME_REQUIRED];

/// Compares the bodies of two requests.
pub fn compare(session: &mut Session<'_>, at: Both<NodeId>, reach: &Reach) {
    let bodies = session.both(at, |document, node| document.followed(node, "requestBody"));
    match (bodies.old, bodies.new) {
        (None, None) => {}
        (None, Some(body)) => {
            let rules = match session.new.is_true(body, "required") {
                true => (&rules::REQUIRED_BODY_ADDED, "a required body"),
                false => (&rules::BODY_ADDED, "an optional body"),
            };
            let own = (Side::New, body);
            session.note_unmatched([rules.0; 2], own, at.old, rules.1, reach);
        }
        (Some(body), None) => {
            let own = (Side::Old, body);
            session.note_unmatched([&rules::BODY_REMOVED; 2], own, at.new, "the body", reach);
        }
        (Some(old), Some(new)) => {
            let at = Both::new(old, new);
            session.flag(REQUIRED, at, "required", "the body", reach);
            content::compare(session, at, reach);
        }
    }
}
