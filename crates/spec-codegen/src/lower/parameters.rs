//! Going through the parameters of a document.

use serde_json::{Map, Value};
use spec_model::METHODS;

/// Calls `change` with every parameter that is described: of paths, of
/// operations, and among the components.
pub(super) fn each(document: &mut Value, mut change: impl FnMut(&mut Map<String, Value>)) {
    let mut change = |parameter: &mut Value| {
        if let Value::Object(parameter) = parameter {
            change(parameter);
        }
    };
    let items = document.get_mut("paths").and_then(Value::as_object_mut);
    for item in items.into_iter().flat_map(Map::values_mut) {
        own(item).for_each(&mut change);
        for method in METHODS {
            let operation = item.get_mut(method);
            operation.into_iter().flat_map(own).for_each(&mut change);
        }
    }
    let shared = document.pointer_mut("/components/parameters");
    let shared = shared.and_then(Value::as_object_mut);
    shared
        .into_iter()
        .flat_map(Map::values_mut)
        .for_each(change);
}

/// The parameters of a path or an operation.
fn own(holder: &mut Value) -> impl Iterator<Item = &mut Value> {
    let parameters = holder.get_mut("parameters").and_then(Value::as_array_mut);
    parameters.into_iter().flatten()
}
