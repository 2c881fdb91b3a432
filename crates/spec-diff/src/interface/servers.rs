//! Compares the servers that requests are sent to.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::message::OperationNodes;
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::session::Session;

const RULES: [&Rule; 2] = [&rules::SERVER_REMOVED, &rules::SERVER_ADDED];

/// The URLs and nodes of servers.
type Servers<'a> = Vec<(&'a str, NodeId)>;

/// Compares the servers of an operation.
pub fn compare(session: &mut Session<'_>, nodes: Both<OperationNodes>, reach: &Reach) {
    let found = session.both(nodes, effective);
    let lists = found.as_ref().map(|(list, _)| *list);
    let mut servers = found.map(|(_, servers)| servers);
    let pairs = servers.pair_with(|(old, _), others| {
        let same = others.iter().position(|(new, _)| new == old);
        same.or_else(|| {
            let mut others = others.iter();
            others.position(|(new, _)| comparable(new) == comparable(old))
        })
    });
    for pair in pairs {
        let at = pair.map(|(_, node)| node);
        if pair.old.0 != pair.new.0 {
            session.counterparts.push(at);
        }
        variables(session, at, reach);
    }
    if let Some(pair) = servers.sole() {
        let message = format!("{} became {}", pair.old.0, pair.new.0);
        let at = pair.map(|(_, node)| *node);
        session.note_replaced(&rules::SERVER_REPLACED, at, message, reach);
        return;
    }
    for (side, (url, node)) in servers.into_items() {
        session.note_unmatched(RULES, (side, node), lists.get(side.other()), url, reach);
    }
}

/// Returns a URL with scheme and host in lowercase, because the case of these makes no
/// difference (RFC 3986, 6.2.2.1). Names of variables keep their case.
fn comparable(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let user_end = host.rfind('@').map_or(0, |at| at.saturating_add(1));
    let (user, host) = host.split_at(user_end);
    let mut in_variable = false;
    let host: String = host
        .chars()
        .map(|letter| {
            in_variable = (in_variable || letter == '{') && letter != '}';
            if in_variable {
                letter
            } else {
                letter.to_ascii_lowercase()
            }
        })
        .collect();
    format!("{}://{user}{host}{path}", scheme.to_ascii_lowercase())
}

/// Returns the servers of an operation, and the node of their list. If the operation has
/// none of its own, the servers of its path apply, or else those of the document.
fn effective<'a>(document: &mut Document<'a>, nodes: OperationNodes) -> (NodeId, Servers<'a>) {
    let root = document.root();
    for owner in [nodes.operation, nodes.path, root] {
        let servers = document.items_of(owner, "servers");
        if !servers.is_empty() {
            let list = document.child(owner, "servers").unwrap_or(owner);
            let url = |node| document.text(node, "url").unwrap_or_default();
            let servers = servers.into_iter().map(|node| (url(node), node));
            return (list, servers.collect());
        }
    }
    (root, vec![("/", root)])
}

fn variables(session: &mut Session<'_>, servers: Both<NodeId>, reach: &Reach) {
    let mut variables = session.both(servers, |document, server| {
        document.entries_of(server, "variables")
    });
    for (name, at) in variables.pair_named() {
        let values = session.values(at);
        if !values.map(|value| value.get("default")).are_equal() {
            let message = format!("the default of `{name}` changed");
            session.note(&rules::SERVER_VARIABLE_CHANGED, at, message, reach);
        }
        let Both { old, new } = values.map(listed);
        let (rule, amount) = if !is_within(old.as_ref(), new.as_ref()) {
            (&rules::SERVER_VARIABLE_NARROWED, "fewer")
        } else if !is_within(new.as_ref(), old.as_ref()) {
            (&rules::SERVER_VARIABLE_WIDENED, "more")
        } else {
            continue;
        };
        session.note(rule, at, format!("`{name}` takes {amount} values"), reach);
    }
}

/// Returns the values that a variable lists; `None` if it has no list.
fn listed(variable: &Value) -> Option<BTreeSet<&str>> {
    let list = variable.get("enum")?.as_array()?;
    Some(list.iter().filter_map(Value::as_str).collect())
}

/// Whether `others` allows all values that `values` allows. Without a list, every value is
/// allowed.
fn is_within(values: Option<&BTreeSet<&str>>, others: Option<&BTreeSet<&str>>) -> bool {
    others.is_none_or(|others| values.is_some_and(|values| values.is_subset(others)))
}
