//! Decides whether a found change explains a difference of the texts.

use std::collections::{BTreeSet, HashMap, HashSet};

use spec_model::reachable;

use crate::both::Both;
use crate::document::{Document, NodeId};
use crate::rules::{self, Rule};
use crate::schema::{PairId, Place, Syntax};
use crate::session::Session;

/// Rules of changes of a schema. If a schema changed by one of these rules, its inner parts
/// weren't compared by meaning.
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
    /// The nodes one and two levels above a change. An example is the object whose property
    /// changed.
    around: Both<HashSet<NodeId>>,
    final_nodes: HashSet<NodeId>,
    changed_pairs: BTreeSet<PairId>,
}

impl Explained {
    /// Collects the places of all changes in the session.
    pub fn gather(session: &Session<'_>) -> Self {
        let mut explained = Self {
            changed_pairs: changed_pairs(session),
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
                explained.final_nodes.insert(at.old);
            }
        }
        explained
    }

    /// Whether a change was found at one of the nodes.
    pub fn at(&self, at: Both<NodeId>) -> bool {
        self.at.old.contains(&at.old) || self.at.new.contains(&at.new)
    }

    /// Whether a change was found at one of the nodes, or one or two levels below.
    pub fn around(&self, at: Both<NodeId>) -> bool {
        let around = &self.around;
        self.at(at) || around.old.contains(&at.old) || around.new.contains(&at.new)
    }

    /// Whether the inner parts of a node weren't compared by meaning.
    pub fn is_final(&self, old: NodeId) -> bool {
        self.final_nodes.contains(&old)
    }

    /// Whether the comparison of two schemas found no change, not even in inner schemas. `None`
    /// if the schemas weren't compared.
    pub fn are_equivalent(&self, session: &mut Session<'_>, at: Both<NodeId>) -> Option<bool> {
        let places = session.both(at, Place::of);
        let mut compared = [Syntax::Json, Syntax::Text, Syntax::Xml]
            .into_iter()
            .filter_map(|syntax| session.pairs.find(&places, syntax))
            .peekable();
        compared.peek()?;
        Some(compared.all(|pair| !self.changed_pairs.contains(&pair)))
    }
}

fn add_around(around: &mut HashSet<NodeId>, document: &Document<'_>, node: NodeId) {
    let holder = document.parent(node);
    around.extend([holder, document.parent(holder)]);
}

/// Returns the comparisons that found a change, or that lead to such a comparison.
fn changed_pairs(session: &Session<'_>) -> BTreeSet<PairId> {
    let mut sources: HashMap<PairId, Vec<PairId>> = HashMap::new();
    for (id, pair) in session.pairs.iter() {
        for (to, _) in &pair.edges {
            sources.entry(*to).or_default().push(id);
        }
    }
    let changed = session.pairs.iter();
    let changed = changed.filter(|(_, pair)| !pair.changes.is_empty());
    reachable(changed.map(|(id, _)| id), |id| {
        sources.get(id).into_iter().flatten().copied()
    })
}
