//! The state of one comparison of two documents.

use std::collections::HashSet;

use super::both::{Both, Side};
use super::compatibility::Direction;
use super::document::{Document, NodeId};
use super::reach::Reach;
use super::rules::Rule;
use super::schema::{Pairs, Place, Syntax};

/// A change with the operations that it affects.
#[derive(Debug)]
pub struct FoundChange {
    /// The rule of the change.
    pub rule: &'static Rule,
    /// The changed nodes.
    pub at: Both<NodeId>,
    /// The change in words.
    pub message: String,
    /// The operations that the change affects, by direction.
    pub reach: Reach,
}

/// One HTTP exchange of an operation. In a callback the service sends the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exchange {
    /// The number of the operation.
    pub operation: usize,
    /// The direction of the HTTP request.
    pub request_direction: Direction,
}

impl Exchange {
    /// Returns the reach of the HTTP request.
    pub fn request(self) -> Reach {
        Reach::one(self.request_direction, self.operation)
    }

    /// Returns the reach of the HTTP response.
    pub fn response(self) -> Reach {
        Reach::one(self.request_direction.flipped(), self.operation)
    }

    /// Returns the exchange of a callback of the operation.
    pub fn callback(self) -> Self {
        Self {
            operation: self.operation,
            request_direction: self.request_direction.flipped(),
        }
    }
}

/// Both documents, and the changes found so far.
#[derive(Debug)]
pub struct Session<'a> {
    /// The old document.
    pub old: Document<'a>,
    /// The new document.
    pub new: Document<'a>,
    /// The comparisons of schemas.
    pub pairs: Pairs,
    /// The changes outside schemas.
    pub found: Vec<FoundChange>,
    /// The names of the operations, by number.
    pub operations: Vec<String>,
    /// Nodes that correspond to each other although their names or places may differ, such as
    /// paths, operations, parameters and components.
    pub counterparts: Vec<Both<NodeId>>,
    /// The security schemes that were renamed.
    pub scheme_names: Vec<Both<String>>,
    /// The operations whose callbacks were compared, with their exchanges, so that the
    /// comparison of circular callbacks ends.
    pub exchanged: HashSet<(Both<NodeId>, Exchange)>,
}

impl<'a> Session<'a> {
    /// Returns the document of a side.
    pub fn document(&mut self, side: Side) -> &mut Document<'a> {
        side.pick([&mut self.old, &mut self.new])
    }

    /// Reads a value from both documents.
    pub fn both<I, T>(
        &mut self,
        at: Both<I>,
        mut read: impl FnMut(&mut Document<'a>, I) -> T,
    ) -> Both<T> {
        Both::new(read(&mut self.old, at.old), read(&mut self.new, at.new))
    }

    /// Returns the nodes under a key.
    pub fn children(&mut self, at: Both<NodeId>, key: &str) -> Both<Option<NodeId>> {
        self.both(at, |document, node| document.child(node, key))
    }

    /// Returns the texts under a key.
    pub fn texts(&self, at: Both<NodeId>, key: &str) -> Both<Option<&'a str>> {
        self.values(at).map(|value| value.get(key)?.as_str())
    }

    /// Returns the roots of both documents.
    pub fn roots(&self) -> Both<NodeId> {
        Both::new(self.old.root(), self.new.root())
    }

    /// Returns the values of two nodes.
    pub fn values(&self, at: Both<NodeId>) -> Both<&'a serde_json::Value> {
        Both::new(self.old.value(at.old), self.new.value(at.new))
    }

    /// Returns the node that would contain a part, in the document that doesn't have the
    /// part: the node under the key, or else the node in `at`.
    pub fn holder(&mut self, side: Side, at: Both<NodeId>, key: &str) -> NodeId {
        let whole = at.get(side.other());
        let document = self.document(side.other());
        document.child(whole, key).unwrap_or(whole)
    }

    /// Whether a comparison of two parts would find no change.
    pub fn is_untouched(&mut self, at: Both<NodeId>) -> bool {
        let untouched = self.pairs.untouched();
        untouched.is_same_part((&self.old, at.old), (&mut self.new, at.new))
    }

    /// Adds a change.
    pub fn note(&mut self, rule: &'static Rule, at: Both<NodeId>, message: String, reach: &Reach) {
        self.found.push(FoundChange {
            rule,
            at,
            message,
            reach: reach.clone(),
        });
    }

    /// Adds the change of a part that was replaced by another one.
    pub fn note_replaced(
        &mut self,
        rule: &'static Rule,
        at: Both<NodeId>,
        message: String,
        reach: &Reach,
    ) {
        self.note(rule, at, message, reach);
        self.counterparts.push(at);
    }

    /// Adds the change of a part that only the document of a side has. In the other
    /// document, `holder` would contain the part. The rules are for a removed and an added
    /// part.
    pub fn note_unmatched(
        &mut self,
        rules: [&'static Rule; 2],
        (side, node): (Side, NodeId),
        holder: NodeId,
        name: &str,
        reach: &Reach,
    ) {
        let at = Both::of(side, node, holder);
        let message = format!("{name} was {}", side.verb());
        self.note(side.pick(rules), at, message, reach);
    }

    /// Compares a boolean keyword, and adds a change if it differs. The first rule is for a
    /// change to false, the second for a change to true.
    pub fn flag(
        &mut self,
        rules: [&'static Rule; 2],
        at: Both<NodeId>,
        key: &str,
        name: &str,
        reach: &Reach,
    ) {
        let (side, words) = match (self.old.is_true(at.old, key), self.new.is_true(at.new, key)) {
            (true, false) => (Side::Old, flag_words(key)),
            (false, true) => (Side::New, flag_words(key)),
            _ => return,
        };
        let message = format!("{name} {}", side.pick(words));
        self.note(side.pick(rules), at, message, reach);
    }

    /// Requests the comparison of two schemas.
    pub fn schema(&mut self, at: Both<NodeId>, syntax: Syntax, reach: &Reach) {
        let places = self.both(at, Place::of);
        self.pairs.start(places, syntax, reach);
    }

    /// Requests the comparison of the schemas under the key `schema`, if there are any.
    pub fn schemas(&mut self, at: Both<NodeId>, syntax: Syntax, reach: &Reach) {
        if self.children(at, "schema") != Both::new(None, None) {
            let places = self.both(at, |document, node| {
                let schema = document.child(node, "schema");
                Place::of_all(document, schema.as_slice(), node)
            });
            self.pairs.start(places, syntax, reach);
        }
    }
}

/// Returns the words for a boolean keyword that became false, and for one that became true.
fn flag_words(key: &str) -> [&'static str; 2] {
    match key {
        "required" => ["became optional", "became required"],
        "allowReserved" => [
            "must have reserved characters escaped",
            "may have reserved characters",
        ],
        "allowEmptyValue" => ["may not be empty", "may be empty"],
        _ => ["is not deprecated any more", "was deprecated"],
    }
}
