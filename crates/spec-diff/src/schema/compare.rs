//! Comparing two places: each concern in turn, then on to what they lead to.

use super::facts::says_null;
use super::members::Members;
use super::pairs::{Form, Local, PairId, Pairs, Place};
use super::shape::Shape;
use super::unions::named;
use super::{bounds, deprecation, kinds, nulls, objects, strings, unions, values};
use crate::document::{Document, NodeId};
use crate::reach::Via;
use crate::rules::{self, Rule};

/// One comparison in the making.
pub struct Comparison<'s, 'a> {
    /// The old document.
    pub old_document: &'s mut Document<'a>,
    /// The new document.
    pub new_document: &'s mut Document<'a>,
    /// What the old place amounts to.
    pub old: Shape<'a>,
    /// What the new place amounts to.
    pub new: Shape<'a>,
    /// How values are written.
    pub form: Form,
    /// Which `allOf` members are the same on both sides.
    pub members: Members,
    pairs: &'s mut Pairs,
    changes: Vec<Local>,
    edges: Vec<(PairId, Via)>,
}

/// Makes every comparison that was asked for, and those they lead to.
pub fn compare_all<'a>(old: &mut Document<'a>, new: &mut Document<'a>, pairs: &mut Pairs) {
    while let Some(id) = pairs.next() {
        let Some(pair) = pairs.get(id) else { continue };
        let form = pair.form;
        let (old_place, new_place) = (pair.old.clone(), pair.new.clone());
        let old_shape = Shape::read(old, &old_place);
        let new_shape = Shape::read(new, &new_place);
        let members = Members::matched(old, new, &old_shape, &new_shape);
        pairs.note_compared(members.matched_parts().iter().copied());
        let mut comparison = Comparison {
            old_document: old,
            new_document: new,
            old: old_shape,
            new: new_shape,
            form,
            members,
            pairs,
            changes: Vec::new(),
            edges: Vec::new(),
        };
        comparison.run();
        let (changes, edges) = (comparison.changes, comparison.edges);
        if let Some(pair) = pairs.get_mut(id) {
            pair.changes = changes;
            pair.edges = edges;
        }
    }
}

impl<'a> Comparison<'_, 'a> {
    fn run(&mut self) {
        if self.existence() && !unions::wrapped(self) && kinds::compare(self) {
            values::nullability(self);
            values::compare(self);
            bounds::compare(self);
            strings::compare(self);
            objects::compare(self);
            unions::compare(self);
        }
        values::defaults(self);
        deprecation::compare(self);
        self.collapse_members();
    }

    /// A schema where anything went, or the other way around, is one change.
    fn existence(&mut self) -> bool {
        if self.old.unresolved != self.new.unresolved {
            let target = |name: Option<&str>| name.unwrap_or("this document").to_owned();
            let from = target(self.old.unresolved);
            let message = format!(
                "the reference to {from} became one to {}",
                target(self.new.unresolved)
            );
            self.report_at_root(&rules::UNRESOLVED_REFERENCE_CHANGED, message);
            return false;
        }
        if self.old.foreign != self.new.foreign {
            let message = "`type` is not what OpenAPI 3.0 allows there".to_owned();
            self.report_at_root(&rules::UNKNOWN_KEYWORD_CHANGED, message);
            return false;
        }
        match (self.old.allows_anything(), self.new.allows_anything()) {
            (true, true) => false,
            (false, false) => true,
            (true, false) => {
                self.report_at_root(&rules::SCHEMA_ADDED, "anything was allowed".to_owned());
                false
            }
            (false, true) => {
                self.report_at_root(&rules::SCHEMA_REMOVED, "anything is allowed".to_owned());
                false
            }
        }
    }

    /// Notes a change.
    pub fn report(&mut self, rule: &'static Rule, old: NodeId, new: NodeId, message: String) {
        self.report_via(rule, old, new, message, Via::PLAIN);
    }

    /// Notes a change of the schema as a whole.
    pub fn report_at_root(&mut self, rule: &'static Rule, message: String) {
        let (old, new) = (self.old.root(), self.new.root());
        self.report(rule, old, new, message);
    }

    /// Notes a change that concerns some directions.
    pub fn report_via(
        &mut self,
        rule: &'static Rule,
        old: NodeId,
        new: NodeId,
        message: String,
        via: Via,
    ) {
        self.changes.push(Local {
            rule,
            old,
            new,
            message,
            via,
            lost: None,
            gained: None,
        });
    }

    /// Notes that a part had what is gone now.
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
            change.lost = Some(part);
        }
    }

    /// Notes that a part has what wasn't there.
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
            change.gained = Some(part);
        }
    }

    /// Points the last change at another place in the old document.
    pub fn point_old(&mut self, node: NodeId) {
        if let Some(change) = self.changes.last_mut() {
            change.old = node;
        }
    }

    /// Points the last change at another place in the new document.
    pub fn point_new(&mut self, node: NodeId) {
        if let Some(change) = self.changes.last_mut() {
            change.new = node;
        }
    }

    /// Goes on to what two places hold.
    pub fn descend(&mut self, old: &[NodeId], new: &[NodeId], via: Via) {
        let old = Place::of_all(self.old_document, old, self.old.root());
        let new = Place::of_all(self.new_document, new, self.new.root());
        let form = self.form;
        let pair = self.pairs.add(old, new, form);
        self.edges.extend(pair.map(|pair| (pair, via)));
    }

    /// Whether it doesn't matter which part of a union says that null fits.
    pub fn null_is_alike(&mut self) -> bool {
        nulls::is_alike(
            (self.old_document, &self.old),
            (self.new_document, &self.new),
        )
    }

    /// Goes on to a variant of a union.
    pub fn descend_to_variant(&mut self, old: NodeId, new: NodeId) {
        let said = says_null(self.old_document, old);
        if said == says_null(self.new_document, new) || !self.null_is_alike() {
            self.descend(&[old], &[new], Via::PLAIN);
            return;
        }
        let mut places = (
            Place::of(self.old_document, old),
            Place::of(self.new_document, new),
        );
        (places.0.is_null_elsewhere, places.1.is_null_elsewhere) = (true, true);
        let pair = self.pairs.add(places.0, places.1, self.form);
        self.edges.extend(pair.map(|pair| (pair, Via::PLAIN)));
    }

    /// Whether comparing two schemas would find nothing.
    pub fn is_untouched(&mut self, old: NodeId, new: NodeId) -> bool {
        let untouched = self.pairs.untouched();
        untouched.is_same_part((self.old_document, old), (self.new_document, new))
    }

    /// Whether a change was noted already.
    pub fn has(&self, test: impl Fn(&Local) -> bool) -> bool {
        self.changes.iter().any(test)
    }

    /// An `allOf` member that came or went is one change, not one for each
    /// thing it said.
    fn collapse_members(&mut self) {
        for member in self.members.removed().to_vec() {
            let is_its = |change: &Local| change.lost == Some(member.node);
            if !self.has(is_its) {
                continue;
            }
            self.changes.retain(|change| !is_its(change));
            let name = named(self.old_document.name(member.node));
            let old = member.member.unwrap_or(member.node);
            let message = format!("{name} is not part of it any more");
            let new = self.new.root();
            self.report(&rules::ALL_OF_MEMBER_REMOVED, old, new, message);
        }
        for member in self.members.added().to_vec() {
            let is_its = |change: &Local| change.gained == Some(member.node);
            let is_new = |change: &Local| is_its(change) && change.rule != &rules::PROPERTY_ADDED;
            if !self.has(is_new) {
                continue;
            }
            self.changes.retain(|change| !is_its(change));
            let name = named(self.new_document.name(member.node));
            let new = member.member.unwrap_or(member.node);
            let message = format!("{name} is part of it now");
            let old = self.old.root();
            self.report(&rules::ALL_OF_MEMBER_ADDED, old, new, message);
        }
    }
}
