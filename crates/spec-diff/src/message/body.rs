//! Compares request bodies.

use serde_json::Value;

use super::content;
use crate::document::{Document, NodeId};
use crate::rules;
use crate::session::{Exchange, Session};

/// Compares the bodies of two requests.
pub fn compare(session: &mut Session<'_>, exchange: Exchange, old: NodeId, new: NodeId) {
    let way = (exchange.operation, exchange.asking);
    let old_body = session.old.followed(old, "requestBody");
    let new_body = session.new.followed(new, "requestBody");
    match (old_body, new_body) {
        (None, None) => {}
        (None, Some(body)) if is_required(&session.new, body) => {
            let message = "a required body was added".to_owned();
            session.message(&rules::REQUIRED_BODY_ADDED, old, body, message, way);
        }
        (None, Some(body)) => {
            let message = "an optional body was added".to_owned();
            session.message(&rules::BODY_ADDED, old, body, message, way);
        }
        (Some(body), None) => {
            let message = "the body was removed".to_owned();
            session.message(&rules::BODY_REMOVED, body, new, message, way);
        }
        (Some(old), Some(new)) => {
            match (
                is_required(&session.old, old),
                is_required(&session.new, new),
            ) {
                (false, true) => {
                    let message = "the body became required".to_owned();
                    session.message(&rules::BODY_BECAME_REQUIRED, old, new, message, way);
                }
                (true, false) => {
                    let message = "the body became optional".to_owned();
                    session.message(&rules::BODY_BECAME_OPTIONAL, old, new, message, way);
                }
                _ => {}
            }
            content::compare(session, old, new, way);
        }
    }
}

/// Whether a body, parameter or header says it is required.
pub fn is_required(document: &Document<'_>, node: NodeId) -> bool {
    document.value(node).get("required") == Some(&Value::Bool(true))
}
