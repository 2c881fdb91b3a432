//! Finds the part of a document that the generator fails on, by running it on
//! parts of the document. The generator's own error names no place.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use spec_model::{METHODS, escape, members};

/// Returns a pointer to a component or operation that fails alone, with only
/// the components that it refers to.
pub fn bisect(document: &Value, fails: impl Fn(&Value) -> bool) -> Option<String> {
    component(document, &fails).or_else(|| operation(document, &fails))
}

/// Of the components that fail, returns the one that refers to the fewest
/// others.
fn component(document: &Value, fails: &impl Fn(&Value) -> bool) -> Option<String> {
    if !fails(&part(document, json!({}), &document["components"])) {
        return None;
    }
    let pointers = members(document, "/components/schemas")
        .map(|(name, _)| format!("/components/schemas/{}", escape(name)));
    let mut parts: Vec<_> = pointers
        .map(|pointer| {
            let needed = needed(document, [pointer.clone()]);
            (needed.len(), pointer, needed)
        })
        .collect();
    parts.sort();
    let found = parts
        .into_iter()
        .find(|(_, _, needed)| fails(&part(document, json!({}), &kept(document, needed))));
    found.map(|(_, pointer, _)| pointer)
}

fn operation(document: &Value, fails: &impl Fn(&Value) -> bool) -> Option<String> {
    members(document, "/paths").find_map(|(path, item)| {
        METHODS.into_iter().find_map(|method| {
            let mut alone = Map::new();
            alone.insert(method.into(), item.get(method)?.clone());
            if let Some(parameters) = item.get("parameters") {
                alone.insert("parameters".into(), parameters.clone());
            }
            let alone = Value::Object(alone);
            let mut found = BTreeSet::new();
            references(&alone, &mut found);
            let components = kept(document, &needed(document, found));
            fails(&part(document, json!({path: alone}), &components))
                .then(|| format!("/paths/{}/{method}", escape(path)))
        })
    })
}

fn part(document: &Value, paths: Value, components: &Value) -> Value {
    json!({
        "openapi": document["openapi"],
        "info": document["info"],
        "paths": paths,
        "components": components.as_object().cloned().unwrap_or_default(),
    })
}

/// Returns the pointers and all pointers that their targets refer to.
fn needed(document: &Value, start: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut left: Vec<String> = start.into_iter().collect();
    while let Some(pointer) = left.pop() {
        if all.contains(&pointer) {
            continue;
        }
        if let Some(component) = document.pointer(&pointer) {
            let mut found = BTreeSet::new();
            references(component, &mut found);
            left.extend(found);
        }
        all.insert(pointer);
    }
    all
}

/// Returns the components that the pointers refer to.
fn kept(document: &Value, needed: &BTreeSet<String>) -> Value {
    let mut all = Map::new();
    for (section, components) in members(document, "/components") {
        let kept: Map<_, _> = members(components, "")
            .filter(|(name, _)| needed.contains(&format!("/components/{section}/{}", escape(name))))
            .map(|(name, component)| (name.clone(), component.clone()))
            .collect();
        all.insert(section.clone(), kept.into());
    }
    all.into()
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str);
            found.extend(
                target
                    .and_then(|target| target.strip_prefix('#'))
                    .map(str::to_owned),
            );
            members.values().for_each(|inner| references(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| references(inner, found)),
        _ => {}
    }
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
