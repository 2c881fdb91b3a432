//! The state of one comparison of two documents.

use std::collections::HashSet;

use super::document::{Document, NodeId};
use super::law::Direction;
use super::reach::Reach;
use super::rules::Rule;
use super::schema::{Form, Pairs, Place};

/// A change with the operations it reaches.
#[derive(Debug)]
pub struct FoundChange {
    /// The rule it falls under.
    pub rule: &'static Rule,
    /// The changed node of the old document.
    pub old: NodeId,
    /// The changed node of the new document.
    pub new: NodeId,
    /// The change in words.
    pub message: String,
    /// The operations it reaches, by direction.
    pub reach: Reach,
}

/// One HTTP exchange of an operation, and who sends its request. In a callback
/// the sides trade places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exchange {
    /// The number of the operation it belongs to.
    pub operation: usize,
    /// The direction in which its request travels.
    pub asking: Direction,
}

impl Exchange {
    /// The direction in which its response travels.
    pub fn answering(self) -> Direction {
        self.asking.flipped()
    }

    /// The exchange of one of its callbacks.
    pub fn callback(self) -> Self {
        Self {
            operation: self.operation,
            asking: self.asking.flipped(),
        }
    }
}

/// Both documents, and the changes found so far.
#[derive(Debug)]
pub struct Session<'a> {
    /// The old document.
    pub old: Document<'a>,
    /// The new one.
    pub new: Document<'a>,
    /// Compared schemas.
    pub pairs: Pairs,
    /// Changes outside schemas.
    pub found: Vec<FoundChange>,
    /// The names of the operations, by number.
    pub operations: Vec<String>,
    /// Nodes that belong together although their names differ: paths,
    /// operations, parameters.
    pub counterparts: Vec<(NodeId, NodeId)>,
    /// Renamed security schemes: the old name and the new one.
    pub scheme_names: Vec<(String, String)>,
    /// Exchanges that were compared already, so that circular callbacks end.
    pub exchanged: HashSet<(NodeId, NodeId, Exchange)>,
}

impl<'a> Session<'a> {
    /// Whether comparing two parts would find nothing.
    pub fn is_untouched(&mut self, old: NodeId, new: NodeId) -> bool {
        let untouched = self.pairs.untouched();
        untouched.is_same_part((&self.old, old), (&mut self.new, new))
    }

    /// Adds a change of an operation as a whole.
    pub fn interface(
        &mut self,
        rule: &'static Rule,
        old: NodeId,
        new: NodeId,
        message: String,
        operation: usize,
    ) {
        let reach = Reach::everything(operation);
        self.note(rule, old, new, message, reach);
    }

    /// Adds a change of one message of an operation.
    pub fn message(
        &mut self,
        rule: &'static Rule,
        old: NodeId,
        new: NodeId,
        message: String,
        (operation, direction): (usize, Direction),
    ) {
        let reach = Reach::one(direction, operation);
        self.note(rule, old, new, message, reach);
    }

    /// Adds a change.
    pub fn note(
        &mut self,
        rule: &'static Rule,
        old: NodeId,
        new: NodeId,
        message: String,
        reach: Reach,
    ) {
        self.found.push(FoundChange {
            rule,
            old,
            new,
            message,
            reach,
        });
    }

    /// Requests the comparison of two schemas.
    pub fn schema(
        &mut self,
        old: NodeId,
        new: NodeId,
        form: Form,
        (operation, direction): (usize, Direction),
    ) {
        let old = Place::of(&mut self.old, old);
        let new = Place::of(&mut self.new, new);
        if let Some(pair) = self.pairs.add(old, new, form) {
            self.pairs.start(pair, direction, operation);
        }
    }

    /// Requests the comparison of the schemas under `schema`, if there are any.
    pub fn schemas(
        &mut self,
        old: NodeId,
        new: NodeId,
        form: Form,
        (operation, direction): (usize, Direction),
    ) {
        let old_schema = self.old.child(old, "schema");
        let new_schema = self.new.child(new, "schema");
        if old_schema.is_none() && new_schema.is_none() {
            return;
        }
        let old = Place::of_all(&mut self.old, old_schema.as_slice(), old);
        let new = Place::of_all(&mut self.new, new_schema.as_slice(), new);
        if let Some(pair) = self.pairs.add(old, new, form) {
            self.pairs.start(pair, direction, operation);
        }
    }
}
