//! The comparison of the schemas at two places, with the changes that it found.

use serde_json::Value;

use super::keywords::allows_null;
use super::members::Members;
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
    /// The syntax in which values are written.
    pub syntax: Syntax,
    /// The `allOf` members, matched.
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

    /// Ends the comparison, and stores its changes and edges.
    pub fn finish(self, id: PairId) {
        if let Some(pair) = self.pairs.get_mut(id) {
            pair.changes = self.changes;
            pair.edges = self.edges;
        }
    }

    /// Returns the shapes of both sides.
    pub fn shapes(&self) -> Both<&Shape<'a>> {
        Both::new(&self.old, &self.new)
    }

    /// Returns both documents.
    pub fn documents(&mut self) -> Both<&mut Document<'a>> {
        Both::new(&mut *self.old_document, &mut *self.new_document)
    }

    /// Returns the nodes of the schemas as a whole.
    pub fn roots(&self) -> Both<NodeId> {
        self.shapes().map(Shape::root)
    }

    /// Returns the values of two nodes.
    pub fn values(&self, nodes: Both<Option<NodeId>>) -> Both<Option<&'a Value>> {
        Both::new(
            nodes.old.map(|node| self.old_document.value(node)),
            nodes.new.map(|node| self.new_document.value(node)),
        )
    }

    /// Returns a part of one side with the matching part of the other side, or with the other
    /// schema as a whole if no part matches.
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

    /// Adds a change of the messages that `filter` selects.
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

    /// Adds the change of a keyword that only one side has, in a part of its schema. The
    /// rules are for a removed and an added keyword.
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
    /// for the messages that `filter` selects.
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

    /// Requests the comparison of schemas inside the compared schemas.
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

    /// Whether null fits the unions of both shapes or of neither, so that a change of the
    /// variants that allow null has no effect. False if neither shape has a union.
    pub fn null_is_alike(&mut self) -> bool {
        let is_union = !self.old.unions.is_empty() || !self.new.unions.is_empty();
        is_union
            && unions_allow_null(self.old_document, &self.old)
                == unions_allow_null(self.new_document, &self.new)
    }

    /// Requests the comparison of two variants of a union.
    pub fn descend_to_variant(&mut self, variants: Both<NodeId>) {
        let mut places = Both::new(
            Place::of(self.old_document, variants.old),
            Place::of(self.new_document, variants.new),
        );
        let allowed_null = allows_null(self.old_document, variants.old);
        if allowed_null != allows_null(self.new_document, variants.new) && self.null_is_alike() {
            (places.old.is_null_elsewhere, places.new.is_null_elsewhere) = (true, true);
        }
        self.add_edge(places, DirectionFilter::ALL);
    }

    /// Whether a comparison of two schemas would find no change.
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

/// Whether a schema with unions allows null, by its own `nullable` or by its variants.
fn unions_allow_null(document: &mut Document<'_>, shape: &Shape<'_>) -> bool {
    let mut unions = shape.unions.iter().map(|union| {
        let variants = union.variants.iter();
        let count = variants
            .filter(|variant| allows_null(document, **variant))
            .count();
        match union.keyword {
            "oneOf" => count == 1,
            _ => count > 0,
        }
    });
    shape.nullable.is_some() || (!shape.is_typed && unions.any(|allows| allows))
}
