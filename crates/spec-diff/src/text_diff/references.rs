//! Compares references that were added, removed or changed.

use serde_json::Value;
use spec_model::structure::ObjectKind;

use super::comparison::TextComparison;
use super::restated::IN_ANOTHER_WAY;
use crate::both::{Both, Side};
use crate::document::{Document, NodeId, reference};
use crate::rules::{self, Rule};

impl TextComparison<'_, '_> {
    /// Reports the difference at a place where at least one document has a reference. Returns
    /// the targets, if they have to be compared too.
    pub(super) fn references(
        &mut self,
        kind: ObjectKind,
        at: Both<NodeId>,
    ) -> Option<Both<NodeId>> {
        let values = self.session.values(at);
        let references = values.map(reference);
        let targets = self.session.both(at, Document::resolve);
        if references.transpose().is_some() {
            self.siblings(at);
        }
        if references.are_equal() || self.are_counterparts(targets) {
            // The target is a component, and components are compared separately.
            return None;
        }
        let (rule, message) = describe(references, values);
        if kind == ObjectKind::Schema {
            let are_equivalent = self.explained.are_equivalent(self.session, at);
            let is_unexplained = are_equivalent.unwrap_or_else(|| !self.explained.around(at));
            // Authors put a reference into an `allOf` to add keywords beside it. The change
            // of these keywords explains the `allOf`.
            let is_explained_wrapper = rule == &rules::RESTATED && self.explained.at(at);
            if is_unexplained && !is_explained_wrapper {
                self.report(rule, at, message);
            }
            return None;
        }
        if self.session.both(at, Document::is_dangling) != Both::new(false, false) {
            self.unresolved(at);
            return None;
        }
        if self.session.values(targets).are_equal() {
            self.report(rule, at, message);
            return None;
        }
        Some(targets)
    }

    /// Reports a changed reference whose target isn't in the document, so that its meaning is
    /// unknown.
    fn unresolved(&mut self, at: Both<NodeId>) {
        let references = self.session.values(at).map(reference);
        let names = references.map(|reference| reference.unwrap_or("this document"));
        let message = format!("the reference to {} became one to {}", names.old, names.new);
        self.report(&rules::UNRESOLVED_REFERENCE_CHANGED, at, message);
    }

    /// Reports a node that only the document of a side has, unless a change explains it.
    pub(super) fn missing(&mut self, (side, node): (Side, NodeId), holder: NodeId) {
        let document = self.session.document(side);
        let (near, name) = (document.parent(node), document.name(node));
        let is_dangling = document.is_dangling(node);
        let at = Both::of(side, node, holder);
        if self.explained.around(at) || self.explained.around(Both::of(side, near, holder)) {
            return;
        }
        if is_dangling {
            self.unresolved(at);
        } else {
            self.restated.push(name);
        }
    }

    /// Reports a change of the keywords beside a `$ref`, which OpenAPI 3.0 ignores.
    fn siblings(&mut self, at: Both<NodeId>) {
        let others = self.session.values(at).map(|value| {
            let mut others = value.as_object().cloned().unwrap_or_default();
            others.shift_remove("$ref");
            others
        });
        if !others.are_equal() {
            let message =
                "the keywords beside a reference changed, which OpenAPI 3.0 ignores".to_owned();
            self.report(&rules::RESTATED, at, message);
        }
    }
}

/// Whether a schema has an `allOf`, `anyOf` or `oneOf` with only this reference.
fn wraps(schema: &Value, target: &str) -> bool {
    ["allOf", "anyOf", "oneOf"].iter().any(|key| {
        let members = schema.get(*key).and_then(Value::as_array);
        members.is_some_and(
            |members| matches!(members.as_slice(), [one] if reference(one) == Some(target)),
        )
    })
}

/// Returns the rule and the message for a reference that was added, removed or
/// changed.
fn describe(references: Both<Option<&str>>, values: Both<&Value>) -> (&'static Rule, String) {
    let rule = |other, target, rule| match wraps(other, target) {
        true => &rules::RESTATED,
        false => rule,
    };
    match (references.old, references.new) {
        (Some(from), Some(to)) => (
            &rules::REFERENCE_CHANGED,
            format!("{from} became {to}, which is equivalent"),
        ),
        (Some(from), None) => (
            rule(values.new, from, &rules::REFERENCE_INLINED),
            format!("{from} was replaced by its target"),
        ),
        (None, Some(to)) => (
            rule(values.old, to, &rules::REFERENCE_EXTRACTED),
            format!("the part was replaced by {to}, which is equivalent"),
        ),
        (None, None) => (&rules::REFERENCE_EXTRACTED, IN_ANOTHER_WAY.to_owned()),
    }
}
