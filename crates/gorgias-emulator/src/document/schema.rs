//! Checks values against a schema of the document.

use std::sync::Arc;

use jsonschema::Validator;
use serde_json::Value;

use super::violation::{Violation, collect};

/// A compiled schema, which reports all violations in a value.
#[derive(Clone, Debug)]
pub(crate) struct Schema(Arc<Validator>);

impl Schema {
    pub(super) fn new(validator: Arc<Validator>) -> Self {
        Self(validator)
    }

    /// Returns all violations, in the order of the document, without
    /// repetitions.
    pub(crate) fn violations(&self, value: &Value) -> Vec<Violation> {
        if self.0.is_valid(value) {
            return Vec::new();
        }
        let mut violations = Vec::new();
        for error in self.0.iter_errors(value) {
            collect(&error, &mut violations);
        }
        let mut unique: Vec<Violation> = Vec::with_capacity(violations.len());
        for violation in violations {
            if !unique.contains(&violation) {
                unique.push(violation);
            }
        }
        unique
    }
}
