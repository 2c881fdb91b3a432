//! Finds components that were renamed and are otherwise the same.

use std::collections::HashMap;

use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules;
use crate::session::Session;

/// The sections whose components may be renamed. Security schemes are missing
/// here, because `interface` matches them when it compares them.
const SECTIONS: [&str; 6] = [
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "callbacks",
];

/// Reports renamed components. A removed and an added component count as one
/// that was renamed if they were compared with each other wherever they are
/// used, or if their texts are equal.
pub fn renamed(session: &mut Session<'_>) {
    for section in SECTIONS {
        let old = components(&mut session.old, section);
        let new = components(&mut session.new, section);
        let gone: Vec<(&str, NodeId)> = without(&old, &new);
        let come: Vec<(&str, NodeId)> = without(&new, &old);
        if gone.is_empty() || come.is_empty() {
            continue;
        }
        let mut partners = compared_with(session, &gone, &come);
        for (_, node) in &gone {
            if partners.contains_key(node) {
                continue;
            }
            let text = session.old.value(*node);
            let mut same = come.iter().filter(|(_, other)| {
                session.new.value(*other) == text
                    && partners.values().all(|(taken, _)| taken != other)
            });
            if let (Some((_, other)), None) = (same.next(), same.next()) {
                partners.insert(*node, (*other, Reach::default()));
            }
        }
        for (name, node) in gone {
            let Some((other, reach)) = partners.remove(&node) else {
                continue;
            };
            let message = format!("{name} was renamed to {}", session.new.name(other));
            session.note(&rules::COMPONENT_RENAMED, node, other, message, reach);
            session.counterparts.push((node, other));
        }
    }
}

fn components<'a>(document: &mut Document<'a>, section: &str) -> Vec<(&'a str, NodeId)> {
    let components = document.child(document.root(), "components");
    components
        .map(|components| document.entries_of(components, section))
        .unwrap_or_default()
}

fn without<'a>(list: &[(&'a str, NodeId)], others: &[(&'a str, NodeId)]) -> Vec<(&'a str, NodeId)> {
    let known: std::collections::HashSet<&str> = others.iter().map(|(name, _)| *name).collect();
    list.iter()
        .filter(|(name, _)| !known.contains(name))
        .copied()
        .collect()
}

/// Maps each removed component to the added one that it was always compared
/// with. A component with several partners has none.
fn compared_with(
    session: &Session<'_>,
    gone: &[(&str, NodeId)],
    come: &[(&str, NodeId)],
) -> HashMap<NodeId, (NodeId, Reach)> {
    let is_in =
        |list: &[(&str, NodeId)], node: NodeId| list.iter().any(|(_, known)| *known == node);
    let mut partners: HashMap<NodeId, (NodeId, Reach)> = HashMap::new();
    let mut taken: HashMap<NodeId, NodeId> = HashMap::new();
    let mut ambiguous: Vec<NodeId> = Vec::new();
    for (_, pair) in session.pairs.iter() {
        let ([old], [new]) = (pair.old.roots.as_slice(), pair.new.roots.as_slice()) else {
            continue;
        };
        if !is_in(gone, *old) || !is_in(come, *new) {
            continue;
        }
        if *taken.entry(*new).or_insert(*old) != *old {
            ambiguous.push(*old);
        }
        match partners.get_mut(old) {
            Some((known, _)) if known != new => ambiguous.push(*old),
            Some((_, reach)) => {
                reach.merge(&pair.reach);
            }
            None => {
                partners.insert(*old, (*new, pair.reach.clone()));
            }
        }
    }
    for node in ambiguous {
        partners.remove(&node);
    }
    partners
}
