//! Finds unchanged parts, which needn't be compared.
//!
//! Most revisions change little of a large document. A component or operation allows the same
//! messages as before if its text is equal in both documents, and if it refers only to
//! unchanged components.

use std::collections::HashMap;

use serde_json::Value;

use super::both::Both;
use super::document::{Document, NodeId, reference};

/// The unchanged components: the node of each component in the new document, with its node in
/// the old document.
#[derive(Debug, Default)]
pub struct Untouched(HashMap<NodeId, NodeId>);

impl Untouched {
    /// Finds the unchanged components of two documents.
    pub fn find(old_document: &mut Document<'_>, new_document: &mut Document<'_>) -> Self {
        let mut same: HashMap<NodeId, NodeId> = HashMap::new();
        for Both { old, new } in shared(old_document, new_document) {
            if old_document.value(old) == new_document.value(new) {
                same.insert(new, old);
            }
        }
        let mut users: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        let mut touched: Vec<NodeId> = Vec::new();
        for node in same.keys() {
            for target in targets(new_document, *node) {
                match target {
                    Some(target) if same.contains_key(&target) => {
                        users.entry(target).or_default().push(*node);
                    }
                    _ => touched.push(*node),
                }
            }
        }
        while let Some(node) = touched.pop() {
            if same.remove(&node).is_some() {
                touched.extend(users.remove(&node).unwrap_or_default());
            }
        }
        Self(same)
    }

    /// Whether a comparison of two components would find no change.
    pub fn is_same(&self, schemas: Both<NodeId>) -> bool {
        self.0.get(&schemas.new) == Some(&schemas.old)
    }

    /// Whether a comparison of two parts of the documents would find no change.
    pub fn is_same_part(
        &self,
        (old_document, old): (&Document<'_>, NodeId),
        (new_document, new): (&mut Document<'_>, NodeId),
    ) -> bool {
        old_document.value(old) == new_document.value(new)
            && targets(new_document, new)
                .iter()
                .all(|target| target.is_some_and(|target| self.0.contains_key(&target)))
    }
}

/// Pairs the components of both documents by section and name.
fn shared(old_document: &mut Document<'_>, new_document: &mut Document<'_>) -> Vec<Both<NodeId>> {
    let old = old_document.child(old_document.root(), "components");
    let new = new_document.child(new_document.root(), "components");
    let (Some(old), Some(new)) = (old, new) else {
        return Vec::new();
    };
    let mut shared = Vec::new();
    for (key, section) in new_document.entries(new) {
        let Some(other) = old_document.child(old, key) else {
            continue;
        };
        for (name, component) in new_document.entries(section) {
            if let Some(same) = old_document.child(other, name) {
                shared.push(Both::new(same, component));
            }
        }
    }
    shared
}

/// Lists the targets of all references in a part. For a reference without a target, lists
/// `None`.
fn targets(document: &mut Document<'_>, part: NodeId) -> Vec<Option<NodeId>> {
    let mut found = Vec::new();
    let mut stack = vec![document.value(part)];
    while let Some(value) = stack.pop() {
        match value {
            Value::Array(items) => stack.extend(items),
            Value::Object(entries) => {
                if let Some(reference) = reference(value) {
                    found.push(document.target(reference));
                }
                stack.extend(entries.values());
            }
            _ => {}
        }
    }
    found
}
