//! Every filter of a list in the document is applied.

use gorgias_emulator::Emulator;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{call, create, from_customer, get, unlimited};

/// Parameters of lists that choose a page or an order.
const PAGING: [&str; 4] = ["cursor", "limit", "order_by", "available_first"];

/// An emulator in which every list has an item.
async fn filled() -> Emulator {
    let emulator = unlimited();
    let loaded = json!({
        "users": [{"id": 5, "email": "ann@acme.example", "name": "Ann Lee"}],
        "tags": [{"id": 6, "name": "vip"}],
        "integrations": [{"id": 7, "name": "Shop", "type": "http"}],
        "views": [{"id": 9, "name": "Open", "category": "user"}],
        "satisfaction_surveys": [{"id": 8, "ticket_id": 1, "customer_id": 1}],
    });
    emulator.load(loaded).unwrap();
    let trashed = json!({"trashed_datetime": "2026-01-01T00:00:00Z"});
    create(&emulator, &from_customer("jane@example.com", trashed)).await;
    let field = json!({"object_type": "Ticket", "label": "Size",
        "definition": {"data_type": "text", "input_settings": {"input_type": "input"}}});
    let reply = call(&emulator, Method::POST, "/api/custom-fields", &field).await;
    assert!(reply.status.is_success(), "{}", reply.json());
    emulator
}

/// The number of items in a list.
async fn items(emulator: &Emulator, path: &str) -> usize {
    let reply = get(emulator, path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.json());
    reply.json()["data"].as_array().unwrap().len()
}

fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(pointer) => document.pointer(&pointer[1..]).unwrap(),
        None => value,
    }
}

/// Values of which at least one fits fewer items than there are.
fn values<'a>(document: &'a Value, schema: &'a Value) -> Vec<&'a str> {
    let schema = resolved(document, schema);
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().filter_map(Value::as_str).collect();
    }
    if schema["pattern"] == "^[a-z]{2}$" {
        return vec!["zz"];
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("array"), _) => values(document, &schema["items"]),
        (Some("boolean"), _) => vec!["true", "false"],
        (Some("integer"), _) => vec!["987654"],
        (_, Some("date-time")) => vec!["1999-01-01T00:00:00Z", "2999-01-01T00:00:00Z"],
        _ => vec!["nobody@example.com"],
    }
}

#[tokio::test]
async fn every_filter_of_the_document_narrows_its_list() {
    let emulator = filled().await;
    let document: Value = serde_json::from_str(include_str!("../../src/document.json")).unwrap();
    let (mut filters, mut ignored) = (0, Vec::new());
    for (path, item) in document["paths"].as_object().unwrap() {
        let parameters = item["get"]["parameters"].as_array();
        // The others are no lists of the account.
        let Some(parameters) = parameters.filter(|_| !path.contains('{')) else {
            continue;
        };
        let parameters = parameters.iter();
        let parameters = parameters.map(|parameter| resolved(&document, parameter));
        let parameters = parameters.filter(|parameter| parameter["in"] == "query");
        let query = |parameter: &Value| {
            let name = parameter["name"].as_str().unwrap();
            let values = values(&document, &parameter["schema"]).into_iter();
            let queries = values.map(|value| format!("&{name}={value}"));
            queries.collect::<Vec<_>>()
        };
        let required = parameters.clone();
        let required = required.filter(|parameter| parameter["required"] == true);
        let required: String = required
            .map(|parameter| query(parameter)[0].clone())
            .collect();
        let all = items(&emulator, &format!("{path}?{required}")).await;
        for parameter in parameters {
            let name = parameter["name"].as_str().unwrap();
            if PAGING.contains(&name) {
                continue;
            }
            assert!(all > 0, "{path} has no item");
            let mut least = all;
            for query in query(parameter) {
                let others = match parameter["required"] == true {
                    true => "",
                    false => &required,
                };
                least = least.min(items(&emulator, &format!("{path}?{others}{query}")).await);
            }
            filters += 1;
            if least == all {
                ignored.push(format!("{name} of {path}"));
            }
        }
    }
    assert_eq!(ignored, [""; 0]);
    assert!(filters > 25, "{filters} filters");
}
