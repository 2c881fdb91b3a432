//! Keeps the comparisons of schemas, and which comparison leads to which.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::both::{Both, Side};
use crate::document::{Document, NodeId};
use crate::reach::{DirectionFilter, Reach};
use crate::rules::Rule;
use crate::untouched::Untouched;

/// How values are written on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// As JSON, where numbers and strings differ.
    Json,
    /// As text: parameters, headers, form fields.
    Text,
    /// As XML.
    Xml,
}

/// A place of a message with the schemas that apply there: usually one, several
/// if `allOf` members declare the same property, none if anything is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The schemas, references followed.
    pub roots: Vec<NodeId>,
    /// The first of the schemas, or the node that would hold one.
    pub at: NodeId,
    /// Whether null is compared elsewhere, such as with another variant.
    pub is_null_elsewhere: bool,
}

impl Place {
    /// A place with one schema.
    pub fn of(document: &mut Document<'_>, node: NodeId) -> Self {
        Self::of_all(document, &[node], node)
    }

    /// A place with the given schemas, held by `holder`.
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

    /// The schema, if there is exactly one.
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

/// A change found in a pair, before it is known which operations reach the
/// pair.
#[derive(Debug)]
pub struct LocalChange {
    /// The rule it falls under.
    pub rule: &'static Rule,
    /// The changed nodes.
    pub at: Both<NodeId>,
    /// The description of the change.
    pub message: String,
    /// The directions that the change applies to.
    pub filter: DirectionFilter,
    /// The `allOf` member that alone says what the change removed or added.
    pub only_in: Option<(Side, NodeId)>,
}

/// A comparison.
#[derive(Debug)]
pub struct Pair {
    pub places: Both<Place>,
    pub syntax: Syntax,
    pub edges: Vec<(PairId, DirectionFilter)>,
    pub changes: Vec<LocalChange>,
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
    /// Starts without comparisons. The unchanged parts needn't be compared.
    pub fn new(untouched: Untouched) -> Self {
        Self {
            untouched,
            ..Self::default()
        }
    }

    /// The unchanged parts.
    pub fn untouched(&self) -> &Untouched {
        &self.untouched
    }

    /// Returns the comparison of two places, and queues it if it is new. `None`
    /// if it would find nothing.
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

    /// Requests the comparison of the schemas of messages.
    pub fn start(&mut self, places: Both<Place>, syntax: Syntax, reach: &Reach) {
        if let Some(id) = self.add(places, syntax)
            && let Some(pair) = self.pairs.get_mut(id.0)
        {
            pair.reach.merge(reach);
            self.roots.push(id);
        }
    }

    /// The next comparison to make.
    pub fn next(&mut self) -> Option<PairId> {
        self.queue.pop_front()
    }

    /// A comparison.
    pub fn get(&self, id: PairId) -> Option<&Pair> {
        self.pairs.get(id.0)
    }

    /// A comparison, mutable.
    pub fn get_mut(&mut self, id: PairId) -> Option<&mut Pair> {
        self.pairs.get_mut(id.0)
    }

    /// Finds the comparison of two places.
    pub fn find(&self, places: &Both<Place>, syntax: Syntax) -> Option<PairId> {
        self.index.get(&(places.clone(), syntax)).copied()
    }

    /// Notes that two schemas were compared.
    pub fn note_compared(&mut self, schemas: impl IntoIterator<Item = Both<NodeId>>) {
        self.compared.extend(schemas);
    }

    /// The schemas that were compared with each other.
    pub fn compared(&self) -> &HashSet<Both<NodeId>> {
        &self.compared
    }

    /// The comparisons that messages start with.
    pub fn roots(&self) -> &[PairId] {
        &self.roots
    }

    /// All comparisons.
    pub fn iter(&self) -> impl Iterator<Item = (PairId, &Pair)> {
        let pairs = self.pairs.iter().enumerate();
        pairs.map(|(index, pair)| (PairId(index), pair))
    }
}
