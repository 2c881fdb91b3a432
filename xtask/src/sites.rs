//! Finds every schema of a document, and says what each is for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// The methods that may hold an operation.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The prefix of a reference to a component schema.
pub const SCHEMAS: &str = "#/components/schemas/";

/// Where a schema tree hangs in the document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Root {
    Component(String),
    Request,
    Response,
    ErrorResponse,
}

/// One schema.
#[derive(Clone, Debug)]
pub struct Site {
    pub pointer: String,
    pub root: Root,
    /// Whether the schema is the root itself.
    pub is_root: bool,
    /// The property's name, when the schema describes a property.
    pub property: Option<String>,
}

/// Every schema of the document, parents before children.
pub fn sites(document: &Value) -> Vec<Site> {
    let mut found = Vec::new();
    for (name, schema) in members(document, "/components/schemas") {
        let pointer = format!("/components/schemas/{}", escape(name));
        collect(
            schema,
            pointer,
            &Root::Component(name.clone()),
            true,
            None,
            &mut found,
        );
    }
    for (name, parameter) in members(document, "/components/parameters") {
        let pointer = format!("/components/parameters/{}", escape(name));
        parameter_sites(parameter, pointer, &mut found);
    }
    for (name, body) in members(document, "/components/requestBodies") {
        let pointer = format!("/components/requestBodies/{}", escape(name));
        content_sites(body, pointer, &Root::Request, &mut found);
    }
    for (name, response) in members(document, "/components/responses") {
        let pointer = format!("/components/responses/{}", escape(name));
        content_sites(response, pointer, &Root::Response, &mut found);
    }
    for (path, item) in members(document, "/paths") {
        let base = format!("/paths/{}", escape(path));
        for (index, parameter) in list(item, "parameters") {
            parameter_sites(parameter, format!("{base}/parameters/{index}"), &mut found);
        }
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                operation_sites(operation, &format!("{base}/{method}"), &mut found);
            }
        }
    }
    found
}

fn operation_sites(operation: &Value, base: &str, found: &mut Vec<Site>) {
    for (index, parameter) in list(operation, "parameters") {
        parameter_sites(parameter, format!("{base}/parameters/{index}"), found);
    }
    if let Some(body) = operation.get("requestBody") {
        content_sites(body, format!("{base}/requestBody"), &Root::Request, found);
    }
    for (status, response) in members(operation, "/responses") {
        let root = if is_success(status) {
            Root::Response
        } else {
            Root::ErrorResponse
        };
        let pointer = format!("{base}/responses/{}", escape(status));
        content_sites(response, pointer, &root, found);
    }
}

/// Whether a response key means success.
pub fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

fn parameter_sites(parameter: &Value, pointer: String, found: &mut Vec<Site>) {
    if let Some(schema) = parameter.get("schema") {
        collect(
            schema,
            format!("{pointer}/schema"),
            &Root::Request,
            true,
            None,
            found,
        );
    }
}

fn content_sites(holder: &Value, pointer: String, root: &Root, found: &mut Vec<Site>) {
    for (media, content) in members(holder, "/content") {
        if let Some(schema) = content.get("schema") {
            let pointer = format!("{pointer}/content/{}/schema", escape(media));
            collect(schema, pointer, root, true, None, found);
        }
    }
}

fn collect(
    schema: &Value,
    pointer: String,
    root: &Root,
    is_root: bool,
    property: Option<&str>,
    found: &mut Vec<Site>,
) {
    let Some(keywords) = schema.as_object() else {
        return;
    };
    found.push(Site {
        pointer: pointer.clone(),
        root: root.clone(),
        is_root,
        property: property.map(str::to_owned),
    });
    for keyword in ["items", "additionalProperties", "not"] {
        if let Some(inner) = keywords.get(keyword) {
            collect(
                inner,
                format!("{pointer}/{keyword}"),
                root,
                false,
                None,
                found,
            );
        }
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        for (index, inner) in list(schema, keyword) {
            collect(
                inner,
                format!("{pointer}/{keyword}/{index}"),
                root,
                false,
                None,
                found,
            );
        }
    }
    for (name, inner) in members(schema, "/properties") {
        let pointer = format!("{pointer}/properties/{}", escape(name));
        collect(inner, pointer, root, false, Some(name), found);
    }
}

/// The members of the object at `pointer`, none when there is no object.
pub fn members<'a>(
    value: &'a Value,
    pointer: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value
        .pointer(pointer)
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}

/// The items of a list member, none when there is no list.
pub fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = (usize, &'a Value)> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
}

/// Escapes one step of a JSON pointer.
pub fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// The component that a schema refers to: directly, or by the `allOf` of one
/// member that a description beside a reference needs.
pub fn reference(schema: &Value) -> Option<&str> {
    let holder = match schema.get("allOf").and_then(Value::as_array) {
        Some(all) if all.len() == 1 => &all[0],
        _ => schema,
    };
    holder.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

/// Which component schemas requests and responses lead to.
#[derive(Debug, Default)]
pub struct Reach {
    pub requests: BTreeSet<String>,
    pub responses: BTreeSet<String>,
}

impl Reach {
    pub fn of(document: &Value, sites: &[Site]) -> Self {
        let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut requests = Vec::new();
        let mut responses = Vec::new();
        for site in sites {
            let target = document
                .pointer(&site.pointer)
                .and_then(|schema| schema.get("$ref"))
                .and_then(Value::as_str)
                .and_then(|target| target.strip_prefix(SCHEMAS));
            let Some(target) = target else { continue };
            match &site.root {
                Root::Component(name) => {
                    edges.entry(name).or_default().insert(target);
                }
                Root::Request => requests.push(target),
                Root::Response => responses.push(target),
                Root::ErrorResponse => {}
            }
        }
        Self {
            requests: closure(requests, &edges),
            responses: closure(responses, &edges),
        }
    }
}

fn closure(start: Vec<&str>, edges: &BTreeMap<&str, BTreeSet<&str>>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = start;
    while let Some(name) = open.pop() {
        if reached.insert(name.to_owned()) {
            open.extend(edges.get(name).into_iter().flatten());
        }
    }
    reached
}
