//! Compares references that were added, removed or changed.

use serde_json::Value;
use spec_model::structure::ObjectKind;

use super::walk::CoverageWalk;
use crate::document::{NodeId, reference};
use crate::rules::{self, Rule};

impl CoverageWalk<'_, '_> {
    /// Reports what changed at a place where at least one side is a reference.
    /// Returns the nodes to compare instead, if there are any.
    pub(super) fn references(
        &mut self,
        kind: ObjectKind,
        old: NodeId,
        new: NodeId,
    ) -> Option<(NodeId, NodeId)> {
        let from = reference(self.session.old.value(old)).map(str::to_owned);
        let to = reference(self.session.new.value(new)).map(str::to_owned);
        let (old_target, new_target) =
            (self.session.old.resolve(old), self.session.new.resolve(new));
        if from.is_some() && to.is_some() {
            self.siblings(old, new);
        }
        if from == to || self.are_counterparts(old_target, new_target) {
            // The target is a component, which is walked for itself.
            return None;
        }
        let rule = self.kind_of_change(from.as_deref(), to.as_deref(), old, new);
        if kind == ObjectKind::Schema {
            let clean = self.explained.is_clean(self.session, old, new);
            let unexplained = clean.unwrap_or_else(|| !self.explained.around(old, new));
            // An `allOf` around a reference, made to say something about the
            // place, is explained by the change it made there.
            let is_said = rule == &rules::RESTATED && self.explained.at(old, new);
            if unexplained && !is_said {
                self.report(rule, old, new, describe(from.as_deref(), to.as_deref()));
            }
            return None;
        }
        if self.session.old.leads_nowhere(old) || self.session.new.leads_nowhere(new) {
            self.unresolved(old, new);
            return None;
        }
        if self.session.old.value(old_target) == self.session.new.value(new_target) {
            self.report(rule, old, new, describe(from.as_deref(), to.as_deref()));
            return None;
        }
        Some((old_target, new_target))
    }

    /// Reports a reference whose target is not in the document, so that its
    /// meaning is unknown.
    fn unresolved(&mut self, old: NodeId, new: NodeId) {
        let from = reference(self.session.old.value(old)).unwrap_or("this document");
        let to = reference(self.session.new.value(new)).unwrap_or("this document");
        let message = format!("the reference to {from} became one to {to}");
        self.report(&rules::UNRESOLVED_REFERENCE_CHANGED, old, new, message);
    }

    /// Handles a node that only the old document has.
    pub(super) fn missing(&mut self, old: NodeId, holder: NodeId) {
        let near = self.session.old.parent(old);
        if self.explained.around(old, holder) || self.explained.around(near, holder) {
            return;
        }
        if self.session.old.leads_nowhere(old) {
            self.unresolved(old, holder);
        } else {
            self.restated.push(self.session.old.name(old));
        }
    }

    /// Handles a node that only the new document has.
    pub(super) fn extra(&mut self, holder: NodeId, new: NodeId) {
        let near = self.session.new.parent(new);
        if self.explained.around(holder, new) || self.explained.around(holder, near) {
            return;
        }
        if self.session.new.leads_nowhere(new) {
            self.unresolved(holder, new);
        } else {
            self.restated.push(self.session.new.name(new));
        }
    }

    fn kind_of_change(
        &self,
        from: Option<&str>,
        to: Option<&str>,
        old: NodeId,
        new: NodeId,
    ) -> &'static Rule {
        let (old, new) = (self.session.old.value(old), self.session.new.value(new));
        match (from, to) {
            (Some(_), Some(_)) => &rules::REFERENCE_CHANGED,
            (Some(target), None) if wraps(new, target) => &rules::RESTATED,
            (None, Some(target)) if wraps(old, target) => &rules::RESTATED,
            (Some(_), None) => &rules::REFERENCE_INLINED,
            _ => &rules::REFERENCE_EXTRACTED,
        }
    }

    /// Reports a change of the keywords beside a `$ref`, which OpenAPI 3.0
    /// ignores.
    fn siblings(&mut self, old: NodeId, new: NodeId) {
        let (from, to) = (self.session.old.value(old), self.session.new.value(new));
        let others = |value: &Value| {
            let mut others = value.as_object().cloned().unwrap_or_default();
            others.shift_remove("$ref");
            others
        };
        if others(from) != others(to) {
            let message =
                "what stands beside a reference changed, which OpenAPI 3.0 ignores".to_owned();
            self.report(&rules::RESTATED, old, new, message);
        }
    }
}

/// Whether a schema consists of an `allOf`, `anyOf` or `oneOf` with this one
/// reference.
fn wraps(schema: &Value, target: &str) -> bool {
    ["allOf", "anyOf", "oneOf"].iter().any(|key| {
        let members = schema.get(*key).and_then(Value::as_array);
        members.is_some_and(
            |members| matches!(members.as_slice(), [one] if reference(one) == Some(target)),
        )
    })
}

fn describe(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} became {to}, which says the same"),
        (Some(from), None) => format!("{from} was replaced by what it says"),
        (None, Some(to)) => format!("{to} says what was written here"),
        (None, None) => "the same is written another way".to_owned(),
    }
}
