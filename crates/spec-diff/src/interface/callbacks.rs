//! Compares callbacks, which the service calls.

use super::operations::{self, Operation};
use crate::document::{Document, NodeId};
use crate::message::{self, Site};
use crate::rules;
use crate::session::{Exchange, Session};

/// Compares an operation's callbacks. In a callback the service sends the
/// request and the caller the response.
pub fn compare(session: &mut Session<'_>, exchange: Exchange, old: NodeId, new: NodeId) {
    if !session.exchanged.insert((old, new, exchange)) {
        return;
    }
    let mut left = session.old.entries_of(old, "callbacks");
    let mut right = session.new.entries_of(new, "callbacks");
    left.retain(|(name, node)| {
        let Some(index) = right.iter().position(|(other, _)| other == name) else {
            return true;
        };
        let (_, other) = right.remove(index);
        expressions(session, exchange, *node, other);
        false
    });
    if let ([(from, from_node)], [(to, to_node)]) = (left.as_slice(), right.as_slice())
        && session.old.value(*from_node) == session.new.value(*to_node)
    {
        let message = format!("`{from}` was renamed to `{to}`");
        let rule = &rules::CALLBACK_RENAMED;
        session.interface(rule, *from_node, *to_node, message, exchange.operation);
        session.counterparts.push((*from_node, *to_node));
        expressions(session, exchange, *from_node, *to_node);
        return;
    }
    for (name, node) in left {
        let holder = session.new.child(new, "callbacks").unwrap_or(new);
        let message = format!("`{name}` was removed");
        session.interface(
            &rules::CALLBACK_REMOVED,
            node,
            holder,
            message,
            exchange.operation,
        );
    }
    for (name, node) in right {
        let holder = session.old.child(old, "callbacks").unwrap_or(old);
        let message = format!("`{name}` was added");
        session.interface(
            &rules::CALLBACK_ADDED,
            holder,
            node,
            message,
            exchange.operation,
        );
    }
}

/// Compares a callback's path items, each under the address that is called.
fn expressions(session: &mut Session<'_>, exchange: Exchange, old: NodeId, new: NodeId) {
    let addresses = |document: &mut Document<'_>, node| -> Vec<(String, NodeId)> {
        let node = document.resolve(node);
        let entries = document.entries(node).into_iter();
        let addresses = entries.filter(|(address, _)| !address.starts_with("x-"));
        addresses
            .map(|(address, item)| (address.to_owned(), item))
            .collect()
    };
    let mut left = addresses(&mut session.old, old);
    let mut right = addresses(&mut session.new, new);
    left.retain(|(address, node)| {
        let Some(index) = right.iter().position(|(other, _)| other == address) else {
            return true;
        };
        let (_, other) = right.remove(index);
        calls(session, exchange, *node, other);
        false
    });
    if let ([(from, from_node)], [(to, to_node)]) = (left.as_slice(), right.as_slice()) {
        let message = format!("{from} became {to}");
        let rule = &rules::CALLBACK_MOVED;
        session.interface(rule, *from_node, *to_node, message, exchange.operation);
        session.counterparts.push((*from_node, *to_node));
        calls(session, exchange, *from_node, *to_node);
        return;
    }
    for (address, node) in left {
        let message = format!("the call to {address} was removed");
        session.interface(
            &rules::CALLBACK_REMOVED,
            node,
            new,
            message,
            exchange.operation,
        );
    }
    for (address, node) in right {
        let message = format!("a call to {address} was added");
        session.interface(
            &rules::CALLBACK_ADDED,
            old,
            node,
            message,
            exchange.operation,
        );
    }
}

fn calls(session: &mut Session<'_>, exchange: Exchange, old: NodeId, new: NodeId) {
    let mut left = operations::of_path(&mut session.old, "", old);
    let mut right = operations::of_path(&mut session.new, "", new);
    left.retain(|from| {
        let found = right.iter().position(|to| to.method == from.method);
        let Some(to) = found.map(|index| right.remove(index)) else {
            return true;
        };
        call(session, exchange, from, &to);
        false
    });
    if let ([from], [to]) = (left.as_slice(), right.as_slice()) {
        let message = format!("the {} call became a {} call", from.method, to.method);
        let rule = &rules::METHOD_CHANGED;
        session.interface(rule, from.node, to.node, message, exchange.operation);
        session.counterparts.push((from.node, to.node));
        call(session, exchange, from, to);
        return;
    }
    for from in left {
        let message = format!("the {} call was removed", from.method);
        let rule = &rules::CALLBACK_REMOVED;
        session.interface(rule, from.node, new, message, exchange.operation);
    }
    for to in right {
        let message = format!("a {} call was added", to.method);
        let rule = &rules::CALLBACK_ADDED;
        session.interface(rule, old, to.node, message, exchange.operation);
    }
}

fn call(session: &mut Session<'_>, exchange: Exchange, old: &Operation<'_>, new: &Operation<'_>) {
    let site = |operation: &Operation<'_>| Site {
        path: operation.path_item,
        operation: operation.node,
    };
    let inner = exchange.callback();
    message::compare(session, inner, site(old), site(new), &[]);
    compare(session, inner, old.node, new.node);
}
