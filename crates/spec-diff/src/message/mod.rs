//! Compares the parts of an operation's messages.

mod body;
mod content;
mod encoding;
mod headers;
mod media_type;
mod parameters;
mod responses;
mod serialization;

use super::document::NodeId;
use super::session::{Exchange, Session};

/// The operation in one document, with the path item it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    /// The path item.
    pub path: NodeId,
    /// The operation.
    pub operation: NodeId,
}

/// Compares parameters, body and responses of an operation.
pub fn compare(
    session: &mut Session<'_>,
    exchange: Exchange,
    old: Site,
    new: Site,
    names: &[(String, String)],
) {
    parameters::compare(session, exchange, old, new, names);
    body::compare(session, exchange, old.operation, new.operation);
    responses::compare(session, exchange, old.operation, new.operation);
}
