//! Matches the operations of both documents, and compares everything that a caller needs
//! besides the messages: addresses, credentials and servers. `message` compares the
//! messages.

mod callbacks;
mod matching;
mod metadata;
mod operations;
mod paths;
mod schemes;
mod security;
mod servers;

pub use self::schemes::required_schemes;
use super::both::Both;
use super::compatibility::Direction;
use super::message::{self, OperationNodes};
use super::reach::Reach;
use super::session::{Exchange, Session};

/// Compares the operations that both documents have, and reports the other operations.
/// Returns the number of each compared operation, with its nodes in the new document.
pub fn compare(session: &mut Session<'_>) -> Vec<(usize, OperationNodes)> {
    session.scheme_names = schemes::renamed(session);
    let mut compared = Vec::new();
    for found in matching::matched(session) {
        let operation = found.operation;
        let exchange = Exchange {
            operation,
            request_direction: Direction::Request,
        };
        let nodes = found.pair.map(|operation| operation.nodes);
        let at = nodes.map(|nodes| nodes.operation);
        let reach = Reach::everything(operation);
        if !found.names.is_empty() || !is_untouched(session, nodes) {
            metadata::compare(session, at, &reach);
            message::compare(session, exchange, nodes, &found.names);
            callbacks::compare(session, exchange, at);
        }
        security::compare(session, at, &reach);
        servers::compare(session, nodes, &reach);
        compared.push((operation, nodes.new));
    }
    schemes::compare(session);
    compared
}

/// Whether neither an operation nor the parameters of its path changed.
fn is_untouched(session: &mut Session<'_>, nodes: Both<OperationNodes>) -> bool {
    let parameters = session.both(nodes, |document, nodes| {
        document.child(nodes.path, "parameters")
    });
    let same_parameters = match parameters.transpose() {
        Some(parameters) => session.is_untouched(parameters),
        None => parameters.are_equal(),
    };
    same_parameters && session.is_untouched(nodes.map(|nodes| nodes.operation))
}
