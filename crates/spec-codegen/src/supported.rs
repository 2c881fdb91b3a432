//! Removes from a document the operations for which no code can be generated.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;
use spec_model::{METHODS, members, steps};

use crate::{
    components::{Components, kept, references, target},
    lint::{Finding, Origin, Severity},
    pipeline::{self, Failure},
};

/// An operation that was left out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Skipped {
    pub method: &'static str,
    pub path: String,
    /// The problem and its place.
    pub reason: String,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = self.method.to_uppercase();
        write!(f, "{method} {}: {}", self.path, self.reason)
    }
}

/// Leaves out the operations that the lint or the generator refuses, and the components that
/// only such operations need. Returns the operations that were left out.
///
/// # Errors
///
/// If the document has an error that doesn't belong to an operation.
pub fn leave_out(document: &mut Value) -> Result<Vec<Skipped>, Failure> {
    let needed = needed(document);
    let mut skipped = Vec::new();
    loop {
        let mut errors = match pipeline::code(document, Origin::Foreign) {
            Ok(_) => return Ok(skipped),
            Err(Failure::Refused(findings)) => findings,
            Err(failure) => return Err(failure),
        };
        errors.retain(|finding| finding.severity == Severity::Error);
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

/// Leaves the given operations out of a document.
pub fn without(document: &mut Value, skipped: &[Skipped]) {
    let needed = needed(document);
    for Skipped { method, path, .. } in skipped {
        take(document, path, method);
    }
    prune(document, &needed, &[]);
}

/// Removes an operation.
fn take(document: &mut Value, path: &str, method: &str) {
    let item = document
        .get_mut("paths")
        .and_then(|paths| paths.get_mut(path));
    if let Some(operations) = item.and_then(Value::as_object_mut) {
        operations.shift_remove(method);
    }
}

/// Leaves out the operations that an error is about.
fn skip(document: &mut Value, error: &Finding, skipped: &mut Vec<Skipped>) {
    let place: Vec<_> = steps(&error.pointer).collect();
    let place: Vec<&str> = place.iter().map(|step| &**step).collect();
    let users = users(document, error);
    let uses = |value: &Value| !references(value).is_disjoint(&users);
    let operations = spec_model::operations(document).filter(|one| match place.as_slice() {
        ["paths", path, method, ..] if METHODS.contains(method) => {
            one.path == *path && one.method == *method
        }
        ["paths", path, ..] => one.path == *path,
        // The parameters of a path apply to all its operations.
        _ => uses(one.value) || one.item.get("parameters").is_some_and(uses),
    });
    let operations: Vec<_> = operations
        .map(|one| (one.path.to_owned(), one.method))
        .collect();
    for (path, method) in operations {
        take(document, &path, method);
        skipped.push(Skipped {
            method,
            path,
            reason: format!("{} at #{}", error.message, error.pointer),
        });
    }
    // If the error is about the path itself, the path is left out too.
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

/// Returns the component that an error is about, and the components that lead to it.
fn users(document: &Value, error: &Finding) -> BTreeSet<String> {
    let mut place = steps(&error.pointer);
    match (place.next().as_deref(), place.next(), place.next()) {
        (Some("components"), Some(section), Some(name)) => {
            Components::of(document).users(target(&section, &name))
        }
        _ => BTreeSet::new(),
    }
}

/// Returns the components that the other sections of the document lead to.
fn needed(document: &Value) -> BTreeSet<String> {
    let outside = members(document, "").filter(|(section, _)| *section != "components");
    let start = outside.flat_map(|(_, value)| references(value));
    Components::of(document).lead_to(start.collect())
}

/// Removes the components with an error, and components that are no longer needed. Returns
/// whether any were removed.
fn prune(document: &mut Value, needed_before: &BTreeSet<String>, errors: &[Finding]) -> bool {
    let wrong = errors.iter().flat_map(|error| users(document, error));
    let mut gone: BTreeSet<String> = wrong.collect();
    let needed = needed(document);
    gone.extend(needed_before.difference(&needed).cloned());
    let kept = kept(document, |reference| !gone.contains(reference));
    match document.get_mut("components") {
        Some(components) if *components != kept => {
            *components = kept;
            true
        }
        _ => false,
    }
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
