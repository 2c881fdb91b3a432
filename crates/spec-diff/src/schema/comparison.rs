//! One comparison of two places, with the changes found in it.

use super::facts::says_null;
use super::members::Members;
use super::nulls;
use super::pairs::{Form, LocalChange, PairId, Pairs, Place};
use super::shape::Shape;
use crate::both::{Both, Side};
use crate::document::{Document, NodeId};
use crate::reach::Via;
use crate::rules::Rule;

/// The state of one comparison.
pub struct Comparison<'s, 'a> {
    /// The old document.
    pub old_document: &'s mut Document<'a>,
    /// The new document.
    pub new_document: &'s mut Document<'a>,
    /// The merged schemas of the old place.
    pub old: Shape<'a>,
    /// The merged schemas of the new place.
    pub new: Shape<'a>,
    /// How values are written.
    pub form: Form,
    /// Which `allOf` members are the same on both sides.
    pub members: Members,
    pairs: &'s mut Pairs,
    changes: Vec<LocalChange>,
    edges: Vec<(PairId, Via)>,
}

impl<'s, 'a> Comparison<'s, 'a> {
    /// Begins the comparison of two shapes.
    pub fn new(
        (old_document, old): (&'s mut Document<'a>, Shape<'a>),
        (new_document, new): (&'s mut Document<'a>, Shape<'a>),
        form: Form,
        pairs: &'s mut Pairs,
    ) -> Self {
        let members = Members::matched(old_document, new_document, &old, &new);
        pairs.note_compared(members.matched_parts());
        Self {
            old_document,
            new_document,
            old,
            new,
            form,
            members,
            pairs,
            changes: Vec::new(),
            edges: Vec::new(),
        }
    }

    /// Stores the changes and edges in the pair.
    pub fn finish(self, id: PairId) {
        if let Some(pair) = self.pairs.get_mut(id) {
            pair.changes = self.changes;
            pair.edges = self.edges;
        }
    }

    /// The shapes of both sides.
    pub fn shapes(&self) -> Both<&Shape<'a>> {
        Both::new(&self.old, &self.new)
    }

    /// Both documents.
    pub fn documents(&mut self) -> Both<&mut Document<'a>> {
        Both::new(&mut *self.old_document, &mut *self.new_document)
    }

    /// The schemas as a whole.
    pub fn roots(&self) -> Both<NodeId> {
        self.shapes().map(Shape::root)
    }

    /// Returns two nodes. For a missing node, returns the schema as a whole.
    pub fn or_roots(&self, nodes: Both<Option<NodeId>>) -> Both<NodeId> {
        let roots = self.roots();
        Both::new(
            nodes.old.unwrap_or(roots.old),
            nodes.new.unwrap_or(roots.new),
        )
    }

    /// A part of one side with the part that it was matched with, or else the
    /// schema as a whole.
    pub fn with_other(&self, (side, part): (Side, NodeId)) -> Both<NodeId> {
        let other = self.members.matched_with((side, part));
        self.or_roots(Both::of(side, Some(part), other))
    }

    /// Adds a change.
    pub fn report(&mut self, rule: &'static Rule, at: Both<NodeId>, message: String) {
        self.report_via(rule, at, message, Via::PLAIN);
    }

    /// Adds a change of the schema as a whole.
    pub fn report_at_root(&mut self, rule: &'static Rule, message: String) {
        self.report(rule, self.roots(), message);
    }

    /// Adds a change that concerns some directions.
    pub fn report_via(&mut self, rule: &'static Rule, at: Both<NodeId>, message: String, via: Via) {
        self.changes.push(LocalChange {
            rule,
            at,
            message,
            via,
            only_in: None,
        });
    }

    /// Adds a change of a keyword that only a part of one side has. The rules are
    /// for a removed and an added one.
    pub fn report_lone(
        &mut self,
        rules: [&'static Rule; 2],
        part: (Side, NodeId),
        message: String,
    ) {
        self.report_lone_via(rules, part, self.with_other(part), message, Via::PLAIN);
    }

    /// Adds a change as [`report_lone`](Self::report_lone) does, at other nodes and for
    /// some directions.
    pub fn report_lone_via(
        &mut self,
        rules: [&'static Rule; 2],
        (side, part): (Side, NodeId),
        at: Both<NodeId>,
        message: String,
        via: Via,
    ) {
        self.changes.push(LocalChange {
            rule: side.pick(rules),
            at,
            message,
            via,
            only_in: Some((side, part)),
        });
    }

    /// Compares a keyword that applies to the schema as a whole. The rules and messages
    /// are for a removed and an added keyword.
    pub fn statement(
        &mut self,
        rules: [&'static Rule; 2],
        parts: Both<Option<NodeId>>,
        messages: [&str; 2],
    ) {
        if let Some((side, part)) = parts.lone() {
            let message = side.pick(messages).to_owned();
            self.report(side.pick(rules), self.with_other((side, part)), message);
        }
    }

    /// Requests the comparison of the schemas at two places that this schema
    /// leads to.
    pub fn descend(&mut self, schemas: Both<&[NodeId]>, via: Via) {
        let roots = self.roots();
        let old = Place::of_all(self.old_document, schemas.old, roots.old);
        let new = Place::of_all(self.new_document, schemas.new, roots.new);
        self.lead_to(Both::new(old, new), via);
    }

    fn lead_to(&mut self, places: Both<Place>, via: Via) {
        let pair = self.pairs.add(places, self.form);
        self.edges.extend(pair.map(|pair| (pair, via)));
    }

    /// Whether null fits the union in both documents or in neither, so that it makes no
    /// difference which variants allow null.
    pub fn null_is_alike(&mut self) -> bool {
        nulls::is_alike(
            (self.old_document, &self.old),
            (self.new_document, &self.new),
        )
    }

    /// Requests the comparison of two variants of a union.
    pub fn descend_to_variant(&mut self, variants: Both<NodeId>) {
        let mut places = Both::new(
            Place::of(self.old_document, variants.old),
            Place::of(self.new_document, variants.new),
        );
        let said = says_null(self.old_document, variants.old);
        if said != says_null(self.new_document, variants.new) && self.null_is_alike() {
            (places.old.is_null_elsewhere, places.new.is_null_elsewhere) = (true, true);
        }
        self.lead_to(places, Via::PLAIN);
    }

    /// Whether comparing two schemas would find nothing.
    pub fn is_untouched(&mut self, schemas: Both<NodeId>) -> bool {
        let untouched = self.pairs.untouched();
        untouched.is_same_part(
            (self.old_document, schemas.old),
            (self.new_document, schemas.new),
        )
    }

    /// Whether a change of this kind was added already.
    pub fn has(&self, test: impl Fn(&LocalChange) -> bool) -> bool {
        self.changes.iter().any(test)
    }

    /// Removes changes that were added.
    pub fn take_back(&mut self, test: impl Fn(&LocalChange) -> bool) {
        self.changes.retain(|change| !test(change));
    }
}
