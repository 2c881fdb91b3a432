//! Compares objects by name: paths, statuses, properties, components.

use spec_model::structure::ObjectKind;

use super::keywords::{Treatment, treatment};
use super::walk::CoverageWalk;
use crate::document::{Document, NodeId};
use crate::rules;

impl CoverageWalk<'_, '_> {
    /// Compares the entries of two maps that have the same name, and reports
    /// the others.
    pub(super) fn named(&mut self, holder: ObjectKind, kind: ObjectKind, old: NodeId, new: NodeId) {
        let mut new_entries = self.session.new.entries(new);
        let mut old_entries = self.session.old.entries(old);
        if matches!(
            (holder, kind),
            (ObjectKind::Document, _) | (ObjectKind::Operation, ObjectKind::Response)
        ) {
            self.extensions((old, new), &mut old_entries, &mut new_entries);
        }
        for (name, from) in old_entries {
            let found = new_entries
                .iter()
                .position(|(other, to)| *other == name || self.are_counterparts(from, *to));
            match found.map(|index| new_entries.remove(index)) {
                Some((_, to)) if holder == ObjectKind::Components => self.component(kind, from, to),
                Some((_, to)) => self.one(kind, from, to),
                None => self.entry_gone(holder, kind, from, new),
            }
        }
        for (_, to) in new_entries {
            self.entry_come(holder, kind, old, to);
        }
    }

    /// Compares the `x-` entries of a map of paths or statuses, and removes
    /// them from both lists.
    fn extensions(
        &mut self,
        (old, new): (NodeId, NodeId),
        old_entries: &mut Vec<(&str, NodeId)>,
        new_entries: &mut Vec<(&str, NodeId)>,
    ) {
        let is_plain = |(name, _): &(&str, NodeId)| !name.starts_with("x-");
        let mut names: Vec<String> = Vec::new();
        for (name, _) in old_entries.iter().chain(new_entries.iter()) {
            if name.starts_with("x-") && !names.iter().any(|known| known == name) {
                names.push((*name).to_owned());
            }
        }
        old_entries.retain(is_plain);
        new_entries.retain(is_plain);
        for name in names {
            let children = (
                self.session.old.child(old, &name),
                self.session.new.child(new, &name),
            );
            let at = (children.0.unwrap_or(old), children.1.unwrap_or(new));
            self.text(&rules::EXTENSION_CHANGED, &name, at, children);
        }
    }

    /// Compares a component. One that no operation of both documents reaches
    /// gets a single report, without details.
    fn component(&mut self, kind: ObjectKind, old: NodeId, new: NodeId) {
        if self.session.old.value(old) == self.session.new.value(new) {
            return;
        }
        let is_compared = if kind == ObjectKind::Schema {
            self.session.pairs.compared().contains(&(old, new))
        } else {
            self.usage.old.contains(&old) && self.usage.new.contains(&new)
        };
        if is_compared || matches!(kind, ObjectKind::Example | ObjectKind::Link) {
            self.one(kind, old, new);
        } else {
            let name = self.session.new.name(new);
            let message = format!("{name} changed, which no operation uses in both documents");
            self.report(&rules::UNUSED_COMPONENT_CHANGED, old, new, message);
        }
    }

    pub(super) fn entry_gone(
        &mut self,
        holder: ObjectKind,
        kind: ObjectKind,
        entry: NodeId,
        holder_node: NodeId,
    ) {
        let is_used = self.usage.old.contains(&entry);
        match (holder, kind) {
            (ObjectKind::Components, ObjectKind::Example) => {
                self.report(
                    &rules::EXAMPLE_CHANGED,
                    entry,
                    holder_node,
                    "an example was removed".to_owned(),
                );
            }
            (ObjectKind::Components, ObjectKind::Link) => {
                self.report(
                    &rules::LINK_CHANGED,
                    entry,
                    holder_node,
                    "a link was removed".to_owned(),
                );
            }
            (ObjectKind::Components, _) => {
                if !is_used && !self.explained.at(entry, holder_node) {
                    let message = format!("{} was removed", self.session.old.name(entry));
                    self.report(&rules::COMPONENT_REMOVED, entry, holder_node, message);
                }
            }
            (_, ObjectKind::ServerVariable) if self.is_new_server(entry, holder_node) => {}
            _ => self.missing(entry, holder_node),
        }
    }

    pub(super) fn entry_come(
        &mut self,
        holder: ObjectKind,
        kind: ObjectKind,
        holder_node: NodeId,
        entry: NodeId,
    ) {
        let is_used = self.usage.new.contains(&entry);
        match (holder, kind) {
            (ObjectKind::Components, ObjectKind::Example) => {
                self.report(
                    &rules::EXAMPLE_CHANGED,
                    holder_node,
                    entry,
                    "an example was added".to_owned(),
                );
            }
            (ObjectKind::Components, ObjectKind::Link) => {
                self.report(
                    &rules::LINK_CHANGED,
                    holder_node,
                    entry,
                    "a link was added".to_owned(),
                );
            }
            (ObjectKind::Components, _) => {
                if !is_used && !self.explained.at(holder_node, entry) {
                    let message = format!("{} was added", self.session.new.name(entry));
                    self.report(&rules::UNUSED_COMPONENT_ADDED, holder_node, entry, message);
                }
            }
            (_, ObjectKind::ServerVariable) if self.is_new_server(holder_node, entry) => {}
            _ => self.extra(holder_node, entry),
        }
    }

    /// Whether either node is a variable of a server whose URL changed.
    fn is_new_server(&self, old: NodeId, new: NodeId) -> bool {
        let (old_document, new_document) = (&self.session.old, &self.session.new);
        let above = |at: NodeId, document: &Document<'_>| document.parent(document.parent(at));
        self.explained.at(above(old, old_document), new)
            || self.explained.at(old, above(new, new_document))
    }

    /// Reports the entries of all sections when `components` as a whole was
    /// added or removed.
    pub(super) fn sections_of_one(&mut self, sections: NodeId, other: NodeId, gone: bool) {
        let entries = if gone {
            self.session.old.entries(sections)
        } else {
            self.session.new.entries(sections)
        };
        for (key, section) in entries {
            let Treatment::Named(kind) = treatment(ObjectKind::Components, key) else {
                continue;
            };
            if gone {
                for (_, entry) in self.session.old.entries(section) {
                    self.entry_gone(ObjectKind::Components, kind, entry, other);
                }
            } else {
                for (_, entry) in self.session.new.entries(section) {
                    self.entry_come(ObjectKind::Components, kind, other, entry);
                }
            }
        }
    }
}
