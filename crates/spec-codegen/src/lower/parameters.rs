//! Visits the parameters of a document.

use serde_json::{Map, Value};

use super::named;

/// Calls `change` with every parameter, in paths, operations and components.
pub(super) fn each(document: &mut Value, mut change: impl FnMut(&mut Map<String, Value>)) {
    let mut change = |parameter: &mut Value| {
        if let Value::Object(parameter) = parameter {
            change(parameter);
        }
    };
    let items = named(document.get_mut("paths"));
    items.flat_map(own).for_each(&mut change);
    let operations = super::operations(document);
    operations.flat_map(own).for_each(&mut change);
    named(document.pointer_mut("/components/parameters")).for_each(change);
}

/// Returns the parameters of a path or an operation.
fn own(holder: &mut Value) -> impl Iterator<Item = &mut Value> {
    let parameters = holder.get_mut("parameters").and_then(Value::as_array_mut);
    parameters.into_iter().flatten()
}
