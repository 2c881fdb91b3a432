//! Keeps the comparisons of schemas, and for each comparison the comparisons of the inner
//! schemas.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::both::{Both, Side};
use crate::document::{Document, NodeId};
use crate::reach::{DirectionFilter, Reach};
use crate::rules::Rule;
use crate::untouched::Untouched;

/// The form in which values are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// JSON, in which numbers and strings differ.
    Json,
    /// Plain text, for parameters, headers and form fields.
    Text,
    /// XML.
    Xml,
}

/// A place of a message with the schemas that apply there. Usually one schema applies. If
/// several `allOf` members declare a property, several apply. If any value is allowed, none
/// applies.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The schemas. References are followed.
    pub roots: Vec<NodeId>,
    /// The first of the schemas, or the node that would hold one.
    pub at: NodeId,
    /// Whether null is compared elsewhere, for example with another variant.
    pub is_null_elsewhere: bool,
}

impl Place {
    /// Returns a place with one schema.
    pub fn of(document: &mut Document<'_>, node: NodeId) -> Self {
        Self::of_all(document, &[node], node)
    }

    /// Returns a place with the given schemas, inside of `holder`.
    pub fn of_all(document: &mut Document<'_>, nodes: &[NodeId], holder: NodeId) -> Self {
        let mut roots: Vec<NodeId> = nodes.iter().map(|node| document.resolve(*node)).collect();
        roots.dedup();
        let at = roots.first().copied().unwrap_or(holder);
        Self {
            roots,
            at,
            is_null_elsewhere: false,
        }
    }

    /// Returns the schema, if there is exactly one.
    pub fn sole(&self) -> Option<NodeId> {
        match self.roots.as_slice() {
            [sole] => Some(*sole),
            _ => None,
        }
    }
}

/// The id of a comparison of two places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PairId(usize);

/// A change that a comparison found. The operations that reach it aren't known yet.
#[derive(Debug)]
pub struct LocalChange {
    /// The rule of the change.
    pub rule: &'static Rule,
    /// The changed nodes.
    pub at: Both<NodeId>,
    /// The description of the change.
    pub message: String,
    /// The directions that the change applies to.
    pub filter: DirectionFilter,
    /// For a removed or added keyword: the part that contains the keyword, and the document of
    /// this part. `None` for other changes.
    pub only_in: Option<(Side, NodeId)>,
}

/// A comparison of two places.
#[derive(Debug)]
pub struct Pair {
    pub places: Both<Place>,
    pub syntax: Syntax,
    /// The comparisons of inner schemas.
    pub edges: Vec<(PairId, DirectionFilter)>,
    pub changes: Vec<LocalChange>,
    /// The operations whose messages contain the places.
    pub reach: Reach,
}

/// All comparisons.
#[derive(Debug, Default)]
pub struct Pairs {
    index: HashMap<(Both<Place>, Syntax), PairId>,
    pairs: Vec<Pair>,
    queue: VecDeque<PairId>,
    roots: Vec<PairId>,
    compared: HashSet<Both<NodeId>>,
    untouched: Untouched,
}

impl Pairs {
    /// Starts without comparisons. Schemas in `untouched` are never compared.
    pub fn new(untouched: Untouched) -> Self {
        Self {
            untouched,
            ..Self::default()
        }
    }

    /// Returns the unchanged components.
    pub fn untouched(&self) -> &Untouched {
        &self.untouched
    }

    /// Returns the comparison of two places. A comparison that doesn't exist yet is created and
    /// queued. `None` if the comparison would find no change.
    pub fn add(&mut self, places: Both<Place>, syntax: Syntax) -> Option<PairId> {
        if let Some(schemas) = places.as_ref().map(Place::sole).transpose()
            && self.untouched.is_same(schemas)
        {
            return None;
        }
        let key = (places, syntax);
        if let Some(id) = self.index.get(&key) {
            return Some(*id);
        }
        let id = PairId(self.pairs.len());
        self.pairs.push(Pair {
            places: key.0.clone(),
            syntax,
            edges: Vec::new(),
            changes: Vec::new(),
            reach: Reach::default(),
        });
        self.index.insert(key, id);
        self.queue.push_back(id);
        Some(id)
    }

    /// Requests the comparison of the schemas of messages. `reach` are the operations that the
    /// messages belong to.
    pub fn start(&mut self, places: Both<Place>, syntax: Syntax, reach: &Reach) {
        if let Some(id) = self.add(places, syntax)
            && let Some(pair) = self.pairs.get_mut(id.0)
        {
            pair.reach.merge(reach);
            self.roots.push(id);
        }
    }

    /// Returns the next comparison to make.
    pub fn next(&mut self) -> Option<PairId> {
        self.queue.pop_front()
    }

    /// Returns a comparison.
    pub fn get(&self, id: PairId) -> Option<&Pair> {
        self.pairs.get(id.0)
    }

    /// Returns a comparison, to be changed.
    pub fn get_mut(&mut self, id: PairId) -> Option<&mut Pair> {
        self.pairs.get_mut(id.0)
    }

    /// Finds the comparison of two places.
    pub fn find(&self, places: &Both<Place>, syntax: Syntax) -> Option<PairId> {
        self.index.get(&(places.clone(), syntax)).copied()
    }

    /// Notes pairs of schemas that were compared.
    pub fn note_compared(&mut self, schemas: impl IntoIterator<Item = Both<NodeId>>) {
        self.compared.extend(schemas);
    }

    /// Returns the pairs of schemas that were compared.
    pub fn compared(&self) -> &HashSet<Both<NodeId>> {
        &self.compared
    }

    /// Returns the comparisons of whole messages, parameters and headers.
    pub fn roots(&self) -> &[PairId] {
        &self.roots
    }

    /// Returns all comparisons.
    pub fn iter(&self) -> impl Iterator<Item = (PairId, &Pair)> {
        let pairs = self.pairs.iter().enumerate();
        pairs.map(|(index, pair)| (PairId(index), pair))
    }
}
