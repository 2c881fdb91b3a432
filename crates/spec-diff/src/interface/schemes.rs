//! Compares security schemes: how credentials are presented and obtained.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules;
use crate::schema::without_documentation;
use crate::session::Session;

/// The keywords that decide how a credential is presented.
const PRESENTED: [&str; 5] = ["type", "scheme", "in", "name", "openIdConnectUrl"];
const OBTAINED: [&str; 3] = ["authorizationUrl", "tokenUrl", "refreshUrl"];

/// Finds schemes that were renamed and are otherwise the same.
pub fn renamed(session: &mut Session<'_>) -> Vec<(String, String)> {
    let old = schemes(&mut session.old);
    let new = schemes(&mut session.new);
    let gone = old
        .iter()
        .filter(|(name, _)| new.iter().all(|(other, _)| other != name));
    let mut names = Vec::new();
    for (name, node) in gone {
        let text = without_documentation(session.old.value(*node));
        let mut same = new.iter().filter(|(other, candidate)| {
            old.iter().all(|(known, _)| known != other)
                && without_documentation(session.new.value(*candidate)) == text
        });
        if let (Some((other, _)), None) = (same.next(), same.next()) {
            names.push(((*name).to_owned(), (*other).to_owned()));
        }
    }
    names
}

/// Compares schemes of the same name, and reports the others.
pub fn compare(session: &mut Session<'_>) {
    let old = schemes(&mut session.old);
    let new = schemes(&mut session.new);
    let used: BTreeSet<&str> = names_in_use(&session.old)
        .union(&names_in_use(&session.new))
        .copied()
        .collect();
    let names = session.scheme_names.clone();
    let is_renamed = |name: &str| names.iter().any(|(from, to)| from == name || to == name);
    let all_operations = all_operations(session);
    for (name, node) in &old {
        if let Some((_, other)) = new.iter().find(|(other, _)| other == name) {
            if used.contains(name) {
                scheme(session, name, *node, *other, &all_operations);
            }
        } else if !used.contains(name) && !is_renamed(name) {
            let holder = holder(&mut session.new);
            let message = format!("`{name}` was removed");
            session.note(
                &rules::SECURITY_SCHEME_REMOVED,
                *node,
                holder,
                message,
                all_operations.clone(),
            );
        }
    }
    for (name, node) in &new {
        let is_known = old.iter().any(|(known, _)| known == name);
        if !is_known && !used.contains(name) && !is_renamed(name) {
            let holder = holder(&mut session.old);
            let message = format!("`{name}` was added");
            session.note(
                &rules::SECURITY_SCHEME_ADDED,
                holder,
                *node,
                message,
                all_operations.clone(),
            );
        }
    }
    for (from, to) in &names {
        let at = |list: &[(&str, NodeId)], name: &str| {
            list.iter()
                .find(|(known, _)| *known == name)
                .map(|found| found.1)
        };
        if let (Some(old), Some(new)) = (at(&old, from), at(&new, to)) {
            let message = format!("`{from}` was renamed to `{to}`");
            session.note(
                &rules::COMPONENT_RENAMED,
                old,
                new,
                message,
                all_operations.clone(),
            );
            session.counterparts.push((old, new));
        }
    }
}

fn schemes<'a>(document: &mut Document<'a>) -> Vec<(&'a str, NodeId)> {
    let Some(components) = document.child(document.root(), "components") else {
        return Vec::new();
    };
    let entries = document.entries_of(components, "securitySchemes");
    let resolved = entries
        .into_iter()
        .map(|(name, node)| (name, document.resolve(node)));
    resolved.collect()
}

fn holder(document: &mut Document<'_>) -> NodeId {
    let root = document.root();
    let components = document.child(root, "components");
    let schemes = components.and_then(|components| document.child(components, "securitySchemes"));
    schemes.or(components).unwrap_or(root)
}

/// Returns all operations, because a scheme belongs to no operation in
/// particular.
fn all_operations(session: &Session<'_>) -> Reach {
    let mut reach = Reach::default();
    for operation in 0..session.operations.len() {
        reach.merge(&Reach::everything(operation));
    }
    reach
}

fn names_in_use<'a>(document: &Document<'a>) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    let root = document.value(document.root());
    let mut lists: Vec<&Value> = root.get("security").into_iter().collect();
    let paths = root
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    for operation in paths.filter_map(|(_, path)| path.as_object()).flatten() {
        lists.extend(operation.1.get("security"));
    }
    for requirement in lists.into_iter().filter_map(Value::as_array).flatten() {
        let schemes = requirement.as_object().into_iter().flatten();
        names.extend(schemes.map(|(name, _)| name.as_str()));
    }
    names
}

fn scheme(session: &mut Session<'_>, name: &str, old: NodeId, new: NodeId, all_operations: &Reach) {
    let (from, to) = (session.old.value(old), session.new.value(new));
    let changed: Vec<&str> = PRESENTED
        .into_iter()
        .filter(|key| !is_presented_alike(key, from, to))
        .collect();
    if !changed.is_empty() {
        let message = format!("`{}` of `{name}` changed", changed.join("`, `"));
        session.note(
            &rules::SECURITY_SCHEME_CHANGED,
            old,
            new,
            message,
            all_operations.clone(),
        );
        return;
    }
    flows(session, name, old, new, all_operations);
}

/// Whether a keyword is equal. HTTP schemes and header names are compared
/// without regard to case.
fn is_presented_alike(key: &str, old: &Value, new: &Value) -> bool {
    let is_header = |scheme: &Value| scheme.get("in").and_then(Value::as_str) == Some("header");
    let word = key == "scheme" || (key == "name" && is_header(old) && is_header(new));
    if word {
        same_word(old.get(key), new.get(key))
    } else {
        old.get(key) == new.get(key)
    }
}

fn same_word(old: Option<&Value>, new: Option<&Value>) -> bool {
    match (old.and_then(Value::as_str), new.and_then(Value::as_str)) {
        (Some(old), Some(new)) => old.eq_ignore_ascii_case(new),
        _ => old == new,
    }
}

fn flows(session: &mut Session<'_>, name: &str, old: NodeId, new: NodeId, all_operations: &Reach) {
    let old_flows = session.old.entries_of(old, "flows");
    let new_flows = session.new.entries_of(new, "flows");
    for (flow, node) in &old_flows {
        match new_flows.iter().find(|(other, _)| other == flow) {
            Some((_, other)) => self::flow(
                session,
                &format!("{name}, {flow}"),
                *node,
                *other,
                all_operations,
            ),
            None => {
                let message = format!("the {flow} flow of `{name}` was removed");
                session.note(
                    &rules::OAUTH_FLOW_REMOVED,
                    *node,
                    new,
                    message,
                    all_operations.clone(),
                );
            }
        }
    }
    for (flow, node) in &new_flows {
        if old_flows.iter().all(|(known, _)| known != flow) {
            let message = format!("the {flow} flow of `{name}` was added");
            session.note(
                &rules::OAUTH_FLOW_ADDED,
                old,
                *node,
                message,
                all_operations.clone(),
            );
        }
    }
}

fn flow(session: &mut Session<'_>, name: &str, old: NodeId, new: NodeId, all_operations: &Reach) {
    let (from, to) = (session.old.value(old), session.new.value(new));
    let changed: Vec<&str> = OBTAINED
        .into_iter()
        .filter(|key| from.get(*key) != to.get(*key))
        .collect();
    if !changed.is_empty() {
        let message = format!("`{}` of {name} changed", changed.join("`, `"));
        session.note(
            &rules::SECURITY_SCHEME_CHANGED,
            old,
            new,
            message,
            all_operations.clone(),
        );
    }
    let old_scopes = session.old.entries_of(old, "scopes");
    let new_scopes = session.new.entries_of(new, "scopes");
    for (scope, node) in &old_scopes {
        if new_scopes.iter().all(|(other, _)| other != scope) {
            let message = format!("scope `{scope}` of {name} was removed");
            session.note(
                &rules::OAUTH_SCOPE_REMOVED,
                *node,
                new,
                message,
                all_operations.clone(),
            );
        }
    }
    for (scope, node) in &new_scopes {
        if old_scopes.iter().all(|(known, _)| known != scope) {
            let message = format!("scope `{scope}` of {name} was added");
            session.note(
                &rules::OAUTH_SCOPE_ADDED,
                old,
                *node,
                message,
                all_operations.clone(),
            );
        }
    }
}
