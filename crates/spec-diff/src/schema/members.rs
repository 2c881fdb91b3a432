//! Matches the `allOf` members of both documents.

use super::keywords::Part;
use super::shape::Shape;
use super::similar::without_documentation;
use crate::both::{Both, Side};
use crate::document::{Document, NodeId};

/// The parts of two shapes, with the pairs that match.
#[derive(Debug, Default)]
pub struct Members {
    matched: Vec<Both<NodeId>>,
    unmatched: Both<Vec<Part>>,
}

impl Members {
    /// Matches members by component, then by text, then by JSON pointer.
    pub fn matched(
        old_document: &Document<'_>,
        new_document: &Document<'_>,
        old: &Shape<'_>,
        new: &Shape<'_>,
    ) -> Self {
        let roots = old.parts.iter().zip(&new.parts);
        let both_roots =
            roots.take_while(|(old, new)| old.member.is_none() && new.member.is_none());
        let matched = both_roots.map(|(old, new)| Both::new(old.node, new.node));
        let mut matched: Vec<Both<NodeId>> = matched.collect();
        let rest = |shape: &Shape<'_>| shape.parts.iter().skip(matched.len()).copied().collect();
        let mut unmatched: Both<Vec<Part>> = Both::new(rest(old), rest(new));
        let is_same_place = |old: &Part, new: &Part| {
            old_document.pointer(old.node) == new_document.pointer(new.node)
        };
        let is_same_text = |old: &Part, new: &Part| {
            without_documentation(old_document.value(old.node))
                == without_documentation(new_document.value(new.node))
        };
        let is_component = |part: &Part| part.member != Some(part.node);
        let mut pairs = unmatched.pair_off(|old, new| is_component(old) && is_same_place(old, new));
        pairs.extend(unmatched.pair_off(is_same_text));
        pairs.extend(unmatched.pair_off(is_same_place));
        matched.extend(pairs.into_iter().map(|pair| pair.map(|part| part.node)));
        Self { matched, unmatched }
    }

    /// Returns the part of the other document that matches a part of the document of `side`.
    pub fn matched_with(&self, (side, part): (Side, NodeId)) -> Option<NodeId> {
        let mut pairs = self.matched.iter();
        let pair = pairs.find(|pair| pair.get(side) == part)?;
        Some(pair.get(side.other()))
    }

    /// Returns the pairs of matching parts.
    pub fn matched_parts(&self) -> impl Iterator<Item = Both<NodeId>> + '_ {
        self.matched.iter().copied()
    }

    /// Returns the members without a match.
    pub fn unmatched(&self) -> impl Iterator<Item = (Side, Part)> + use<> {
        self.unmatched.clone().into_items()
    }
}
