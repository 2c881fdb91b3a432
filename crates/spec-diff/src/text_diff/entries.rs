//! Compares maps, entry by entry: paths, statuses, properties, components.

use std::collections::BTreeSet;

use spec_model::structure::ObjectKind;

use super::comparison::TextComparison;
use super::keywords::{Treatment, treatment};
use crate::both::{Both, Side};
use crate::document::{Document, NodeId};
use crate::rules;

type Entries<'a> = Vec<(&'a str, NodeId)>;

impl TextComparison<'_, '_> {
    /// Compares entries that have the same name or were renamed, and reports the other entries.
    pub(super) fn named(&mut self, holder: ObjectKind, kind: ObjectKind, at: Both<NodeId>) {
        let mut entries = self.session.both(at, Document::entries);
        if matches!(
            (holder, kind),
            (ObjectKind::Document, _) | (ObjectKind::Operation, ObjectKind::Response)
        ) {
            self.extensions(holder, at, &mut entries);
        }
        let pairs = entries.pair_off(|(name, from), (other, to)| {
            name == other || self.are_counterparts(Both::new(*from, *to))
        });
        for pair in pairs {
            let at = pair.map(|(_, node)| node);
            match holder {
                ObjectKind::Components => self.component(kind, at),
                _ => self.object(kind, at),
            }
        }
        for (side, (_, entry)) in entries.into_items() {
            self.unmatched_entry(holder, kind, (side, entry), at.get(side.other()));
        }
    }

    /// Compares the `x-` entries of a map of paths or statuses, and removes the entries from
    /// both lists.
    fn extensions(
        &mut self,
        holder: ObjectKind,
        at: Both<NodeId>,
        entries: &mut Both<Entries<'_>>,
    ) {
        let mut names = BTreeSet::new();
        for list in [&mut entries.old, &mut entries.new] {
            let extensions = list.extract_if(.., |(name, _)| name.starts_with("x-"));
            names.extend(extensions.map(|(name, _)| name));
        }
        for name in names {
            let treatment = Treatment::ForReaders(&rules::EXTENSION_CHANGED);
            self.entry(holder, name, treatment, at);
        }
    }

    /// Compares a component. Examples and links are compared in full. For another component
    /// that operations don't use in both documents, only the fact of a change is reported.
    fn component(&mut self, kind: ObjectKind, at: Both<NodeId>) {
        if self.session.values(at).are_equal() {
            return;
        }
        let is_compared = if kind == ObjectKind::Schema {
            self.session.pairs.compared().contains(&at)
        } else {
            self.used.old.contains(&at.old) && self.used.new.contains(&at.new)
        };
        if is_compared || matches!(kind, ObjectKind::Example | ObjectKind::Link) {
            self.object(kind, at);
        } else {
            let name = self.session.new.name(at.new);
            let message = format!("{name} changed, which no operation uses in both documents");
            self.report(&rules::UNUSED_COMPONENT_CHANGED, at, message);
        }
    }

    /// Reports an entry that only one document has, that of `side`, unless a reported
    /// change accounts for the entry.
    pub(super) fn unmatched_entry(
        &mut self,
        holder: ObjectKind,
        kind: ObjectKind,
        (side, entry): (Side, NodeId),
        holder_node: NodeId,
    ) {
        let at = Both::of(side, entry, holder_node);
        let verb = side.verb();
        match (holder, kind) {
            (ObjectKind::Components, ObjectKind::Example) => {
                let message = format!("an example was {verb}");
                self.report(&rules::EXAMPLE_CHANGED, at, message);
            }
            (ObjectKind::Components, ObjectKind::Link) => {
                self.report(&rules::LINK_CHANGED, at, format!("a link was {verb}"));
            }
            (ObjectKind::Components, _) => {
                let is_used = self.used.as_ref().get(side).contains(&entry);
                if !is_used && !self.explained.at(at) {
                    let rules = [&rules::COMPONENT_REMOVED, &rules::UNUSED_COMPONENT_ADDED];
                    let name = self.session.document(side).name(entry);
                    self.report(side.pick(rules), at, format!("{name} was {verb}"));
                }
            }
            (_, ObjectKind::ServerVariable) if self.is_of_new_server(at) => {}
            _ => self.missing((side, entry), holder_node),
        }
    }

    /// Whether one of the nodes is a variable of a server whose URL changed.
    fn is_of_new_server(&self, at: Both<NodeId>) -> bool {
        let above = |node: NodeId, document: &Document<'_>| document.parent(document.parent(node));
        let old = above(at.old, &self.session.old);
        let new = above(at.new, &self.session.new);
        self.explained.at(Both::new(old, at.new)) || self.explained.at(Both::new(at.old, new))
    }

    /// Reports every entry of a `components` object that only one document has, that of
    /// `side`.
    pub(super) fn unmatched_sections(&mut self, (side, sections): (Side, NodeId), other: NodeId) {
        for (key, section) in self.session.document(side).entries(sections) {
            if let Treatment::Named(kind) = treatment(ObjectKind::Components, key) {
                for (_, entry) in self.session.document(side).entries(section) {
                    self.unmatched_entry(ObjectKind::Components, kind, (side, entry), other);
                }
            }
        }
    }
}
