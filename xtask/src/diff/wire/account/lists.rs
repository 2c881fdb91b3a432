//! Lists, whose members are told by what they say rather than by their place.

use serde_json::Value;

use super::grammar::Kind;
use super::walk::Walk;
use crate::diff::wire::document::NodeId;
use crate::diff::wire::rules;

impl Walk<'_, '_> {
    /// Compares two lists of objects.
    pub(super) fn list(&mut self, kind: Kind, old: NodeId, new: NodeId) {
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
        let is_even = left.len() == right.len();
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
            for index in left {
                if let Some(item) = old_items.get(index) {
                    self.missing(*item, new);
                }
            }
            for index in right {
                if let Some(item) = new_items.get(index) {
                    self.extra(old, *item);
                }
            }
        }
        for (left, right) in matched {
            if let (Some(old), Some(new)) = (old_items.get(left), new_items.get(right)) {
                self.one(kind, *old, *new);
            }
        }
    }

    fn same_text(&self, _: Kind, old: NodeId, new: NodeId) -> bool {
        self.session.old.value(old) == self.session.new.value(new)
            || self.are_counterparts(old, new)
    }

    /// Parameters go by place and name, servers by URL.
    fn same_key(&self, kind: Kind, old: NodeId, new: NodeId) -> bool {
        let (old, new) = (self.session.old.value(old), self.session.new.value(new));
        let same = |key: &str| {
            let (old, new) = (old.get(key), new.get(key));
            old.is_some() && old == new
        };
        match kind {
            Kind::Parameter => same("in") && same("name"),
            Kind::Server => same("url"),
            _ => same("$ref"),
        }
    }

    /// Compares two lists of plain values.
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
