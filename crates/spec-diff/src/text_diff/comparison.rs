//! Compares the texts of both documents, object by object. Start reading at
//! [`TextComparison::object`].

use std::collections::HashSet;

use serde_json::Value;
use spec_model::structure::ObjectKind;

use super::explained::Explained;
use super::keywords::{Treatment, treatment};
use super::reach_index::ReachIndex;
use super::restated;
use super::used_components::used_components;
use crate::both::{Both, Side};
use crate::document::{Document, NodeId, reference};
use crate::message::OperationNodes;
use crate::rules::{self, Rule};
use crate::session::{FoundChange, Session};

/// The comparison of the texts, with the changes that it found.
pub struct TextComparison<'s, 'a> {
    pub(super) session: &'s mut Session<'a>,
    pub(super) explained: Explained,
    /// The components that operations use.
    pub(super) used: Both<HashSet<NodeId>>,
    index: ReachIndex,
    counterparts: HashSet<Both<NodeId>>,
    compared: HashSet<Both<NodeId>>,
    /// Parameters whose move to another list was reported.
    pub(super) moved: Both<HashSet<NodeId>>,
    /// Keywords of the current object that changed without a change of meaning.
    pub(super) restated: Vec<String>,
    found: Vec<FoundChange>,
}

impl<'s, 'a> TextComparison<'s, 'a> {
    /// Prepares a comparison. `operations` are the operations that both documents have.
    pub fn new(session: &'s mut Session<'a>, operations: &[(usize, OperationNodes)]) -> Self {
        Self {
            explained: Explained::gather(session),
            used: session.both(session.roots(), used_components),
            index: ReachIndex::gather(session, operations),
            counterparts: session.counterparts.iter().copied().collect(),
            compared: HashSet::new(),
            moved: Both::default(),
            restated: Vec::new(),
            found: Vec::new(),
            session,
        }
    }

    /// Compares the documents, and returns the changes.
    pub fn run(mut self) -> Vec<FoundChange> {
        self.object(ObjectKind::Document, self.session.roots());
        self.found
    }

    /// Compares two objects.
    pub(super) fn object(&mut self, kind: ObjectKind, at: Both<NodeId>) {
        let values = self.session.values(at);
        let is_large = matches!(kind, ObjectKind::Operation | ObjectKind::Components);
        if !self.compared.insert(at) || (is_large && values.are_equal()) {
            return;
        }
        if values.map(reference) != Both::new(None, None) {
            if let Some(at) = self.references(kind, at) {
                self.object(kind, at);
            }
            return;
        }
        let Some(Both { old, new }) = values.map(Value::as_object).transpose() else {
            self.scalars(kind, at);
            return;
        };
        let is_final = kind == ObjectKind::Schema && self.explained.is_final(at.old);
        let outer = std::mem::take(&mut self.restated);
        let added = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(added) {
            let treatment = treatment(kind, key);
            if !is_final || matches!(treatment, Treatment::ForReaders(_)) {
                self.entry(kind, key, treatment, at);
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

    /// Compares values that aren't objects, although objects are possible there. Examples are
    /// `additionalProperties: false` and an OAuth scope.
    fn scalars(&mut self, kind: ObjectKind, at: Both<NodeId>) {
        if self.session.values(at).are_equal() {
            return;
        }
        if let Treatment::ForReaders(rule) = treatment(kind, "") {
            self.report(rule, at, rule.title.to_owned());
        } else if !self.explained.around(at) {
            let message = restated::IN_ANOTHER_WAY.to_owned();
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
                    self.object(ObjectKind::Operation, pair);
                }
            }
        }
    }

    /// Compares the values under a key.
    pub(super) fn entry(
        &mut self,
        kind: ObjectKind,
        key: &str,
        treatment: Treatment,
        at: Both<NodeId>,
    ) {
        let children = self.session.children(at, key);
        let values = self.session.values(at).map(|value| value.get(key));
        match (treatment, children.transpose()) {
            (Treatment::One(kind), Some(pair)) => self.object(kind, pair),
            (Treatment::List(kind), Some(pair)) => self.list(kind, pair),
            (Treatment::Named(named), Some(pair)) => self.named(kind, named, pair),
            _ if values.are_equal() => {}
            (Treatment::JudgedElsewhere, _) => {
                if key == "name" && self.is_respelled_header(at) {
                    self.restated.push(key.to_owned());
                }
            }
            (Treatment::ForReaders(rule), _) => self.text(rule, key, at, children),
            (Treatment::Unknown, _) => {
                let message = format!("`{key}` changed");
                self.report(&rules::UNKNOWN_KEYWORD_CHANGED, children.or(at), message);
            }
            (Treatment::Value(expected), _) => {
                let fits = |value: Option<&Value>| value.is_none_or(|value| expected.fits(value));
                let are_valid = values.map(fits) == Both::new(true, true);
                self.value(key, are_valid, at, children.or(at));
            }
            (treatment, None) => {
                if let Some((side, child)) = children.unmatched() {
                    self.unmatched_child(kind, treatment, (side, child), at.get(side.other()));
                }
            }
        }
    }

    /// Reports a value that only the document of a side has, unless a change explains it.
    fn unmatched_child(
        &mut self,
        kind: ObjectKind,
        treatment: Treatment,
        (side, child): (Side, NodeId),
        holder: NodeId,
    ) {
        let document = self.session.document(side);
        match treatment {
            Treatment::List(ObjectKind::Parameter) => self.unmatched_list((side, child), holder),
            Treatment::Named(named) if !document.is_empty(child) => {
                for (_, entry) in document.entries(child) {
                    self.unmatched_entry(kind, named, (side, entry), holder);
                }
            }
            Treatment::One(ObjectKind::Components) if !document.is_bare(child) => {
                self.unmatched_sections((side, child), holder);
            }
            Treatment::One(ObjectKind::Operation) => {}
            _ => self.missing((side, child), holder),
        }
    }

    /// Reports a difference of documentation.
    fn text(
        &mut self,
        rule: &'static Rule,
        key: &str,
        at: Both<NodeId>,
        children: Both<Option<NodeId>>,
    ) {
        let at = children.or(at);
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

    /// Whether two releases of OpenAPI differ at most in the patch number.
    fn is_patch(&self, at: Both<NodeId>) -> bool {
        let releases = self.session.values(at).map(|value| -> Option<String> {
            let mut numbers = value.as_str()?.split('.');
            Some(format!("{}.{}", numbers.next()?, numbers.next()?))
        });
        releases.old.is_some() && releases.are_equal()
    }

    /// Reports that two values differ, unless a found change explains the difference.
    /// `are_valid` says whether OpenAPI 3.0 allows both values.
    fn value(&mut self, key: &str, are_valid: bool, holders: Both<NodeId>, at: Both<NodeId>) {
        if key == "security" && !self.session.scheme_names.is_empty() {
            // The requirements refer to schemes by name, and renamed schemes are reported.
            return;
        }
        if !are_valid {
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
