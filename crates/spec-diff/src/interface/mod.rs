//! Compares operations: which there are, and what a caller needs to use them.

mod callbacks;
mod matching;
mod metadata;
mod operations;
mod paths;
mod schemes;
mod security;
mod servers;

use super::document::NodeId;
use super::law::Direction;
use super::message::{self, Site};
use super::session::{Exchange, Session};
use matching::Match;

/// Compares every operation. Returns the nodes in the new document of the
/// operations that both documents have: path item, operation, and the
/// operation's number.
pub fn compare(session: &mut Session<'_>) -> Vec<(NodeId, NodeId, usize)> {
    session.scheme_names = schemes::renamed(session);
    let matches = matching::matched(session);
    for Match {
        old,
        new,
        operation,
        names,
    } in &matches
    {
        let exchange = Exchange {
            operation: *operation,
            asking: Direction::Request,
        };
        let old = Site {
            path: old.path_item,
            operation: old.node,
        };
        let new = Site {
            path: new.path_item,
            operation: new.node,
        };
        if !names.is_empty() || !is_untouched(session, old, new) {
            metadata::compare(session, *operation, old.operation, new.operation);
            message::compare(session, exchange, old, new, names);
            callbacks::compare(session, exchange, old.operation, new.operation);
        }
        security::compare(session, *operation, old.operation, new.operation);
        servers::compare(session, *operation, old, new);
    }
    schemes::compare(session);
    let sites = matches
        .iter()
        .map(|found| (found.new.path_item, found.new.node, found.operation));
    sites.collect()
}

fn is_untouched(session: &mut Session<'_>, old: Site, new: Site) -> bool {
    let parameters = (
        session.old.child(old.path, "parameters"),
        session.new.child(new.path, "parameters"),
    );
    let same_parameters = match parameters {
        (None, None) => true,
        (Some(old), Some(new)) => session.is_untouched(old, new),
        _ => false,
    };
    same_parameters && session.is_untouched(old.operation, new.operation)
}
