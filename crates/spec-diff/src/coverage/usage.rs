//! Finds the components that are in use.

use std::collections::HashSet;

use serde_json::Value;

use crate::document::{Document, NodeId, reference};
use crate::session::Session;

/// The components in use, by node.
#[derive(Debug)]
pub struct Usage {
    /// In the old document.
    pub old: HashSet<NodeId>,
    /// In the new one.
    pub new: HashSet<NodeId>,
}

impl Usage {
    /// Follows every reference from the paths onwards.
    pub fn of(session: &mut Session<'_>) -> Self {
        Self {
            old: used(&mut session.old),
            new: used(&mut session.new),
        }
    }
}

fn used(document: &mut Document<'_>) -> HashSet<NodeId> {
    let root = document.value(document.root());
    let mut used = HashSet::new();
    let mut queue: Vec<&Value> = root.get("paths").into_iter().collect();
    let mut schemes: Vec<&str> = Vec::new();
    schemes.extend(names_of(root.get("security")));
    while let Some(value) = queue.pop() {
        let mut stack = vec![value];
        while let Some(value) = stack.pop() {
            match value {
                Value::Array(items) => stack.extend(items),
                Value::Object(entries) => {
                    schemes.extend(names_of(entries.get("security")));
                    stack.extend(entries.values());
                    let mapped = entries.get("mapping").and_then(Value::as_object);
                    let mapped = mapped.into_iter().flat_map(|names| names.values());
                    let targets = mapped.filter_map(Value::as_str).chain(reference(value));
                    for target in targets {
                        if let Some(node) = document.target(target)
                            && used.insert(node)
                        {
                            queue.push(document.value(node));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    let components = document.child(document.root(), "components");
    for scheme in schemes {
        let list = components.and_then(|components| document.child(components, "securitySchemes"));
        used.extend(list.and_then(|list| document.child(list, scheme)));
    }
    used
}

fn names_of(security: Option<&Value>) -> impl Iterator<Item = &str> {
    let requirements = security.and_then(Value::as_array).into_iter().flatten();
    let schemes = requirements.filter_map(Value::as_object).flatten();
    schemes.map(|(name, _)| name.as_str())
}
