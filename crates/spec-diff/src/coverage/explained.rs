//! Decides whether a change that was found explains a difference of the texts.

use std::collections::{BTreeSet, HashSet};

use spec_model::reachable;

use crate::both::Both;
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
    at: Both<HashSet<NodeId>>,
    /// The nodes one and two levels above a change, such as the object whose
    /// property changed.
    around: Both<HashSet<NodeId>>,
    settled: HashSet<NodeId>,
    unclean: BTreeSet<PairId>,
}

impl Explained {
    /// Collects the places of all changes in the session.
    pub fn gather(session: &Session<'_>) -> Self {
        let mut explained = Self {
            unclean: unclean(session),
            ..Self::default()
        };
        let outside = session.found.iter().map(|found| (found.rule, found.at));
        let in_schemas = session.pairs.iter().flat_map(|(_, pair)| &pair.changes);
        let in_schemas = in_schemas.map(|change| (change.rule, change.at));
        for (rule, at) in outside.chain(in_schemas) {
            explained.at.old.insert(at.old);
            explained.at.new.insert(at.new);
            add_around(&mut explained.around.old, &session.old, at.old);
            add_around(&mut explained.around.new, &session.new, at.new);
            if FINAL.contains(&rule) {
                explained.settled.insert(at.old);
            }
        }
        explained
    }

    /// Whether a change was found at one of the nodes itself.
    pub fn at(&self, at: Both<NodeId>) -> bool {
        self.at.old.contains(&at.old) || self.at.new.contains(&at.new)
    }

    /// Whether a change was found at one of the nodes or up to two levels
    /// below.
    pub fn around(&self, at: Both<NodeId>) -> bool {
        let around = &self.around;
        self.at(at) || around.old.contains(&at.old) || around.new.contains(&at.new)
    }

    /// Whether the comparison stopped at this node.
    pub fn is_settled(&self, old: NodeId) -> bool {
        self.settled.contains(&old)
    }

    /// Whether two schemas were compared without finding a change in them or
    /// below. `None` if they weren't compared.
    pub fn is_clean(&self, session: &mut Session<'_>, at: Both<NodeId>) -> Option<bool> {
        let places = session.both(at, Place::of);
        let forms = [Form::Json, Form::Text, Form::Xml];
        let mut compared = forms
            .into_iter()
            .filter_map(|form| session.pairs.find(&places, form))
            .peekable();
        compared.peek()?;
        Some(compared.all(|pair| !self.unclean.contains(&pair)))
    }
}

fn add_around(around: &mut HashSet<NodeId>, document: &Document<'_>, node: NodeId) {
    let holder = document.parent(node);
    around.extend([holder, document.parent(holder)]);
}

/// The comparisons that have a change, or that lead to one that has.
fn unclean(session: &Session<'_>) -> BTreeSet<PairId> {
    let mut leading_to: Vec<Vec<PairId>> = vec![Vec::new(); session.pairs.len()];
    for (id, pair) in session.pairs.iter() {
        for (to, _) in &pair.edges {
            if let Some(sources) = leading_to.get_mut(to.index()) {
                sources.push(id);
            }
        }
    }
    let changed = session.pairs.iter();
    let changed = changed.filter(|(_, pair)| !pair.changes.is_empty());
    reachable(changed.map(|(id, _)| id), |id| {
        leading_to.get(id.index()).into_iter().flatten().copied()
    })
}
