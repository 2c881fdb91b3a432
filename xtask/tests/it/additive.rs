//! Checks that additions to the document break no program: some are compiled,
//! and one of every kind is judged by `cargo xtask diff`.

mod compiled;
mod every;

use serde_json::{Value, json};
use spec_codegen::lint::Origin;
use spec_diff::compare;
use spec_model::load;
use xtask::{
    diff::rust::{self, RustVerdict},
    workspace,
};

use self::compiled::{Addition, compile};

const ADDITIONS: [Addition; 8] = [
    ("optional_field", |document| {
        let field = json!({"type": "string", "nullable": true, "description": "New."});
        properties(document, "CreateTicket").insert("aaa".into(), field.clone());
        properties(document, "CreateMessage").insert("zzz".into(), field);
    }),
    ("enum_value", |document| {
        for name in ["Channel", "Via", "TicketStatus", "SourceType"] {
            let schema = &mut document["components"]["schemas"][name];
            let values = schema["x-extensible-enum"].as_array_mut().unwrap();
            values.insert(0, "aardvark".into());
        }
    }),
    ("closed_enum_value", |document| {
        let order = &mut document["components"]["schemas"]["TicketOrder"]["enum"];
        order
            .as_array_mut()
            .unwrap()
            .insert(0, "subject:asc".into());
    }),
    ("query_parameter", |document| {
        for (path, at) in [("/api/tickets", 0), ("/api/tickets/{id}", 0)] {
            let parameters = &mut document["paths"][path]["get"]["parameters"];
            parameters.as_array_mut().unwrap().insert(
                at,
                json!({"name": "aaa", "in": "query", "description": "New.",
                       "schema": {"type": "integer", "maximum": 3}}),
            );
        }
    }),
    ("response_field", |document| {
        let field = json!({"type": "integer", "description": "New."});
        for name in ["Ticket", "TicketMessage", "TicketCompact", "TicketList"] {
            properties(document, name).insert("aaa".into(), field.clone());
        }
    }),
    ("request_type_in_a_response", |document| {
        let order = json!({"allOf": [{"$ref": "#/components/schemas/TicketOrder"}],
                           "description": "New."});
        properties(document, "Ticket").insert("order".into(), order);
        let order = &mut document["components"]["schemas"]["TicketOrder"];
        let values = order.as_object_mut().unwrap().shift_remove("enum").unwrap();
        order["x-extensible-enum"] = values;
    }),
    ("operation", |document| {
        document["paths"]["/api/tickets/{id}"]["delete"] = json!({
            "operationId": "delete_ticket", "summary": "Delete a ticket",
            "responses": {"204": {"description": "Gone."}},
        });
    }),
    ("operation_with_types", |document| {
        document["paths"]["/api/tags"] = json!({"post": {
            "operationId": "create_tag", "summary": "Create a tag",
            "requestBody": {"content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/CreateTag"}}}},
            "responses": {"201": {"description": "Made.", "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/TicketTag"}}}}},
        }});
    }),
];

const CLOSED: &str = "closed_enum_value";

fn all_others(document: &mut Value) {
    for (_, add) in ADDITIONS.iter().filter(|(name, _)| *name != CLOSED) {
        add(document);
    }
}

fn properties<'a>(document: &'a mut Value, name: &str) -> &'a mut serde_json::Map<String, Value> {
    let properties = &mut document["components"]["schemas"][name]["properties"];
    properties.as_object_mut().unwrap()
}

#[test]
fn additions_to_the_document_compile_with_the_same_program() {
    // Each document takes seconds to compile. The value that is added to a closed enum
    // is in a document of its own, because another addition makes that enum open.
    let closed = ADDITIONS.iter().find(|(name, _)| *name == CLOSED).unwrap();
    compile(
        "additive",
        &[("unchanged", |_| {}), *closed, ("all_others", all_others)],
    );
}

#[test]
fn an_addition_of_every_kind_is_additive() {
    let root = workspace::find().unwrap();
    let document = load::document(&root.join(workspace::DOCUMENT)).unwrap();
    for (name, add) in every::ADDITIONS {
        let mut changed = document.clone();
        add(&mut changed);
        let wire = compare(&document, &changed);
        let rust = rust::compare(&document, &changed, Origin::Own, &wire);
        assert_eq!(rust.verdict, RustVerdict::Additive, "{name}: {rust:#?}");
    }
}
