//! Finds the components that operations use.

use std::collections::HashSet;

use serde_json::Value;

use crate::document::{Document, NodeId, reference};
use crate::interface::required_schemes;

/// Returns the components that the paths refer to, directly or through other components,
/// and the security schemes that the document or the paths require.
pub fn used_components(document: &mut Document<'_>, root: NodeId) -> HashSet<NodeId> {
    let value = document.value(root);
    let mut used = HashSet::new();
    let mut stack: Vec<&Value> = value.get("paths").into_iter().collect();
    let mut schemes: Vec<&str> = required_schemes(value).collect();
    while let Some(value) = stack.pop() {
        match value {
            Value::Array(items) => stack.extend(items),
            Value::Object(entries) => {
                schemes.extend(required_schemes(value));
                stack.extend(entries.values());
                let mapped = entries.get("mapping").and_then(Value::as_object);
                let mapped = mapped.into_iter().flat_map(|names| names.values());
                let targets = mapped.filter_map(Value::as_str).chain(reference(value));
                for target in targets {
                    if let Some(node) = document.target(target)
                        && used.insert(node)
                    {
                        stack.push(document.value(node));
                    }
                }
            }
            _ => {}
        }
    }
    let components = document.child(root, "components");
    let list = components.and_then(|components| document.child(components, "securitySchemes"));
    for scheme in schemes {
        used.extend(list.and_then(|list| document.child(list, scheme)));
    }
    used
}
