//! Compares lists, whose members are matched by content rather than by index.

use serde_json::Value;
use spec_model::structure::ObjectKind;

use super::walk::CoverageWalk;
use crate::document::{Document, NodeId};
use crate::rules;

impl CoverageWalk<'_, '_> {
    /// Compares two lists of objects.
    pub(super) fn list(&mut self, kind: ObjectKind, old: NodeId, new: NodeId) {
        let old_items = self.session.old.items(old);
        let new_items = self.session.new.items(new);
        let mut left: Vec<usize> = (0..old_items.len()).collect();
        let mut right: Vec<usize> = (0..new_items.len()).collect();
        let mut matched: Vec<(usize, usize)> = Vec::new();
        for test in [Self::same_text, Self::same_key] {
            left.retain(|index| {
                let Some(old) = old_items.get(*index) else {
                    return false;
                };
                let found = right.iter().position(|other| {
                    new_items
                        .get(*other)
                        .is_some_and(|new| test(self, kind, *old, *new))
                });
                let Some(found) = found else { return true };
                matched.push((*index, right.remove(found)));
                false
            });
        }
        let paired: Vec<(usize, usize)> = left.iter().copied().zip(right.iter().copied()).collect();
        // Two parameters that differ in name are unrelated, so they are not
        // compared. Unresolvable references are, as their names can't be known.
        let is_known = |document: &mut Document<'_>, items: &[NodeId], index: &usize| {
            let item = items.get(*index);
            item.is_some_and(|item| !document.leads_nowhere(*item))
        };
        let is_apart = kind == ObjectKind::Parameter
            && (left
                .iter()
                .any(|index| is_known(&mut self.session.old, &old_items, index))
                || right
                    .iter()
                    .any(|index| is_known(&mut self.session.new, &new_items, index)));
        let is_even = left.len() == right.len() && !is_apart;
        let is_reordered = {
            matched.sort_unstable();
            let places: Vec<usize> = matched.iter().map(|(_, place)| *place).collect();
            !places.is_sorted()
        };
        if is_reordered && left.is_empty() && right.is_empty() {
            self.report(&rules::REORDERED, old, new, "the order changed".to_owned());
        }
        if is_even {
            matched.extend(paired);
        } else {
            for item in left.iter().filter_map(|index| old_items.get(*index)) {
                self.item_gone(*item, new);
            }
            for item in right.iter().filter_map(|index| new_items.get(*index)) {
                self.item_come(old, *item);
            }
        }
        for (left, right) in matched {
            if let (Some(old), Some(new)) = (old_items.get(left), new_items.get(right)) {
                self.one(kind, *old, *new);
            }
        }
    }

    fn same_text(&self, _: ObjectKind, old: NodeId, new: NodeId) -> bool {
        self.session.old.value(old) == self.session.new.value(new)
            || self.are_counterparts(old, new)
    }

    /// Reports the members of a list of parameters that was removed.
    pub(super) fn list_gone(&mut self, list: NodeId, holder: NodeId) {
        let items = self.session.old.items(list);
        if items.is_empty() {
            self.missing(list, holder);
        }
        for item in items {
            self.item_gone(item, holder);
        }
    }

    /// Reports the members of a list of parameters that was added.
    pub(super) fn list_come(&mut self, holder: NodeId, list: NodeId) {
        let items = self.session.new.items(list);
        if items.is_empty() {
            self.extra(holder, list);
        }
        for item in items {
            self.item_come(holder, item);
        }
    }

    fn item_gone(&mut self, item: NodeId, holder: NodeId) {
        if !self.is_elsewhere(Some(item), None) {
            self.missing(item, holder);
        }
    }

    fn item_come(&mut self, holder: NodeId, item: NodeId) {
        if !self.is_elsewhere(None, Some(item)) {
            self.extra(holder, item);
        }
    }

    /// Whether a parameter moved between a path and its operations. The move is
    /// reported once for all operations, and not at all if another change at
    /// that place is reported.
    fn is_elsewhere(&mut self, old: Option<NodeId>, new: Option<NodeId>) -> bool {
        let is_it = |(from, to): &&(NodeId, NodeId)| old == Some(*from) || new == Some(*to);
        let others = self.session.counterparts.iter().filter(is_it).copied();
        let others: Vec<(NodeId, NodeId)> = others.collect();
        let Some((from, to)) = others.first().copied() else {
            return false;
        };
        let is_told = others
            .iter()
            .any(|(from, to)| self.elsewhere.0.contains(from) || self.elsewhere.1.contains(to));
        self.elsewhere
            .0
            .extend(others.iter().map(|(from, _)| *from));
        self.elsewhere.1.extend(others.iter().map(|(_, to)| *to));
        if !is_told && !self.explained.around(from, to) {
            let message = "the same stands in another place".to_owned();
            self.report(&rules::RESTATED, from, to, message);
        }
        true
    }

    /// Whether two header parameters differ only in the case of their names.
    pub(super) fn is_respelled_header(&self, old: NodeId, new: NodeId) -> bool {
        let text = |value: &Value, key| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let (old, new) = (self.session.old.value(old), self.session.new.value(new));
        match (text(old, "name"), text(new, "name")) {
            (Some(from), Some(to)) => {
                from != to
                    && from.eq_ignore_ascii_case(&to)
                    && text(new, "in") == text(old, "in")
                    && text(old, "in").as_deref() == Some("header")
            }
            _ => false,
        }
    }

    /// Whether two members have the same identity: place and name of a
    /// parameter, URL of a server, target of a reference.
    fn same_key(&self, kind: ObjectKind, old: NodeId, new: NodeId) -> bool {
        let (old, new) = (self.session.old.value(old), self.session.new.value(new));
        let same = |key: &str| {
            let (old, new) = (old.get(key), new.get(key));
            old.is_some() && old == new
        };
        match kind {
            ObjectKind::Parameter => same("in") && same("name"),
            ObjectKind::Server => same("url"),
            _ => same("$ref"),
        }
    }

    /// Whether two lists have the same plain values in another order.
    pub(super) fn is_reordered(&self, old: NodeId, new: NodeId) -> bool {
        let lists = (self.session.old.value(old), self.session.new.value(new));
        let (Value::Array(old), Value::Array(new)) = lists else {
            return false;
        };
        let mut rest: Vec<&Value> = new.iter().collect();
        old.len() == new.len()
            && old.iter().all(|value| {
                let found = rest.iter().position(|other| *other == value);
                found.map(|index| rest.swap_remove(index)).is_some()
            })
    }
}
