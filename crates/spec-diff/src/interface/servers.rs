//! Compares the servers that requests are sent to.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::{Document, NodeId};
use crate::message::Site;
use crate::rules;
use crate::session::Session;

struct Server<'a> {
    url: &'a str,
    node: NodeId,
}

/// Compares the servers of an operation.
pub fn compare(session: &mut Session<'_>, operation: usize, old: Site, new: Site) {
    let (old_at, mut left) = effective(&mut session.old, old);
    let (new_at, mut right) = effective(&mut session.new, new);
    left.retain(|old| {
        let found = right.iter().position(|new| new.url == old.url);
        let found = found.or_else(|| {
            right
                .iter()
                .position(|new| comparable(new.url) == comparable(old.url))
        });
        let Some(new) = found.map(|index| right.remove(index)) else {
            return true;
        };
        if new.url != old.url {
            session.counterparts.push((old.node, new.node));
        }
        variables(session, operation, old, &new);
        false
    });
    if let ([from], [to]) = (left.as_slice(), right.as_slice()) {
        let message = format!("{} became {}", from.url, to.url);
        session.interface(
            &rules::SERVER_REPLACED,
            from.node,
            to.node,
            message,
            operation,
        );
        session.counterparts.push((from.node, to.node));
        return;
    }
    for server in left {
        let message = format!("{} was removed", server.url);
        session.interface(
            &rules::SERVER_REMOVED,
            server.node,
            new_at,
            message,
            operation,
        );
    }
    for server in right {
        let message = format!("{} was added", server.url);
        session.interface(
            &rules::SERVER_ADDED,
            old_at,
            server.node,
            message,
            operation,
        );
    }
}

/// Returns a URL with scheme and host in lowercase, as they have no case (RFC
/// 3986, 6.2.2.1). Names of variables have one.
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

/// Returns the servers of the operation, or else of its path, or else of the
/// document.
fn effective<'a>(document: &mut Document<'a>, site: Site) -> (NodeId, Vec<Server<'a>>) {
    let root = document.root();
    for owner in [site.operation, site.path, root] {
        let nodes = document.items_of(owner, "servers");
        if nodes.is_empty() {
            continue;
        }
        let list = document.child(owner, "servers").unwrap_or(owner);
        let servers = nodes.into_iter().map(|node| Server {
            url: document
                .value(node)
                .get("url")
                .and_then(Value::as_str)
                .unwrap_or_default(),
            node,
        });
        return (list, servers.collect());
    }
    let nowhere = Server {
        url: "/",
        node: root,
    };
    (root, vec![nowhere])
}

fn variables(session: &mut Session<'_>, operation: usize, old: &Server<'_>, new: &Server<'_>) {
    let old_variables = session.old.entries_of(old.node, "variables");
    let new_variables = session.new.entries_of(new.node, "variables");
    for (name, node) in &old_variables {
        let Some((_, other)) = new_variables.iter().find(|(other, _)| other == name) else {
            continue;
        };
        let (from, to) = (session.old.value(*node), session.new.value(*other));
        if from.get("default") != to.get("default") {
            let message = format!("the default of `{name}` changed");
            session.interface(
                &rules::SERVER_VARIABLE_CHANGED,
                *node,
                *other,
                message,
                operation,
            );
        }
        let values = |value: &Value| -> Option<BTreeSet<String>> {
            let list = value.get("enum")?.as_array()?;
            Some(
                list.iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
            )
        };
        let (from, to) = (values(from), values(to));
        let (narrows, widens) = match (&from, &to) {
            (None, None) => (false, false),
            (None, Some(_)) => (true, false),
            (Some(_), None) => (false, true),
            (Some(from), Some(to)) => (!from.is_subset(to), !to.is_subset(from)),
        };
        if narrows {
            let message = format!("`{name}` takes fewer values");
            session.interface(
                &rules::SERVER_VARIABLE_NARROWED,
                *node,
                *other,
                message,
                operation,
            );
        } else if widens {
            let message = format!("`{name}` takes more values");
            session.interface(
                &rules::SERVER_VARIABLE_WIDENED,
                *node,
                *other,
                message,
                operation,
            );
        }
    }
}
