//! Compares lists. Items are matched by content, not by index.

use serde_json::Value;
use spec_model::structure::ObjectKind;

use super::comparison::TextComparison;
use crate::both::{Both, Side};
use crate::document::{Document, NodeId};
use crate::rules;

impl TextComparison<'_, '_> {
    /// Compares two lists of objects.
    pub(super) fn list(&mut self, kind: ObjectKind, at: Both<NodeId>) {
        let items = self.session.both(at, Document::items);
        let mut items = items.map(|items| items.into_iter().enumerate().collect::<Vec<_>>());
        let mut matched = items.pair_off(|old, new| self.same_text(Both::new(old.1, new.1)));
        matched.extend(items.pair_off(|old, new| self.same_key(kind, Both::new(old.1, new.1))));
        matched.sort_unstable_by_key(|pair| pair.old.0);
        let is_complete = items.old.is_empty() && items.new.is_empty();
        if is_complete && !matched.is_sorted_by_key(|pair| pair.new.0) {
            self.report(&rules::REORDERED, at, "the order changed".to_owned());
        }
        // Parameters with different names are unrelated, and aren't compared. References
        // without a target are compared, because the names of the parameters are unknown.
        let mut left = items.clone().into_items();
        let are_unrelated = kind == ObjectKind::Parameter
            && left.any(|(side, (_, item))| !self.session.document(side).is_dangling(item));
        if items.old.len() == items.new.len() && !are_unrelated {
            matched.extend(items.pair_in_order());
        }
        for (side, (_, item)) in items.into_items() {
            self.unmatched_item((side, item), at.get(side.other()));
        }
        for pair in matched {
            self.object(kind, pair.map(|(_, item)| item));
        }
    }

    fn same_text(&self, at: Both<NodeId>) -> bool {
        self.session.values(at).are_equal() || self.are_counterparts(at)
    }

    /// Reports the items of a list of parameters that was removed or added.
    pub(super) fn unmatched_list(&mut self, (side, list): (Side, NodeId), holder: NodeId) {
        let items = self.session.document(side).items(list);
        if items.is_empty() {
            self.missing((side, list), holder);
        }
        for item in items {
            self.unmatched_item((side, item), holder);
        }
    }

    fn unmatched_item(&mut self, item: (Side, NodeId), holder: NodeId) {
        if !self.is_moved(item) {
            self.missing(item, holder);
        }
    }

    /// Whether a parameter moved between a path and its operations. Such a move is reported
    /// once for all operations, unless another change explains it.
    fn is_moved(&mut self, (side, item): (Side, NodeId)) -> bool {
        let pairs = self.session.counterparts.iter().copied();
        let moves: Vec<Both<NodeId>> = pairs.filter(|pair| pair.get(side) == item).collect();
        let Some(first) = moves.first().copied() else {
            return false;
        };
        let is_known = |pair: &Both<NodeId>| {
            self.moved.old.contains(&pair.old) || self.moved.new.contains(&pair.new)
        };
        let is_reported = moves.iter().any(is_known);
        self.moved.old.extend(moves.iter().map(|pair| pair.old));
        self.moved.new.extend(moves.iter().map(|pair| pair.new));
        if !is_reported && !self.explained.around(first) {
            let message = "the parameter is in another list".to_owned();
            self.report(&rules::RESTATED, first, message);
        }
        true
    }

    /// Whether two header parameters differ only in the case of their names.
    pub(super) fn is_respelled_header(&self, at: Both<NodeId>) -> bool {
        let names = self.session.texts(at, "name");
        self.session.texts(at, "in") == Both::new(Some("header"), Some("header"))
            && names.transpose().is_some_and(|names| {
                !names.are_equal() && names.old.eq_ignore_ascii_case(names.new)
            })
    }

    /// Whether two items are the same parameter (by `in` and name), the same server (by URL) or
    /// the same reference (by target).
    fn same_key(&self, kind: ObjectKind, at: Both<NodeId>) -> bool {
        let values = self.session.values(at);
        let same = |key: &str| {
            let values = values.map(|value| value.get(key));
            values.old.is_some() && values.are_equal()
        };
        match kind {
            ObjectKind::Parameter => same("in") && same("name"),
            ObjectKind::Server => same("url"),
            _ => same("$ref"),
        }
    }

    /// Whether two lists have equal items in different orders.
    pub(super) fn is_reordered(&self, at: Both<NodeId>) -> bool {
        let lists = self.session.values(at).map(Value::as_array).transpose();
        let lists = lists.map(|lists| lists.map(|list| list.iter().collect::<Vec<_>>()));
        lists.is_some_and(|mut lists| {
            lists.pair_off(|old, new| old == new);
            lists.old.is_empty() && lists.new.is_empty()
        })
    }
}
