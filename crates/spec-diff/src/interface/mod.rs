//! Compares operations: which exist, and what a caller needs to call them. Messages
//! are compared in `message`.

mod callbacks;
mod matching;
mod metadata;
mod operations;
mod paths;
mod schemes;
mod security;
mod servers;

use super::both::Both;
use super::document::NodeId;
use super::law::Direction;
use super::message::{self, Site};
use super::reach::Reach;
use super::session::{Exchange, Session};

/// Compares every operation. Returns the nodes in the new document of the
/// operations that both documents have: path item, operation, and the
/// operation's number.
pub fn compare(session: &mut Session<'_>) -> Vec<(NodeId, NodeId, usize)> {
    session.scheme_names = schemes::renamed(session);
    let mut compared = Vec::new();
    for found in matching::matched(session) {
        let operation = found.operation;
        let exchange = Exchange {
            operation,
            asking: Direction::Request,
        };
        let sites = found.pair.map(|operation| operation.site);
        let at = sites.map(|site| site.operation);
        let reach = Reach::everything(operation);
        if !found.names.is_empty() || !is_untouched(session, sites) {
            metadata::compare(session, at, &reach);
            message::compare(session, exchange, sites, &found.names);
            callbacks::compare(session, exchange, at);
        }
        security::compare(session, at, &reach);
        servers::compare(session, sites, &reach);
        compared.push((sites.new.path, at.new, operation));
    }
    schemes::compare(session);
    compared
}

fn is_untouched(session: &mut Session<'_>, sites: Both<Site>) -> bool {
    let parameters = session.both(sites, |document, site| {
        document.child(site.path, "parameters")
    });
    let same_parameters = match parameters.transpose() {
        Some(parameters) => session.is_untouched(parameters),
        None => parameters.are_equal(),
    };
    same_parameters && session.is_untouched(sites.map(|site| site.operation))
}
