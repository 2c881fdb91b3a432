//! Matches the `allOf` members of both documents.

use super::facts::Part;
use super::shape::Shape;
use super::similar::without_documentation;
use crate::document::{Document, NodeId};

/// The matched members of two shapes.
#[derive(Debug, Default)]
pub struct Members {
    matched: Vec<(NodeId, NodeId)>,
    removed: Vec<Part>,
    added: Vec<Part>,
}

impl Members {
    /// Matches members by component, then by text, then by position.
    pub fn matched(
        old_document: &Document<'_>,
        new_document: &Document<'_>,
        old: &Shape<'_>,
        new: &Shape<'_>,
    ) -> Self {
        let mut members = Self::default();
        let roots = old.parts.iter().zip(&new.parts);
        let both_roots =
            roots.take_while(|(old, new)| old.member.is_none() && new.member.is_none());
        members.matched = both_roots.map(|(old, new)| (old.node, new.node)).collect();
        let rest = |parts: &[Part], roots: usize| parts.get(roots..).unwrap_or_default().to_vec();
        members.removed = rest(&old.parts, members.matched.len());
        members.added = rest(&new.parts, members.matched.len());
        if members.removed.is_empty() || members.added.is_empty() {
            return members;
        }
        members.pair_up(|old, new| {
            old.member != Some(old.node)
                && old_document.pointer(old.node) == new_document.pointer(new.node)
        });
        members.pair_up(|old, new| {
            without_documentation(old_document.value(old.node))
                == without_documentation(new_document.value(new.node))
        });
        members
            .pair_up(|old, new| old_document.pointer(old.node) == new_document.pointer(new.node));
        members
    }

    fn pair_up(&mut self, same: impl Fn(&Part, &Part) -> bool) {
        let mut left = Vec::new();
        for old in std::mem::take(&mut self.removed) {
            let found = self.added.iter().position(|new| same(&old, new));
            match found.map(|index| self.added.swap_remove(index)) {
                Some(new) => self.matched.push((old.node, new.node)),
                None => left.push(old),
            }
        }
        self.removed = left;
    }

    /// The new part that an old one was matched with.
    pub fn new_for(&self, part: NodeId) -> Option<NodeId> {
        let found = self.matched.iter().find(|(old, _)| *old == part)?;
        Some(found.1)
    }

    /// The old part that a new one was matched with.
    pub fn old_for(&self, part: NodeId) -> Option<NodeId> {
        let found = self.matched.iter().find(|(_, new)| *new == part)?;
        Some(found.0)
    }

    /// The matched parts, old and new.
    pub fn matched_parts(&self) -> &[(NodeId, NodeId)] {
        &self.matched
    }

    /// Old members without a new one.
    pub fn removed(&self) -> &[Part] {
        &self.removed
    }

    /// New members without an old one.
    pub fn added(&self) -> &[Part] {
        &self.added
    }
}
