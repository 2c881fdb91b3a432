//! One comparison of two places, with the changes found in it.

use serde_json::Value;

use super::keywords::allows_null;
use super::members::Members;
use super::nulls;
use super::pairs::{LocalChange, PairId, Pairs, Place, Syntax};
use super::shape::Shape;
use crate::both::{Both, Side};
use crate::document::{Document, NodeId};
use crate::reach::DirectionFilter;
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
    pub syntax: Syntax,
    /// Which `allOf` members are the same on both sides.
    pub members: Members,
    pairs: &'s mut Pairs,
    changes: Vec<LocalChange>,
    edges: Vec<(PairId, DirectionFilter)>,
}

impl<'s, 'a> Comparison<'s, 'a> {
    /// Begins the comparison of two shapes.
    pub fn new(
        (old_document, old): (&'s mut Document<'a>, Shape<'a>),
        (new_document, new): (&'s mut Document<'a>, Shape<'a>),
        syntax: Syntax,
        pairs: &'s mut Pairs,
    ) -> Self {
        let members = Members::matched(old_document, new_document, &old, &new);
        pairs.note_compared(members.matched_parts());
        Self {
            old_document,
            new_document,
            old,
            new,
            syntax,
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

    /// The values of two nodes.
    pub fn values(&self, nodes: Both<Option<NodeId>>) -> Both<Option<&'a Value>> {
        Both::new(
            nodes.old.map(|node| self.old_document.value(node)),
            nodes.new.map(|node| self.new_document.value(node)),
        )
    }

    /// A part of one side with the part that it was matched with, or else the
    /// schema as a whole.
    pub fn with_other(&self, (side, part): (Side, NodeId)) -> Both<NodeId> {
        let other = self.members.matched_with((side, part));
        Both::of(side, Some(part), other).or(self.roots())
    }

    /// Adds a change.
    pub fn report(&mut self, rule: &'static Rule, at: Both<NodeId>, message: String) {
        self.report_in(rule, at, message, DirectionFilter::ALL);
    }

    /// Adds a change of the schema as a whole.
    pub fn report_at_root(&mut self, rule: &'static Rule, message: String) {
        self.report(rule, self.roots(), message);
    }

    /// Adds a change that concerns some directions.
    pub fn report_in(
        &mut self,
        rule: &'static Rule,
        at: Both<NodeId>,
        message: String,
        filter: DirectionFilter,
    ) {
        self.changes.push(LocalChange {
            rule,
            at,
            message,
            filter,
            only_in: None,
        });
    }

    /// Adds the change of a keyword that only a part of one side has. The rules are for a
    /// removed and an added keyword.
    pub fn report_unmatched(
        &mut self,
        rules: [&'static Rule; 2],
        part: (Side, NodeId),
        message: String,
    ) {
        self.report_unmatched_in(
            rules,
            part,
            self.with_other(part),
            message,
            DirectionFilter::ALL,
        );
    }

    /// Adds a change like [`report_unmatched`](Self::report_unmatched), at other nodes and
    /// for some directions.
    pub fn report_unmatched_in(
        &mut self,
        rules: [&'static Rule; 2],
        (side, part): (Side, NodeId),
        at: Both<NodeId>,
        message: String,
        filter: DirectionFilter,
    ) {
        self.changes.push(LocalChange {
            rule: side.pick(rules),
            at,
            message,
            filter,
            only_in: Some((side, part)),
        });
    }

    /// Adds a change if only one side has a keyword that applies to the schema as a
    /// whole. The rules and messages are for a removed and an added keyword.
    pub fn compare_presence(
        &mut self,
        rules: [&'static Rule; 2],
        parts: Both<Option<NodeId>>,
        messages: [&str; 2],
    ) {
        if let Some((side, part)) = parts.unmatched() {
            let message = side.pick(messages).to_owned();
            self.report(side.pick(rules), self.with_other((side, part)), message);
        }
    }

    /// Requests the comparison of the schemas at two places that this schema
    /// leads to.
    pub fn descend(&mut self, schemas: Both<&[NodeId]>, filter: DirectionFilter) {
        let roots = self.roots();
        let old = Place::of_all(self.old_document, schemas.old, roots.old);
        let new = Place::of_all(self.new_document, schemas.new, roots.new);
        self.add_edge(Both::new(old, new), filter);
    }

    fn add_edge(&mut self, places: Both<Place>, filter: DirectionFilter) {
        let pair = self.pairs.add(places, self.syntax);
        self.edges.extend(pair.map(|pair| (pair, filter)));
    }

    /// Whether null fits the union in both documents or in neither, so that a change of
    /// the variants that allow null has no effect.
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
        let said = allows_null(self.old_document, variants.old);
        if said != allows_null(self.new_document, variants.new) && self.null_is_alike() {
            (places.old.is_null_elsewhere, places.new.is_null_elsewhere) = (true, true);
        }
        self.add_edge(places, DirectionFilter::ALL);
    }

    /// Whether comparing two schemas would find nothing.
    pub fn is_untouched(&mut self, schemas: Both<NodeId>) -> bool {
        let untouched = self.pairs.untouched();
        untouched.is_same_part(
            (self.old_document, schemas.old),
            (self.new_document, schemas.new),
        )
    }

    /// Whether a change was added for which `test` is true.
    pub fn has(&self, test: impl Fn(&LocalChange) -> bool) -> bool {
        self.changes.iter().any(test)
    }

    /// Removes the changes for which `test` is true.
    pub fn remove_changes(&mut self, test: impl Fn(&LocalChange) -> bool) {
        self.changes.retain(|change| !test(change));
    }
}
