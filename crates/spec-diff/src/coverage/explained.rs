//! Knows which parts of the texts are explained by changes that were found.

use std::collections::HashSet;

use crate::document::{Document, NodeId};
use crate::rules::{self, Rule};
use crate::schema::{Form, PairId, Place};
use crate::session::Session;

/// Rules after which the comparison does not descend further.
const FINAL: [&Rule; 6] = [
    &rules::PARAMETER_BECAME_ARRAY,
    &rules::TYPE_CHANGED,
    &rules::SCHEMA_ADDED,
    &rules::SCHEMA_REMOVED,
    &rules::UNRESOLVED_REFERENCE_CHANGED,
    &rules::UNKNOWN_KEYWORD_CHANGED,
];

/// The places where changes were found.
#[derive(Debug, Default)]
pub struct Explained {
    old: Side,
    new: Side,
    settled: HashSet<NodeId>,
    unclean: HashSet<PairId>,
}

#[derive(Debug, Default)]
struct Side {
    at: HashSet<NodeId>,
    /// The nodes one and two levels above a change, such as the object whose
    /// property changed.
    around: HashSet<NodeId>,
}

impl Side {
    fn add(&mut self, document: &Document<'_>, node: NodeId) {
        self.at.insert(node);
        let holder = document.parent(node);
        self.around.insert(holder);
        self.around.insert(document.parent(holder));
    }
}

impl Explained {
    /// Collects the places of all changes in the session.
    pub fn gather(session: &Session<'_>) -> Self {
        let mut explained = Self::default();
        for found in &session.found {
            explained.old.add(&session.old, found.old);
            explained.new.add(&session.new, found.new);
            if FINAL.contains(&found.rule) {
                explained.settled.insert(found.old);
            }
        }
        for (_, pair) in session.pairs.iter() {
            for change in &pair.changes {
                explained.old.add(&session.old, change.old);
                explained.new.add(&session.new, change.new);
                if FINAL.contains(&change.rule) {
                    explained.settled.insert(change.old);
                }
            }
        }
        explained.unclean = unclean(session);
        explained
    }

    /// Whether a change was found at one of the nodes itself.
    pub fn at(&self, old: NodeId, new: NodeId) -> bool {
        self.old.at.contains(&old) || self.new.at.contains(&new)
    }

    /// Whether a change was found at one of the nodes or up to two levels
    /// below.
    pub fn around(&self, old: NodeId, new: NodeId) -> bool {
        self.at(old, new) || self.old.around.contains(&old) || self.new.around.contains(&new)
    }

    /// Whether the comparison stopped at this node.
    pub fn is_settled(&self, old: NodeId) -> bool {
        self.settled.contains(&old)
    }

    /// Whether two schemas were compared without finding a change in them or
    /// below. `None` if they weren't compared.
    pub fn is_clean(&self, session: &mut Session<'_>, old: NodeId, new: NodeId) -> Option<bool> {
        let old = Place::of(&mut session.old, old);
        let new = Place::of(&mut session.new, new);
        let forms = [Form::Json, Form::Text, Form::Xml];
        let mut compared = forms
            .into_iter()
            .filter_map(|form| session.pairs.find(&old, &new, form))
            .peekable();
        compared.peek()?;
        Some(compared.all(|pair| !self.unclean.contains(&pair)))
    }
}

/// The comparisons that have a change, or that lead to one that has.
fn unclean(session: &Session<'_>) -> HashSet<PairId> {
    let mut leading_to: Vec<Vec<PairId>> = vec![Vec::new(); session.pairs.len()];
    let mut unclean = HashSet::new();
    let mut queue = Vec::new();
    for (id, pair) in session.pairs.iter() {
        for (to, _) in &pair.edges {
            if let Some(sources) = leading_to.get_mut(to.index()) {
                sources.push(id);
            }
        }
        if !pair.changes.is_empty() {
            queue.push(id);
        }
    }
    while let Some(id) = queue.pop() {
        if unclean.insert(id) {
            queue.extend(leading_to.get(id.index()).into_iter().flatten());
        }
    }
    unclean
}
