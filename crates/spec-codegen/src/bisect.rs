//! Finds the part of a document on which the generator fails, by running the generator on
//! parts of the document. The generator's own error names no place.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use spec_model::{escape, members};

use crate::components::{Components, kept, references, target};

/// Returns the JSON pointer of a component or operation on which the generator fails. Each is
/// tried in a document of its own, with only the components that it refers to.
pub fn bisect(document: &Value, fails: impl Fn(&Value) -> bool) -> Option<String> {
    let components = Components::of(document);
    component(document, &components, &fails).or_else(|| operation(document, &components, &fails))
}

/// Of the components that fail, returns the one that refers to the fewest others.
fn component(
    document: &Value,
    components: &Components,
    fails: &impl Fn(&Value) -> bool,
) -> Option<String> {
    if !fails(&part(document, json!({}), document["components"].clone())) {
        return None;
    }
    let schemas = members(document, "/components/schemas");
    let mut parts: Vec<_> = schemas
        .map(|(name, _)| {
            let needed = components.lead_to(BTreeSet::from([target("schemas", name)]));
            (needed.len(), escape(name), needed)
        })
        .collect();
    parts.sort();
    let found = parts
        .into_iter()
        .find(|(_, _, needed)| fails(&alone(document, json!({}), needed)));
    found.map(|(_, name, _)| format!("/components/schemas/{name}"))
}

/// Returns the first operation that fails.
fn operation(
    document: &Value,
    components: &Components,
    fails: &impl Fn(&Value) -> bool,
) -> Option<String> {
    let mut operations = spec_model::operations(document);
    let found = operations.find(|operation| {
        let mut item = Map::new();
        item.insert(operation.method.into(), operation.value.clone());
        if let Some(parameters) = operation.item.get("parameters") {
            item.insert("parameters".into(), parameters.clone());
        }
        let item = Value::Object(item);
        let needed = components.lead_to(references(&item));
        fails(&alone(document, json!({operation.path: item}), &needed))
    });
    found.map(|operation| operation.pointer())
}

/// Returns a document of these paths and of the components that they need.
fn alone(document: &Value, paths: Value, needed: &BTreeSet<String>) -> Value {
    let components = kept(document, |reference| needed.contains(reference));
    part(document, paths, components)
}

/// Returns a document of these paths and components.
fn part(document: &Value, paths: Value, components: Value) -> Value {
    let components = match components {
        Value::Null => json!({}),
        components => components,
    };
    json!({
        "openapi": document["openapi"],
        "info": document["info"],
        "paths": paths,
        "components": components,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        json!({
            "openapi": "3.0.3", "info": {"title": "", "version": "1"},
            "paths": {
                "/a": {"get": {"x": {"$ref": "#/components/schemas/A"}}},
                "/b": {"parameters": [1], "put": {"bad": 1}},
            },
            "components": {"schemas": {
                "A": {"x": {"$ref": "#/components/schemas/B"}},
                "B": {"x": {"$ref": "#/components/schemas/A"}, "y": {"$ref": "#/components/schemas/C"}},
                "C": {"worse": 1},
            }},
        })
    }

    #[test]
    fn the_component_is_named_and_not_its_users() {
        let fails = |document: &Value| document.to_string().contains("worse");
        let found = bisect(&document(), fails);
        assert_eq!(found.as_deref(), Some("/components/schemas/C"));
    }

    #[test]
    fn an_operation_is_named_when_no_component_fails() {
        let fails = |document: &Value| document.to_string().contains("bad");
        assert_eq!(
            bisect(&document(), fails).as_deref(),
            Some("/paths/~1b/put")
        );
    }

    #[test]
    fn what_fails_only_together_has_no_place() {
        let fails = |document: &Value| document["paths"].as_object().unwrap().len() == 2;
        assert_eq!(bisect(&document(), fails), None);
    }
}
