//! Compares the parts of an operation's messages.

mod body;
mod content;
mod encoding;
mod headers;
mod media_type;
mod parameters;
mod responses;
mod serialization;

use super::both::Both;
use super::document::NodeId;
use super::session::{Exchange, Session};

/// The nodes of an operation in one document.
#[derive(Debug, Clone, Copy)]
pub struct OperationNodes {
    /// The path item.
    pub path: NodeId,
    /// The operation.
    pub operation: NodeId,
}

/// Compares the parameters, the body and the responses of an operation. `names` are the
/// path parameters that were renamed.
pub fn compare(
    session: &mut Session<'_>,
    exchange: Exchange,
    nodes: Both<OperationNodes>,
    names: &[Both<String>],
) {
    let at = nodes.map(|nodes| nodes.operation);
    parameters::compare(session, nodes, names, &exchange.request());
    body::compare(session, at, &exchange.request());
    responses::compare(session, at, &exchange.response());
}
