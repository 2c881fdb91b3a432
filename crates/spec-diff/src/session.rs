//! One comparison of two documents in the making.

use std::collections::HashSet;

use super::document::{Document, NodeId};
use super::law::Direction;
use super::reach::Reach;
use super::rules::Rule;
use super::schema::{Form, Pairs, Place};

/// A change, and who it reaches.
#[derive(Debug)]
pub struct FoundChange {
    /// What happened.
    pub rule: &'static Rule,
    /// Where, in the old document.
    pub old: NodeId,
    /// Where, in the new one.
    pub new: NodeId,
    /// In words.
    pub message: String,
    /// Who it reaches, and which way.
    pub reach: Reach,
}

/// Who says what in an exchange: the sides trade places in a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exchange {
    /// The operation it belongs to.
    pub operation: usize,
    /// The direction its request travels in.
    pub asking: Direction,
}

impl Exchange {
    /// The direction its response travels in.
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

/// Both documents and what was found so far.
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
    /// What operations are called, by number.
    pub operations: Vec<String>,
    /// Which values stand for one another though they have other names:
    /// paths, operations, parameters.
    pub counterparts: Vec<(NodeId, NodeId)>,
    /// Security schemes' old names, and their new ones.
    pub scheme_names: Vec<(String, String)>,
    /// Exchanges that were compared, so that circular callbacks end.
    pub exchanged: HashSet<(NodeId, NodeId, Exchange)>,
}

impl<'a> Session<'a> {
    /// Whether comparing two parts would find nothing.
    pub fn is_untouched(&mut self, old: NodeId, new: NodeId) -> bool {
        let untouched = self.pairs.untouched();
        untouched.is_same_part((&self.old, old), (&mut self.new, new))
    }

    /// Notes a change that is about an operation rather than its messages.
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

    /// Notes a change to a message.
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

    /// Notes a change.
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

    /// Has two schemas compared.
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

    /// Has the schemas under `schema` compared, if there are any.
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
