//! Compares security schemes: how credentials are presented and obtained.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::schema::without_documentation;
use crate::session::Session;

/// The keywords that decide how a credential is presented.
const PRESENTED: [&str; 5] = ["type", "scheme", "in", "name", "openIdConnectUrl"];
const OBTAINED: [&str; 3] = ["authorizationUrl", "tokenUrl", "refreshUrl"];

const SCHEMES: [&Rule; 2] = [
    &rules::SECURITY_SCHEME_REMOVED,
    &rules::SECURITY_SCHEME_ADDED,
];
const FLOWS: [&Rule; 2] = [&rules::OAUTH_FLOW_REMOVED, &rules::OAUTH_FLOW_ADDED];
const SCOPES: [&Rule; 2] = [&rules::OAUTH_SCOPE_REMOVED, &rules::OAUTH_SCOPE_ADDED];

/// Finds schemes that were renamed and are otherwise the same.
pub fn renamed(session: &mut Session<'_>) -> Vec<Both<String>> {
    let mut schemes = session.both(session.roots(), schemes);
    schemes.pair_named();
    let mut names = Vec::new();
    for (name, node) in &schemes.old {
        let text = without_documentation(session.old.value(*node));
        let mut same = schemes
            .new
            .iter()
            .filter(|(_, candidate)| without_documentation(session.new.value(*candidate)) == text);
        if let (Some((other, _)), None) = (same.next(), same.next()) {
            names.push(Both::new(*name, *other).map(str::to_owned));
        }
    }
    names
}

/// Compares schemes of the same name, and reports the others.
pub fn compare(session: &mut Session<'_>) {
    let mut schemes = session.both(session.roots(), schemes);
    let mut used = names_in_use(&session.old);
    used.extend(names_in_use(&session.new));
    let reach = &all_operations(session);
    for (name, at) in schemes.pair_named() {
        if used.contains(name) {
            scheme(session, name, at, reach);
        }
    }
    let names = session.scheme_names.clone();
    for pair in &names {
        let at = |list: &[(&str, NodeId)], name: &str| {
            let found = list.iter().find(|(known, _)| *known == name);
            found.map(|(_, node)| *node)
        };
        let at = Both::new(at(&schemes.old, &pair.old), at(&schemes.new, &pair.new));
        if let Some(at) = at.transpose() {
            let message = format!("`{}` was renamed to `{}`", pair.old, pair.new);
            session.note_replaced(&rules::COMPONENT_RENAMED, at, message, reach);
        }
    }
    for (side, (name, node)) in schemes.into_items() {
        let is_renamed = names
            .iter()
            .any(|pair| pair.old == name || pair.new == name);
        if !used.contains(name) && !is_renamed {
            let holder = holder(session.document(side.other()));
            session.note_unmatched(SCHEMES, (side, node), holder, &format!("`{name}`"), reach);
        }
    }
}

fn schemes<'a>(document: &mut Document<'a>, root: NodeId) -> Vec<(&'a str, NodeId)> {
    let Some(components) = document.child(root, "components") else {
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

fn scheme(session: &mut Session<'_>, name: &str, at: Both<NodeId>, reach: &Reach) {
    let values = session.values(at);
    let presented = PRESENTED.iter();
    let changed = presented.filter(|key| !is_presented_alike(key, values));
    if report_keys(session, changed, &format!("`{name}`"), at, reach) {
        return;
    }
    let mut flows = session.both(at, |document, node| document.entries_of(node, "flows"));
    for (flow, at) in flows.pair_named() {
        self::flow(session, &format!("{name}, {flow}"), at, reach);
    }
    for (side, (flow, node)) in flows.into_items() {
        let name = format!("the {flow} flow of `{name}`");
        session.note_unmatched(FLOWS, (side, node), at.get(side.other()), &name, reach);
    }
}

/// Reports keywords that changed. Returns whether there are any.
fn report_keys<'k>(
    session: &mut Session<'_>,
    changed: impl Iterator<Item = &'k &'static str>,
    name: &str,
    at: Both<NodeId>,
    reach: &Reach,
) -> bool {
    let changed: Vec<&str> = changed.copied().collect();
    if !changed.is_empty() {
        let message = format!("`{}` of {name} changed", changed.join("`, `"));
        session.note(&rules::SECURITY_SCHEME_CHANGED, at, message, reach);
    }
    !changed.is_empty()
}

/// Whether a keyword is equal. HTTP schemes and header names are compared
/// without regard to case.
fn is_presented_alike(key: &str, schemes: Both<&Value>) -> bool {
    let is_header = |scheme: &Value| scheme.get("in").and_then(Value::as_str) == Some("header");
    let are_headers = schemes.map(is_header) == Both::new(true, true);
    let values = schemes.map(|scheme| scheme.get(key));
    let texts = values.map(|value| value.and_then(Value::as_str));
    match texts.transpose() {
        Some(texts) if key == "scheme" || (key == "name" && are_headers) => {
            texts.old.eq_ignore_ascii_case(texts.new)
        }
        _ => values.are_equal(),
    }
}

fn flow(session: &mut Session<'_>, name: &str, at: Both<NodeId>, reach: &Reach) {
    let values = session.values(at);
    let obtained = OBTAINED.iter();
    let changed = obtained.filter(|key| values.old.get(**key) != values.new.get(**key));
    report_keys(session, changed, name, at, reach);
    let mut scopes = session.both(at, |document, node| document.entries_of(node, "scopes"));
    scopes.pair_named();
    for (side, (scope, node)) in scopes.into_items() {
        let name = format!("scope `{scope}` of {name}");
        session.note_unmatched(SCOPES, (side, node), at.get(side.other()), &name, reach);
    }
}
