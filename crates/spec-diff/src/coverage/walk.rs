//! Walks the texts of both documents side by side. Start at [`CoverageWalk::one`].

use std::collections::HashSet;

use serde_json::Value;
use spec_model::structure::{JsonType, ObjectKind};

use super::explained::Explained;
use super::keywords::{Treatment, treatment};
use super::reach_index::ReachIndex;
use super::restated;
use crate::both::{Both, Side};
use crate::document::{Document, NodeId, reference};
use crate::rules::{self, Rule};
use crate::session::{FoundChange, Session};

/// A walk through both documents, with the changes it found.
pub struct CoverageWalk<'s, 'a> {
    pub(super) session: &'s mut Session<'a>,
    pub(super) explained: &'s Explained,
    /// The components in use.
    pub(super) usage: &'s Both<HashSet<NodeId>>,
    index: &'s ReachIndex,
    counterparts: HashSet<Both<NodeId>>,
    walked: HashSet<Both<NodeId>>,
    /// Nodes whose move to another list is reported.
    pub(super) elsewhere: Both<HashSet<NodeId>>,
    /// Keywords of the current object that changed without changing the meaning.
    pub(super) restated: Vec<String>,
    found: Vec<FoundChange>,
}

impl<'s, 'a> CoverageWalk<'s, 'a> {
    /// Prepares a walk.
    pub fn new(
        session: &'s mut Session<'a>,
        explained: &'s Explained,
        usage: &'s Both<HashSet<NodeId>>,
        index: &'s ReachIndex,
    ) -> Self {
        let counterparts = session.counterparts.iter().copied().collect();
        Self {
            session,
            explained,
            usage,
            index,
            counterparts,
            walked: HashSet::new(),
            elsewhere: Both::default(),
            restated: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Walks the documents, and returns the changes that were found.
    pub fn run(mut self) -> Vec<FoundChange> {
        self.one(ObjectKind::Document, self.session.roots());
        self.found
    }

    /// Compares two objects.
    pub(super) fn one(&mut self, kind: ObjectKind, at: Both<NodeId>) {
        let values = self.session.values(at);
        let is_large = matches!(kind, ObjectKind::Operation | ObjectKind::Components);
        if !self.walked.insert(at) || (is_large && values.are_equal()) {
            return;
        }
        if values.map(reference) != Both::new(None, None) {
            if let Some(at) = self.references(kind, at) {
                self.one(kind, at);
            }
            return;
        }
        let Some(Both { old, new }) = values.map(Value::as_object).transpose() else {
            self.plain(kind, at);
            return;
        };
        let is_settled = kind == ObjectKind::Schema && self.explained.is_settled(at.old);
        let outer = std::mem::take(&mut self.restated);
        let added = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(added) {
            let treatment = treatment(kind, key);
            if !is_settled || matches!(treatment, Treatment::ForReaders(_)) {
                self.key(kind, key, treatment, at);
            }
        }
        let restated = std::mem::replace(&mut self.restated, outer);
        if !restated.is_empty() {
            let (rule, message) = restated::describe(kind, old, new, &restated);
            self.report(rule, at, message);
        }
        if kind == ObjectKind::PathItem {
            self.moved_operations(at);
        }
    }

    /// Compares values that aren't objects where an object may be, such as
    /// `additionalProperties: false` or an OAuth scope.
    fn plain(&mut self, kind: ObjectKind, at: Both<NodeId>) {
        if self.session.values(at).are_equal() {
            return;
        }
        if let Treatment::ForReaders(rule) = treatment(kind, "") {
            self.report(rule, at, rule.title.to_owned());
        } else if !self.explained.around(at) {
            let message = "the same is written another way".to_owned();
            self.report(&rules::RESTATED, at, message);
        }
    }

    /// Compares operations that moved to another method of the path.
    fn moved_operations(&mut self, at: Both<NodeId>) {
        let entries = self.session.both(at, Document::entries);
        for (method, from) in &entries.old {
            for (other, to) in &entries.new {
                let pair = Both::new(*from, *to);
                if method != other && self.are_counterparts(pair) {
                    self.one(ObjectKind::Operation, pair);
                }
            }
        }
    }

    fn key(&mut self, kind: ObjectKind, key: &str, treatment: Treatment, at: Both<NodeId>) {
        let children = self.session.children(at, key);
        match (treatment, children.transpose()) {
            (Treatment::JudgedElsewhere, _) => {
                if key == "name" && self.is_respelled_header(at) {
                    self.restated.push(key.to_owned());
                }
            }
            (Treatment::ForReaders(rule), _) => self.text(rule, key, at, children),
            (Treatment::Unknown, _) => {
                if self.differ(children) {
                    let message = format!("`{key}` changed");
                    let at = near(at, children);
                    self.report(&rules::UNKNOWN_KEYWORD_CHANGED, at, message);
                }
            }
            (Treatment::Value(expected), _) => {
                if self.differ(children) {
                    self.value(key, expected, at, near(at, children));
                }
            }
            (Treatment::One(kind), Some(pair)) => self.one(kind, pair),
            (Treatment::List(kind), Some(pair)) => self.list(kind, pair),
            (Treatment::Named(named), Some(pair)) => self.named(kind, named, pair),
            (treatment, None) => {
                if let Some((side, child)) = children.lone() {
                    self.lone_child(kind, treatment, (side, child), at.get(side.other()));
                }
            }
        }
    }

    /// Handles a value that only the document of a side has.
    fn lone_child(
        &mut self,
        kind: ObjectKind,
        treatment: Treatment,
        (side, child): (Side, NodeId),
        holder: NodeId,
    ) {
        let document = self.session.document(side);
        match treatment {
            Treatment::List(ObjectKind::Parameter) => self.lone_list((side, child), holder),
            Treatment::Named(named) if !document.is_empty(child) => {
                for (_, entry) in document.entries(child) {
                    self.lone_entry(kind, named, (side, entry), holder);
                }
            }
            Treatment::One(ObjectKind::Components) if !document.is_bare(child) => {
                self.lone_sections((side, child), holder);
            }
            Treatment::One(ObjectKind::Operation) => {}
            _ => self.missing((side, child), holder),
        }
    }

    fn differ(&self, children: Both<Option<NodeId>>) -> bool {
        let old = children.old.map(|node| self.session.old.value(node));
        let new = children.new.map(|node| self.session.new.value(node));
        old != new
    }

    pub(super) fn text(
        &mut self,
        rule: &'static Rule,
        key: &str,
        at: Both<NodeId>,
        children: Both<Option<NodeId>>,
    ) {
        if !self.differ(children) {
            return;
        }
        let at = near(at, children);
        if rule == &rules::OPENAPI_VERSION_CHANGED && !self.is_patch(at) {
            let message = "the document follows another release of OpenAPI".to_owned();
            self.report(&rules::UNKNOWN_KEYWORD_CHANGED, at, message);
            return;
        }
        let word = match (children.old, children.new) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        self.report(rule, at, format!("`{key}` {word}"));
    }

    fn is_patch(&self, at: Both<NodeId>) -> bool {
        let releases = self.session.values(at).map(|value| -> Option<String> {
            let mut numbers = value.as_str()?.split('.');
            Some(format!("{}.{}", numbers.next()?, numbers.next()?))
        });
        releases.old.is_some() && releases.are_equal()
    }

    fn value(&mut self, key: &str, expected: JsonType, holders: Both<NodeId>, at: Both<NodeId>) {
        if key == "security" && !self.session.scheme_names.is_empty() {
            // The schemes named here were renamed, and the rename itself is reported.
            return;
        }
        let values = self.session.values(holders).map(|value| value.get(key));
        let fit = values.map(|value| value.is_none_or(|value| expected.fits(value)));
        if fit != Both::new(true, true) {
            let message = format!("`{key}` changed, and is not what OpenAPI 3.0 allows there");
            self.report(&rules::UNKNOWN_KEYWORD_CHANGED, at, message);
        } else if key == "xml" && !self.explained.at(at) {
            let message = "the XML form changed".to_owned();
            self.report(&rules::XML_DOCUMENTATION_CHANGED, at, message);
        } else if self.is_reordered(at) {
            self.report(&rules::REORDERED, at, format!("`{key}` has another order"));
        } else if !self.explained.at(at) && !self.explained.around(holders) {
            self.restated.push(key.to_owned());
        }
    }

    pub(super) fn are_counterparts(&self, at: Both<NodeId>) -> bool {
        self.counterparts.contains(&at)
    }

    pub(super) fn report(&mut self, rule: &'static Rule, at: Both<NodeId>, message: String) {
        let (document, pairs) = (&self.session.new, &self.session.pairs);
        self.found.push(FoundChange {
            rule,
            at,
            message,
            reach: self.index.reach(document, pairs, at.new),
        });
    }
}

/// Returns two children. For a missing child, returns the node that would contain it.
fn near(at: Both<NodeId>, children: Both<Option<NodeId>>) -> Both<NodeId> {
    Both::new(
        children.old.unwrap_or(at.old),
        children.new.unwrap_or(at.new),
    )
}
