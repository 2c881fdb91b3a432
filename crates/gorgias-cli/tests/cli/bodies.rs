//! Bodies that the document allows are accepted.

use serde_json::{Value, json};

use crate::schema::{document, request_schema, valid_bodies};
use crate::support::{Served, run_at, run_with_input, signed_in};

/// Creates a ticket from a body, and returns it.
#[track_caller]
fn accepted(server: &Served, body: &Value) -> Value {
    let create = ["ticket", "create", "--file", "-", "--send-now"];
    let mut command = signed_in(server.base_url(), &create);
    run_with_input(&mut command, body.to_string()).json()
}

#[test]
fn every_example_of_the_document_is_accepted() {
    let document = document();
    let content = &document["paths"]["/api/tickets"]["post"]["requestBody"]["content"];
    let examples = content["application/json"]["examples"].as_object().unwrap();
    assert!(examples.len() >= 5);
    let server = Served::start(&["--limit", "off"]);
    for (name, example) in examples {
        let reference = example["$ref"].as_str().unwrap();
        let example = document.pointer(reference.trim_start_matches('#')).unwrap();
        let ticket = accepted(&server, &example["value"]);
        let sent = &example["value"]["messages"][0];
        assert_eq!(ticket["messages"][0]["channel"], sent["channel"], "{name}");
    }
    let listed = run_at(server.base_url(), &["ticket", "list"]).json();
    assert_eq!(listed.as_array().unwrap().len(), examples.len());
}

#[test]
fn every_kind_of_value_the_document_allows_is_accepted() {
    let server = Served::start(&["--limit", "off", "--accept-email-without-source"]);
    let bodies = valid_bodies(&document(), request_schema());
    assert!(bodies.len() >= 49, "{}", bodies.len());
    for body in &bodies {
        accepted(&server, body);
    }
}

#[test]
fn limits_are_inclusive_and_count_characters() {
    let server = Served::start(&["--limit", "off"]);
    let message = json!({"channel": "carrier-pigeon", "from_agent": false});
    for body in [
        json!({"subject": "\u{1f44b}".repeat(998), "messages": [message]}),
        json!({"external_id": "\u{fc}".repeat(255), "messages": [message]}),
        json!({"tags": [{"name": "x"}, {"name": "\u{fc}".repeat(256)}], "messages": [message]}),
        json!({"messages": vec![message.clone(); 500]}),
        json!({"tags": null, "customer": null, "meta": null, "messages": [message]}),
        json!({"tags": [], "custom_fields": [], "meta": {}, "messages": [message]}),
    ] {
        accepted(&server, &body);
    }
}
