//! Compares the credentials that an operation requires.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules;
use crate::session::Session;

/// Credentials that a request needs together: schemes by name, each with its scopes.
type Requirement = BTreeMap<String, BTreeSet<String>>;

/// Compares the credentials that callers have to present for an operation.
pub fn compare(session: &mut Session<'_>, operations: Both<NodeId>, reach: &Reach) {
    let found = session.both(operations, requirements);
    let at = found.as_ref().map(|(at, _)| *at);
    let (was, is) = (found.old.1.into_iter(), found.new.1);
    let was: Vec<Requirement> = was
        .map(|one| with_new_names(one, &session.scheme_names))
        .collect();
    let all_in = |ones: &[Requirement], others: &[Requirement]| {
        ones.iter()
            .all(|one| others.iter().any(|other| asks_no_more(other, one)))
    };
    let rule = match (all_in(&was, &is), all_in(&is, &was)) {
        (true, true) => return,
        (true, false) => &rules::SECURITY_RELAXED,
        (false, true) => &rules::SECURITY_TIGHTENED,
        (false, false) => &rules::SECURITY_CHANGED,
    };
    let message = format!("{} was asked for, and {} is", describe(&was), describe(&is));
    session.note(rule, at, message, reach);
}

/// Returns the requirements of the operation, or those of the document if the operation has
/// none of its own, and the node of the list. An empty list requires no credentials.
fn requirements(document: &mut Document<'_>, operation: NodeId) -> (NodeId, Vec<Requirement>) {
    let own = document.child(operation, "security");
    let global = document.child(document.root(), "security");
    let Some(list) = own.or(global) else {
        return (document.root(), vec![Requirement::new()]);
    };
    let mut requirements: Vec<Requirement> = Vec::new();
    for node in document.items(list) {
        let schemes = document.entries(node).into_iter();
        let requirement = schemes.map(|(scheme, scopes)| {
            let scopes = document.value(scopes).as_array().into_iter().flatten();
            let scopes = scopes.filter_map(Value::as_str).map(str::to_owned);
            (scheme.to_owned(), scopes.collect())
        });
        requirements.push(requirement.collect());
    }
    if requirements.is_empty() {
        requirements.push(Requirement::new());
    }
    (list, requirements)
}

/// Replaces the names of renamed schemes by the new names.
fn with_new_names(requirement: Requirement, names: &[Both<String>]) -> Requirement {
    let renamed = requirement.into_iter().map(|(scheme, scopes)| {
        let found = names.iter().find(|pair| pair.old == scheme);
        (found.map_or(scheme, |pair| pair.new.clone()), scopes)
    });
    renamed.collect()
}

/// Whether credentials that satisfy `other` satisfy `one` too.
fn asks_no_more(one: &Requirement, other: &Requirement) -> bool {
    one.iter().all(|(scheme, scopes)| {
        let granted = other.get(scheme);
        granted.is_some_and(|granted| scopes.is_subset(granted))
    })
}

fn describe(requirements: &[Requirement]) -> String {
    let one = |requirement: &Requirement| {
        if requirement.is_empty() {
            return "nothing".to_owned();
        }
        let schemes = requirement.iter().map(|(scheme, scopes)| {
            if scopes.is_empty() {
                return scheme.clone();
            }
            let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
            format!("{scheme} ({})", scopes.join(", "))
        });
        schemes.collect::<Vec<_>>().join(" with ")
    };
    requirements
        .iter()
        .map(one)
        .collect::<Vec<_>>()
        .join(" or ")
}
