//! Compares callbacks: HTTP requests that the service sends to an address of the caller.

use super::operations::{self, Operation};
use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::message;
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::session::{Exchange, Session};

const RULES: [&Rule; 2] = [&rules::CALLBACK_REMOVED, &rules::CALLBACK_ADDED];

/// Compares the callbacks of an operation. In a callback the service sends the request, and
/// the caller sends the response.
pub fn compare(session: &mut Session<'_>, exchange: Exchange, at: Both<NodeId>) {
    if !session.exchanged.insert((at, exchange)) {
        return;
    }
    let reach = Reach::everything(exchange.operation);
    let mut callbacks = session.both(at, |document, node| document.entries_of(node, "callbacks"));
    for (_, pair) in callbacks.pair_named() {
        addresses(session, exchange, pair);
    }
    if let Some(pair) = callbacks.sole()
        && session.values(pair.map(|(_, node)| *node)).are_equal()
    {
        let message = format!("`{}` was renamed to `{}`", pair.old.0, pair.new.0);
        let pair = pair.map(|(_, node)| *node);
        session.note_replaced(&rules::CALLBACK_RENAMED, pair, message, &reach);
        addresses(session, exchange, pair);
        return;
    }
    for (side, (name, node)) in callbacks.into_items() {
        let holder = session.holder(side, at, "callbacks");
        session.note_unmatched(RULES, (side, node), holder, &format!("`{name}`"), &reach);
    }
}

/// Compares the path items of a callback. The key of a path item is the address that the
/// service calls.
fn addresses(session: &mut Session<'_>, exchange: Exchange, at: Both<NodeId>) {
    let mut items = session.both(at, path_items);
    for (_, pair) in items.pair_named() {
        calls(session, exchange, pair);
    }
    let reach = Reach::everything(exchange.operation);
    if let Some(pair) = items.sole() {
        let message = format!("{} became {}", pair.old.0, pair.new.0);
        let pair = pair.map(|(_, node)| *node);
        session.note_replaced(&rules::CALLBACK_MOVED, pair, message, &reach);
        calls(session, exchange, pair);
        return;
    }
    for (side, (address, node)) in items.into_items() {
        let name = format!("{} call to {address}", side.pick(["the", "a"]));
        session.note_unmatched(RULES, (side, node), at.get(side.other()), &name, &reach);
    }
}

fn path_items<'a>(document: &mut Document<'a>, callback: NodeId) -> Vec<(&'a str, NodeId)> {
    let callback = document.resolve(callback);
    let mut items = document.entries(callback);
    items.retain(|(address, _)| !address.starts_with("x-"));
    items
}

/// Compares the operations of a callback's path item, by method.
fn calls(session: &mut Session<'_>, exchange: Exchange, at: Both<NodeId>) {
    let mut calls = session.both(at, |document, item| operations::of_path(document, "", item));
    for pair in calls.pair_off(|old, new| old.method == new.method) {
        call(session, exchange, pair.as_ref());
    }
    let reach = Reach::everything(exchange.operation);
    if let Some(pair) = calls.sole() {
        let (from, to) = (pair.old.method, pair.new.method);
        let message = format!("the {from} call became a {to} call");
        let at = pair.map(|call| call.nodes.operation);
        session.note_replaced(&rules::METHOD_CHANGED, at, message, &reach);
        call(session, exchange, pair);
        return;
    }
    for (side, call) in calls.into_items() {
        let name = format!("{} {} call", side.pick(["the", "a"]), call.method);
        let own = (side, call.nodes.operation);
        session.note_unmatched(RULES, own, at.get(side.other()), &name, &reach);
    }
}

fn call(session: &mut Session<'_>, exchange: Exchange, pair: Both<&Operation<'_>>) {
    let inner = exchange.callback();
    let nodes = pair.map(|operation| operation.nodes);
    message::compare(session, inner, nodes, &[]);
    compare(session, inner, nodes.map(|nodes| nodes.operation));
}
