//! Compares security schemes, which say how callers present and obtain credentials.

use std::collections::BTreeSet;
use std::iter;

use serde_json::Value;
use spec_model::{list, members};

use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::schema::without_documentation;
use crate::session::Session;

/// The keywords that say how callers present a credential.
const PRESENTED: [&str; 5] = ["type", "scheme", "in", "name", "openIdConnectUrl"];
/// The keywords that say where callers obtain a credential.
const OBTAINED: [&str; 3] = ["authorizationUrl", "tokenUrl", "refreshUrl"];

const SCHEMES: [&Rule; 2] = [
    &rules::SECURITY_SCHEME_REMOVED,
    &rules::SECURITY_SCHEME_ADDED,
];
const FLOWS: [&Rule; 2] = [&rules::OAUTH_FLOW_REMOVED, &rules::OAUTH_FLOW_ADDED];
const SCOPES: [&Rule; 2] = [&rules::OAUTH_SCOPE_REMOVED, &rules::OAUTH_SCOPE_ADDED];

/// Finds schemes of which only the name changed.
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

/// Compares schemes of the same name, and reports renamed, added and removed ones.
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

/// Returns the node that would contain a security scheme.
fn holder(document: &mut Document<'_>) -> NodeId {
    let root = document.root();
    let components = document.child(root, "components");
    let schemes = components.and_then(|components| document.child(components, "securitySchemes"));
    schemes.or(components).unwrap_or(root)
}

/// Returns the reach of all operations, because a scheme belongs to no single operation.
fn all_operations(session: &Session<'_>) -> Reach {
    let mut reach = Reach::default();
    for operation in 0..session.operations.len() {
        reach.merge(&Reach::everything(operation));
    }
    reach
}

/// Returns the names of the schemes that the document or an operation requires.
fn names_in_use<'a>(document: &Document<'a>) -> BTreeSet<&'a str> {
    let root = document.value(document.root());
    let operations = members(root, "/paths").flat_map(|(_, item)| members(item, ""));
    let owners = iter::once(root).chain(operations.map(|(_, operation)| operation));
    owners.flat_map(required_schemes).collect()
}

/// Returns the names of the schemes that the `security` of an object requires.
pub fn required_schemes(owner: &Value) -> impl Iterator<Item = &str> {
    let requirements = list(owner, "security").map(|(_, requirement)| requirement);
    let schemes = requirements.flat_map(|requirement| members(requirement, ""));
    schemes.map(|(name, _)| name.as_str())
}

/// Compares two schemes.
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

/// Reports the keywords that changed. Returns whether any did.
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

/// Whether a keyword is equal in both schemes. The case of HTTP schemes and header names
/// makes no difference.
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

/// Compares two OAuth flows.
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
