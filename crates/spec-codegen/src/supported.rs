//! A document without the operations that there is no code for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Map, Value};
use spec_model::{METHODS, escape, members, steps};

use crate::{
    lint::{self, Finding, Origin, Severity},
    pipeline::{self, Failure},
};

/// An operation that was left out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Skipped {
    pub method: &'static str,
    pub path: String,
    /// What stands in its way, with the place.
    pub reason: String,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = self.method.to_uppercase();
        write!(f, "{method} {}: {}", self.path, self.reason)
    }
}

/// Leaves out the operations that the lint or the generator refuses, and the
/// components that only they need. Returns what was left out.
///
/// # Errors
///
/// When something is wrong with the document that no operation is to blame for.
pub fn leave_out(document: &mut Value) -> Result<Vec<Skipped>, Failure> {
    let needed = needed(document);
    let mut skipped = Vec::new();
    loop {
        let findings = lint::lint(document, Origin::Foreign).into_iter();
        let mut errors: Vec<_> = findings
            .filter(|finding| finding.severity == Severity::Error)
            .collect();
        if errors.is_empty() {
            match pipeline::code(document, Origin::Foreign) {
                Ok(_) => return Ok(skipped),
                Err(Failure::Refused(found)) => errors = found,
                Err(failure) => return Err(failure),
            }
        }
        let before = skipped.len();
        for error in &errors {
            skip(document, error, &mut skipped);
        }
        let pruned = prune(document, &needed, &errors);
        if skipped.len() == before && !pruned {
            return Err(Failure::Refused(errors));
        }
    }
}

/// Leaves operations out of a document, whatever they are.
pub fn without(document: &mut Value, skipped: &[Skipped]) {
    let needed = needed(document);
    for Skipped { method, path, .. } in skipped {
        take(document, path, method);
    }
    prune(document, &needed, &[]);
}

fn take(document: &mut Value, path: &str, method: &str) -> bool {
    let item = document
        .get_mut("paths")
        .and_then(|paths| paths.get_mut(path));
    let operations = item.and_then(Value::as_object_mut);
    operations.is_some_and(|operations| operations.shift_remove(method).is_some())
}

/// Leaves out what an error is about.
fn skip(document: &mut Value, error: &Finding, skipped: &mut Vec<Skipped>) {
    let place: Vec<_> = steps(&error.pointer).collect();
    let place: Vec<&str> = place.iter().map(|step| &**step).collect();
    let operations = match place.as_slice() {
        ["paths", path, method, ..] if METHODS.contains(method) => {
            vec![((*path).to_owned(), (*method).to_owned())]
        }
        ["paths", path, ..] => all(document, |other, _| other == *path),
        ["components", section, name, ..] => {
            let users = users(document, section, name);
            all(document, |_, operation| uses(operation, &users))
        }
        _ => return,
    };
    for (path, method) in operations {
        let known = METHODS.into_iter().find(|known| *known == method);
        if let Some(method) = known.filter(|method| take(document, &path, method)) {
            skipped.push(Skipped {
                method,
                path,
                reason: format!("{} at #{}", error.message, error.pointer),
            });
        }
    }
    // A path that is itself what is wrong has no operations.
    if let ["paths", path] = place.as_slice()
        && let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut)
        && let Some(item) = paths.shift_remove(*path)
        && item.get("$ref").is_some()
    {
        skipped.push(Skipped {
            method: "any",
            path: (*path).to_owned(),
            reason: error.message.clone(),
        });
    }
}

/// The operations that a question is answered with yes for, by path and method.
fn all(document: &Value, is: impl Fn(&str, &Value) -> bool) -> Vec<(String, String)> {
    let found = spec_model::operations(document).filter(|operation| {
        // What a path says is said of all of its operations.
        let shared = operation.item.get("parameters");
        is(operation.path, operation.value) || shared.is_some_and(|one| is(operation.path, one))
    });
    found
        .map(|operation| (operation.path.to_owned(), operation.method.to_owned()))
        .collect()
}

/// References to a component, and to those that lead to it.
fn users(document: &Value, section: &str, name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::from([target(section, name)]);
    let components = components(document);
    loop {
        let before = found.len();
        for (section, name, references) in &components {
            if !references.is_disjoint(&found) {
                found.insert(target(section, name));
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// Every component, with what it refers to.
fn components(document: &Value) -> Vec<(&str, &str, BTreeSet<String>)> {
    let sections = members(document, "/components");
    let components = sections.flat_map(|(section, components)| {
        members(components, "").map(move |(name, component)| (section, name, component))
    });
    components
        .map(|(section, name, component)| {
            let mut references = BTreeSet::new();
            collect(component, &mut references);
            (section.as_str(), name.as_str(), references)
        })
        .collect()
}

fn uses(operation: &Value, targets: &BTreeSet<String>) -> bool {
    let mut references = BTreeSet::new();
    collect(operation, &mut references);
    !references.is_disjoint(targets)
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str);
            found.extend(target.map(str::to_owned));
            // A discriminator names schemas by reference too.
            let mapping = members.get("mapping").and_then(Value::as_object);
            let named = mapping.into_iter().flat_map(Map::values);
            found.extend(named.filter_map(Value::as_str).map(str::to_owned));
            members.values().for_each(|inner| collect(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| collect(inner, found)),
        _ => {}
    }
}

/// The components that something outside of them leads to.
fn needed(document: &Value) -> BTreeSet<String> {
    let components = components(document).into_iter();
    let edges: BTreeMap<String, BTreeSet<String>> = components
        .map(|(section, name, references)| (target(section, name), references))
        .collect();
    let mut needed = BTreeSet::new();
    for (section, value) in members(document, "") {
        if section != "components" {
            collect(value, &mut needed);
        }
    }
    let mut open: Vec<String> = needed.iter().cloned().collect();
    while let Some(next) = open.pop() {
        for target in edges.get(&next).into_iter().flatten() {
            if needed.insert(target.clone()) {
                open.push(target.clone());
            }
        }
    }
    needed
}

/// Takes away the components that something is wrong with, and those that were
/// needed and are no more. Says whether there were any.
fn prune(document: &mut Value, needed_before: &BTreeSet<String>, errors: &[Finding]) -> bool {
    let mut gone = BTreeSet::new();
    for error in errors {
        let place: Vec<_> = steps(&error.pointer).collect();
        if let [components, section, name, ..] = place.as_slice()
            && components == "components"
        {
            gone.extend(users(document, section, name));
        }
    }
    let needed = needed(document);
    gone.extend(needed_before.difference(&needed).cloned());
    let mut pruned = false;
    let sections = document
        .get_mut("components")
        .and_then(Value::as_object_mut);
    for (section, components) in sections.into_iter().flatten() {
        if let Value::Object(components) = components {
            let before = components.len();
            components.retain(|name, _| !gone.contains(&target(section, name)));
            pruned |= components.len() < before;
        }
    }
    pruned
}

fn target(section: &str, name: &str) -> String {
    format!("#/components/{section}/{}", escape(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn operation(id: &str, target: Option<&str>) -> Value {
        let content =
            target.map(|target| json!({"application/json": {"schema": {"$ref": target}}}));
        let mut response = json!({"description": "ok"});
        if let Some(content) = content {
            response["content"] = content;
        }
        json!({"operationId": id, "responses": {"200": response}})
    }

    fn document(schemas: Value) -> Value {
        let mut odd = operation("list_odd", None);
        odd["parameters"] = json!([{"name": "s", "in": "cookie", "schema": {"type": "string"}}]);
        json!({
            "openapi": "3.0.3", "info": {"title": "", "version": "1"},
            "paths": {
                "/good": {"get": operation("get_good", Some("#/components/schemas/Good"))},
                "/odd": {
                    "get": odd,
                    "post": operation("add_odd", Some("#/components/schemas/Uses")),
                },
            },
            "components": {"schemas": schemas},
        })
    }

    fn left(document: &Value) -> Vec<&String> {
        members(document, "/components/schemas")
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn odd_operations_go_with_what_only_they_need() {
        let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        let mut document = document(json!({
            "Good": object,
            "Alone": object,
            "Uses": {"type": "object", "properties": {"bad": {"$ref": "#/components/schemas/Bad"}}},
            "Bad": {"type": "strange"},
        }));
        let skipped = leave_out(&mut document).unwrap_or_else(|failure| panic!("{failure}"));
        let told: Vec<_> = skipped.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "GET /odd: the parameter goes in a cookie, which the generator has no code for \
                 at #/paths/~1odd/get/parameters/0",
                "POST /odd: OpenAPI 3.0 has no type \"strange\" at #/components/schemas/Bad/type",
            ]
        );
        assert_eq!(left(&document), ["Good", "Alone"]);
        assert!(pipeline::run(&document, Origin::Foreign).is_ok());
    }

    #[test]
    fn the_same_operations_can_be_left_out_of_another_document() {
        let object = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        let mut document = document(json!({"Good": object, "Uses": object}));
        let skipped = Skipped {
            method: "post",
            path: "/odd".to_owned(),
            reason: String::new(),
        };
        without(&mut document, &[skipped]);
        assert_eq!(left(&document), ["Good"]);
        assert!(document["paths"]["/odd"].get("post").is_none());
        assert!(document["paths"]["/odd"].get("get").is_some());
    }

    #[test]
    fn what_is_wrong_with_the_whole_document_is_no_operations_fault() {
        let mut document = document(json!({}));
        document["openapi"] = json!("3.1.0");
        let Err(Failure::Refused(findings)) = leave_out(&mut document) else {
            panic!("was taken");
        };
        assert_eq!(findings[0].pointer, "/openapi");
    }
}
