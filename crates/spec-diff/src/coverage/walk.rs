//! Walks both texts side by side.

use std::collections::HashSet;

use serde_json::Value;
use spec_model::structure::{JsonType, ObjectKind};

use super::explained::Explained;
use super::keywords::{Treatment, treatment};
use super::reach_index::ReachIndex;
use super::restated;
use super::usage::Usage;
use crate::document::{NodeId, reference};
use crate::rules::{self, Rule};
use crate::session::{FoundChange, Session};

/// A walk through both documents, with the changes it found.
pub struct CoverageWalk<'s, 'a> {
    pub(super) session: &'s mut Session<'a>,
    pub(super) explained: &'s Explained,
    pub(super) usage: &'s Usage,
    index: &'s ReachIndex,
    counterparts: HashSet<(NodeId, NodeId)>,
    walked: HashSet<(NodeId, NodeId)>,
    /// Nodes, old and new, whose move to another list is reported.
    pub(super) elsewhere: (HashSet<NodeId>, HashSet<NodeId>),
    /// Keywords of the current object that say the same in other words.
    pub(super) restated: Vec<String>,
    found: Vec<FoundChange>,
}

impl<'s, 'a> CoverageWalk<'s, 'a> {
    /// Prepares a walk.
    pub fn new(
        session: &'s mut Session<'a>,
        explained: &'s Explained,
        usage: &'s Usage,
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
            elsewhere: (HashSet::new(), HashSet::new()),
            restated: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Walks the documents, and returns the changes that were found.
    pub fn run(mut self) -> Vec<FoundChange> {
        let (old, new) = (self.session.old.root(), self.session.new.root());
        self.one(ObjectKind::Document, old, new);
        self.found
    }

    /// Compares two objects.
    pub(super) fn one(&mut self, kind: ObjectKind, old: NodeId, new: NodeId) {
        let is_large = matches!(kind, ObjectKind::Operation | ObjectKind::Components);
        if !self.walked.insert((old, new))
            || (is_large && self.session.old.value(old) == self.session.new.value(new))
        {
            return;
        }
        let values = (self.session.old.value(old), self.session.new.value(new));
        if reference(values.0).is_some() || reference(values.1).is_some() {
            if let Some((old, new)) = self.references(kind, old, new) {
                self.one(kind, old, new);
            }
            return;
        }
        let (Value::Object(from), Value::Object(to)) = values else {
            self.plain(kind, old, new);
            return;
        };
        let is_settled = kind == ObjectKind::Schema && self.explained.is_settled(old);
        let mut keys: Vec<&str> = from.keys().map(String::as_str).collect();
        keys.extend(
            to.keys()
                .map(String::as_str)
                .filter(|key| !from.contains_key(*key)),
        );
        let outer = std::mem::take(&mut self.restated);
        for key in keys {
            let children = (
                self.session.old.child(old, key),
                self.session.new.child(new, key),
            );
            let treatment = treatment(kind, key);
            if !is_settled || matches!(treatment, Treatment::ForReaders(_)) {
                self.key(kind, key, treatment, (old, new), children);
            }
        }
        let restated = std::mem::replace(&mut self.restated, outer);
        if !restated.is_empty() {
            let (rule, message) = restated::describe(kind, from, to, &restated);
            self.report(rule, old, new, message);
        }
        if kind == ObjectKind::PathItem {
            self.moved_operations(old, new);
        }
    }

    /// Compares values where an object might be: `additionalProperties: false`,
    /// an OAuth scope.
    fn plain(&mut self, kind: ObjectKind, old: NodeId, new: NodeId) {
        if self.session.old.value(old) == self.session.new.value(new) {
            return;
        }
        match treatment(kind, "") {
            Treatment::ForReaders(rule) => self.report(rule, old, new, rule.title.to_owned()),
            _ => self.unless_explained(old, new),
        }
    }

    /// Compares operations that moved to another method of the path.
    fn moved_operations(&mut self, old: NodeId, new: NodeId) {
        let old_entries = self.session.old.entries(old);
        let new_entries = self.session.new.entries(new);
        for (method, from) in &old_entries {
            for (other, to) in &new_entries {
                if method != other && self.are_counterparts(*from, *to) {
                    self.one(ObjectKind::Operation, *from, *to);
                }
            }
        }
    }

    fn key(
        &mut self,
        kind: ObjectKind,
        key: &str,
        treatment: Treatment,
        (old, new): (NodeId, NodeId),
        children: (Option<NodeId>, Option<NodeId>),
    ) {
        let (from, to) = (children.0.unwrap_or(old), children.1.unwrap_or(new));
        match (treatment, children) {
            (Treatment::JudgedElsewhere, _) => {
                if key == "name" && self.is_respelled_header(old, new) {
                    self.restated.push(key.to_owned());
                }
            }
            (Treatment::ForReaders(rule), _) => self.text(rule, key, (from, to), children),
            (Treatment::Unknown, _) => {
                if !self.same(children) {
                    let message = format!("`{key}` changed");
                    self.report(&rules::UNKNOWN_KEYWORD_CHANGED, from, to, message);
                }
            }
            (Treatment::Value(expected), _) => {
                if !self.same(children) {
                    self.value(key, expected, (old, new), (from, to));
                }
            }
            (Treatment::One(kind), (Some(from), Some(to))) => self.one(kind, from, to),
            (Treatment::List(kind), (Some(from), Some(to))) => self.list(kind, from, to),
            (Treatment::Named(named), (Some(from), Some(to))) => {
                self.named(kind, named, from, to);
            }
            (Treatment::List(ObjectKind::Parameter), (Some(from), None)) => {
                self.list_gone(from, new)
            }
            (Treatment::List(ObjectKind::Parameter), (None, Some(to))) => self.list_come(old, to),
            (Treatment::Named(named), (Some(from), None)) if !self.session.old.is_empty(from) => {
                for (_, entry) in self.session.old.entries(from) {
                    self.entry_gone(kind, named, entry, new);
                }
            }
            (Treatment::Named(named), (None, Some(to))) if !self.session.new.is_empty(to) => {
                for (_, entry) in self.session.new.entries(to) {
                    self.entry_come(kind, named, old, entry);
                }
            }
            (Treatment::One(ObjectKind::Components), (Some(from), None))
                if !self.session.old.is_bare(from) =>
            {
                self.sections_of_one(from, new, true);
            }
            (Treatment::One(ObjectKind::Components), (None, Some(to)))
                if !self.session.new.is_bare(to) =>
            {
                self.sections_of_one(to, old, false);
            }
            (Treatment::One(ObjectKind::Operation), _) => {}
            (_, (Some(_), None)) => self.missing(from, new),
            (_, (None, Some(_))) => self.extra(old, to),
            (_, (None, None)) => {}
        }
    }

    fn same(&self, children: (Option<NodeId>, Option<NodeId>)) -> bool {
        let from = children.0.map(|node| self.session.old.value(node));
        let to = children.1.map(|node| self.session.new.value(node));
        from == to
    }

    pub(super) fn text(
        &mut self,
        rule: &'static Rule,
        key: &str,
        at: (NodeId, NodeId),
        children: (Option<NodeId>, Option<NodeId>),
    ) {
        if self.same(children) {
            return;
        }
        if rule == &rules::OPENAPI_VERSION_CHANGED && !self.is_patch(at) {
            let message = "the document follows another release of OpenAPI".to_owned();
            self.report(&rules::UNKNOWN_KEYWORD_CHANGED, at.0, at.1, message);
            return;
        }
        let word = match children {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        self.report(rule, at.0, at.1, format!("`{key}` {word}"));
    }

    fn is_patch(&self, (old, new): (NodeId, NodeId)) -> bool {
        let release = |value: &Value| -> Option<String> {
            let mut numbers = value.as_str()?.split('.');
            Some(format!("{}.{}", numbers.next()?, numbers.next()?))
        };
        let old = release(self.session.old.value(old));
        old.is_some() && old == release(self.session.new.value(new))
    }

    fn value(
        &mut self,
        key: &str,
        expected: JsonType,
        (old, new): (NodeId, NodeId),
        (from, to): (NodeId, NodeId),
    ) {
        if key == "security" && !self.session.scheme_names.is_empty() {
            // The schemes named here were renamed, which is reported for the
            // scheme.
            return;
        }
        let values = (
            self.session.old.value(old).get(key),
            self.session.new.value(new).get(key),
        );
        let fits = |value: Option<&Value>| value.is_none_or(|value| expected.fits(value));
        if !fits(values.0) || !fits(values.1) {
            let message = format!("`{key}` changed, and is not what OpenAPI 3.0 allows there");
            self.report(&rules::UNKNOWN_KEYWORD_CHANGED, from, to, message);
        } else if key == "xml" && !self.explained.at(from, to) {
            let message = "the XML form changed".to_owned();
            self.report(&rules::XML_DOCUMENTATION_CHANGED, from, to, message);
        } else if self.is_reordered(from, to) {
            self.report(
                &rules::REORDERED,
                from,
                to,
                format!("`{key}` has another order"),
            );
        } else if !self.explained.at(from, to) && !self.explained.around(old, new) {
            self.restated.push(key.to_owned());
        }
    }

    fn unless_explained(&mut self, old: NodeId, new: NodeId) {
        if !self.explained.around(old, new) {
            let message = "the same is written another way".to_owned();
            self.report(&rules::RESTATED, old, new, message);
        }
    }

    pub(super) fn are_counterparts(&self, old: NodeId, new: NodeId) -> bool {
        self.counterparts.contains(&(old, new))
    }

    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        old: NodeId,
        new: NodeId,
        message: String,
    ) {
        let reach = self
            .index
            .reach(&self.session.new, &self.session.pairs, new);
        self.found.push(FoundChange {
            rule,
            old,
            new,
            message,
            reach,
        });
    }
}
