//! Finds renamed components.

use std::collections::HashMap;

use crate::both::Both;
use crate::document::NodeId;
use crate::reach::Reach;
use crate::rules;
use crate::schema::Place;
use crate::session::Session;

/// The sections in which renamed components are looked for. `interface` finds renamed
/// security schemes.
const SECTIONS: [&str; 6] = [
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "callbacks",
];

/// Reports renamed components. A removed and an added component count as one renamed component
/// if the added component is the only one that the removed component was compared with, or the
/// only one with the text of the removed component.
pub fn renamed(session: &mut Session<'_>) {
    for section in SECTIONS {
        let mut unmatched = session.both(session.roots(), |document, root| {
            let components = document.child(root, "components");
            let components = components.map(|found| document.entries_of(found, section));
            components.unwrap_or_default()
        });
        unmatched.pair_named();
        if unmatched.old.is_empty() || unmatched.new.is_empty() {
            continue;
        }
        let mut partners = compared_with(session, &unmatched);
        for (_, node) in &unmatched.old {
            if partners.contains_key(node) {
                continue;
            }
            let mut same = unmatched.new.iter().filter(|(_, other)| {
                session.values(Both::new(*node, *other)).are_equal()
                    && partners.values().all(|(taken, _)| taken != other)
            });
            if let (Some((_, other)), None) = (same.next(), same.next()) {
                partners.insert(*node, (*other, Reach::default()));
            }
        }
        for (name, node) in unmatched.old {
            if let Some((other, reach)) = partners.remove(&node) {
                let message = format!("{name} was renamed to {}", session.new.name(other));
                let at = Both::new(node, other);
                session.note_replaced(&rules::COMPONENT_RENAMED, at, message, &reach);
            }
        }
    }
}

/// Maps each removed component to the only added component that it was compared with. A removed
/// component that was compared with several added components is left out. If an added component
/// was compared with several removed components, only the first of these is mapped to it.
fn compared_with(
    session: &Session<'_>,
    unmatched: &Both<Vec<(&str, NodeId)>>,
) -> HashMap<NodeId, (NodeId, Reach)> {
    let is_in =
        |list: &[(&str, NodeId)], node: NodeId| list.iter().any(|(_, known)| *known == node);
    let mut partners: HashMap<NodeId, (NodeId, Reach)> = HashMap::new();
    let mut taken: HashMap<NodeId, NodeId> = HashMap::new();
    let mut ambiguous: Vec<NodeId> = Vec::new();
    for (_, pair) in session.pairs.iter() {
        let sole = pair.places.as_ref().map(Place::sole);
        let Some(Both { old, new }) = sole.transpose() else {
            continue;
        };
        if !is_in(&unmatched.old, old) || !is_in(&unmatched.new, new) {
            continue;
        }
        if *taken.entry(new).or_insert(old) != old {
            ambiguous.push(old);
        }
        let (known, reach) = partners.entry(old).or_insert((new, Reach::default()));
        if *known == new {
            reach.merge(&pair.reach);
        } else {
            ambiguous.push(old);
        }
    }
    for node in ambiguous {
        partners.remove(&node);
    }
    partners
}
