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
        pairs.note_compared(
            members
                .matched_parts()
                .iter()
                .map(|(old, new)| Both::new(*old, *new)),
        );
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

    /// Adds a change.
    pub fn report(&mut self, rule: &'static Rule, old: NodeId, new: NodeId, message: String) {
        self.report_via(rule, old, new, message, Via::PLAIN);
    }

    /// Adds a change of the schema as a whole.
    pub fn report_at_root(&mut self, rule: &'static Rule, message: String) {
        let (old, new) = (self.old.root(), self.new.root());
        self.report(rule, old, new, message);
    }

    /// Adds a change that concerns some directions.
    pub fn report_via(
        &mut self,
        rule: &'static Rule,
        old: NodeId,
        new: NodeId,
        message: String,
        via: Via,
    ) {
        self.changes.push(LocalChange {
            rule,
            at: Both::new(old, new),
            message,
            via,
            only_in: None,
        });
    }

    /// Adds a change that removed what only this `allOf` member said.
    pub fn report_lost(
        &mut self,
        rule: &'static Rule,
        part: NodeId,
        old: NodeId,
        message: String,
        via: Via,
    ) {
        let new = self
            .members
            .new_for(part)
            .unwrap_or_else(|| self.new.root());
        self.report_via(rule, old, new, message, via);
        if let Some(change) = self.changes.last_mut() {
            change.only_in = Some((Side::Old, part));
        }
    }

    /// Adds a change that added what only this `allOf` member says.
    pub fn report_gained(
        &mut self,
        rule: &'static Rule,
        part: NodeId,
        new: NodeId,
        message: String,
        via: Via,
    ) {
        let old = self
            .members
            .old_for(part)
            .unwrap_or_else(|| self.old.root());
        self.report_via(rule, old, new, message, via);
        if let Some(change) = self.changes.last_mut() {
            change.only_in = Some((Side::New, part));
        }
    }

    /// Sets the old node of the last change.
    pub fn point_old(&mut self, node: NodeId) {
        if let Some(change) = self.changes.last_mut() {
            change.at.old = node;
        }
    }

    /// Sets the new node of the last change.
    pub fn point_new(&mut self, node: NodeId) {
        if let Some(change) = self.changes.last_mut() {
            change.at.new = node;
        }
    }

    /// Requests the comparison of the schemas at two places that this schema
    /// leads to.
    pub fn descend(&mut self, old: &[NodeId], new: &[NodeId], via: Via) {
        let old = Place::of_all(self.old_document, old, self.old.root());
        let new = Place::of_all(self.new_document, new, self.new.root());
        let form = self.form;
        let pair = self.pairs.add(Both::new(old, new), form);
        self.edges.extend(pair.map(|pair| (pair, via)));
    }

    /// Whether null fits the union in both documents or in neither, so that the
    /// variants' own word on null makes no difference.
    pub fn null_is_alike(&mut self) -> bool {
        nulls::is_alike(
            (self.old_document, &self.old),
            (self.new_document, &self.new),
        )
    }

    /// Requests the comparison of two variants of a union.
    pub fn descend_to_variant(&mut self, old: NodeId, new: NodeId) {
        let said = says_null(self.old_document, old);
        if said == says_null(self.new_document, new) || !self.null_is_alike() {
            self.descend(&[old], &[new], Via::PLAIN);
            return;
        }
        let mut places = Both::new(
            Place::of(self.old_document, old),
            Place::of(self.new_document, new),
        );
        (places.old.is_null_elsewhere, places.new.is_null_elsewhere) = (true, true);
        let pair = self.pairs.add(places, self.form);
        self.edges.extend(pair.map(|pair| (pair, Via::PLAIN)));
    }

    /// Whether comparing two schemas would find nothing.
    pub fn is_untouched(&mut self, old: NodeId, new: NodeId) -> bool {
        let untouched = self.pairs.untouched();
        untouched.is_same_part((self.old_document, old), (self.new_document, new))
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
