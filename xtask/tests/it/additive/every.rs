//! Additions to all places of a kind at once. Adding to one place at a time
//! would take hours, and finds no more.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use spec_model::{METHODS, MessageComponents, sites::sites};

use super::compiled::Addition;

pub const ADDITIONS: [Addition; 6] = [
    ("every_answer_read_alone", every_answer_read_alone),
    ("every_answer_listed", every_answer_listed),
    ("every_request_sent_alone", every_request_sent_alone),
    ("every_member_nullable", every_member_nullable),
    ("a_parameter_everywhere", a_parameter_everywhere),
    ("a_value_in_every_enum", a_value_in_every_enum),
];

/// Adds an operation for each object in a response, which returns that object.
fn every_answer_read_alone(document: &mut Value) {
    let components = objects(document, |components| &components.responses);
    for (index, name) in components.iter().enumerate() {
        let content = json!({"application/json": {"schema": reference(name)}});
        let answer = json!({"description": "It.", "content": content});
        add_operation(
            document,
            "get",
            &format!("get_new_{index}"),
            &json!({}),
            &answer,
        );
    }
}

/// Adds an operation for each object in a response, which returns a list of
/// that object.
fn every_answer_listed(document: &mut Value) {
    let components = objects(document, |components| &components.responses);
    for (index, name) in components.iter().enumerate() {
        let mut page = document["components"]["schemas"]["TicketList"].clone();
        page["properties"]["data"]["items"] = reference(name);
        let list = format!("New{index}List");
        schemas(document).insert(list.clone(), page);
        let parameters = [json!({"$ref": "#/components/parameters/Cursor"})];
        let content = json!({"application/json": {"schema": reference(&list)}});
        let answer = json!({"description": "They.", "content": content});
        let more = json!({"parameters": parameters});
        add_operation(
            document,
            "get",
            &format!("list_new_{index}"),
            &more,
            &answer,
        );
    }
}

/// Adds an operation for each object in a request, which takes that object.
fn every_request_sent_alone(document: &mut Value) {
    let components = objects(document, |components| &components.requests);
    for (index, name) in components.iter().enumerate() {
        let content = json!({"application/json": {"schema": reference(name)}});
        let more = json!({"requestBody": {"required": true, "content": content}});
        let answer = json!({"description": "Done."});
        add_operation(document, "put", &format!("put_new_{index}"), &more, &answer);
    }
}

/// Makes every property of a request nullable.
fn every_member_nullable(document: &mut Value) {
    for name in objects(document, |components| &components.requests) {
        let properties = &mut schemas(document)[&name]["properties"];
        for property in properties.as_object_mut().unwrap().values_mut() {
            property["nullable"] = true.into();
        }
    }
}

/// Adds a parameter to every operation.
fn a_parameter_everywhere(document: &mut Value) {
    let paths = document["paths"].as_object_mut().unwrap();
    for item in paths.values_mut() {
        for method in METHODS {
            let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) else {
                continue;
            };
            let parameters = operation.entry("parameters").or_insert(json!([]));
            parameters.as_array_mut().unwrap().insert(
                0,
                json!({"name": "brand_new", "in": "query", "description": "New.",
                       "schema": {"type": "integer"}}),
            );
        }
    }
}

/// Adds a value to every enum.
fn a_value_in_every_enum(document: &mut Value) {
    for schema in schemas(document).values_mut() {
        // A closed view must not have values that its open enum doesn't have.
        if schema.get("allOf").is_some() {
            continue;
        }
        for keyword in ["enum", "x-extensible-enum"] {
            if let Some(values) = schema.get_mut(keyword).and_then(Value::as_array_mut) {
                values.insert(0, "aardvark".into());
            }
        }
    }
}

/// Returns the components of a direction that have properties.
fn objects(
    document: &Value,
    direction: impl Fn(&MessageComponents) -> &BTreeSet<String>,
) -> Vec<String> {
    let components = MessageComponents::of(&sites(document));
    let has_members = |name: &String| {
        let schema = &document["components"]["schemas"][name];
        schema.get("properties").is_some()
    };
    let found = direction(&components).iter().cloned();
    let found: Vec<_> = found.filter(has_members).collect();
    assert!(found.len() > 10, "{found:?}");
    found
}

fn schemas(document: &mut Value) -> &mut Map<String, Value> {
    document["components"]["schemas"].as_object_mut().unwrap()
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn add_operation(document: &mut Value, method: &str, id: &str, more: &Value, answer: &Value) {
    let mut operation = json!({"operationId": id, "summary": "New", "responses": {"200": answer}});
    let members = operation.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    document["paths"][format!("/api/new/{id}")] = json!({ method: operation });
}
