//! Tests of the resources other than tickets and customers.

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};

use crate::support::{call, create, from_customer, get, minimal, send, unlimited};

fn names(list: &Value) -> Vec<&str> {
    let items = list["data"].as_array().unwrap().iter();
    items.map(|item| item["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn tags_have_one_name_each_and_are_merged() {
    let emulator = unlimited();
    let tag = async |body: Value| call(&emulator, Method::POST, "/api/tags", &body).await;
    let late = tag(json!({"name": "late", "decoration": {"color": "#AABBCC"}}))
        .await
        .json();
    assert_eq!(late["decoration"], json!({"color": "#aabbcc"}));
    let vip = tag(json!({"name": "vip"})).await.json();
    assert_eq!(
        tag(json!({"name": "vip"})).await.status,
        StatusCode::BAD_REQUEST
    );
    let list = get(&emulator, "/api/tags?order_by=name&search=L")
        .await
        .json();
    assert_eq!(names(&list), ["late"]);
    let ticket = create(
        &emulator,
        &from_customer("a@example.com", json!({"tags": [{"name": "vip"}]})),
    )
    .await;
    let path = format!("/api/tags/{}", late["id"]);
    let renamed = call(&emulator, Method::PUT, &path, &json!({"name": "too late"}))
        .await
        .json();
    assert_eq!(renamed["decoration"], late["decoration"]);
    let taken = call(&emulator, Method::PUT, &path, &json!({"name": "vip"})).await;
    assert_eq!(taken.status, StatusCode::BAD_REQUEST);
    let merge = json!({"source_tags_ids": [vip["id"]]});
    let merged = call(&emulator, Method::PUT, &format!("{path}/merge"), &merge).await;
    assert_eq!(merged.json()["name"], "too late");
    let tags = get(&emulator, &format!("/api/tickets/{}/tags", ticket["id"]))
        .await
        .json();
    assert_eq!(names(&tags), ["too late"]);
    assert_eq!(
        names(&get(&emulator, "/api/tags").await.json()),
        ["too late"]
    );
}

#[tokio::test]
async fn fields_are_defined_once_and_the_service_orders_them() {
    let emulator = unlimited();
    let body = |label: &str| {
        json!({"object_type": "Ticket", "label": label, "priority": 0,
        "definition": {"data_type": "text", "input_settings": {"input_type": "input"}}})
    };
    let path = "/api/custom-fields";
    let mut fields = Vec::new();
    for label in ["One", "Two"] {
        fields.push(
            call(&emulator, Method::POST, path, &body(label))
                .await
                .json(),
        );
    }
    assert!(fields[0]["priority"].as_i64() < fields[1]["priority"].as_i64());
    let again = call(&emulator, Method::POST, path, &body("One")).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    let order = json!([{"id": fields[0]["id"], "priority": 99}]);
    let reply = call(&emulator, Method::PUT, path, &order).await.json();
    assert_eq!(reply["data"][0]["priority"], 99);
    let taken = json!([
        {"id": fields[0]["id"], "label": "Three"},
        {"id": fields[1]["id"], "label": "Three"},
    ]);
    let refused = call(&emulator, Method::PUT, path, &taken).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let one = format!("{path}/{}", fields[1]["id"]);
    let off = json!({"deactivated_datetime": "2026-01-05T09:00:00Z"});
    call(&emulator, Method::PUT, &one, &off).await;
    let labels = async |query: &str| -> Vec<Value> {
        let list = get(&emulator, &format!("{path}?object_type=Ticket{query}"))
            .await
            .json();
        let items = list["data"].as_array().unwrap().iter();
        items.map(|item| item["label"].clone()).collect()
    };
    assert_eq!(labels("").await, ["One", "Two"]);
    assert_eq!(labels("&archived=false").await, ["One"]);
    assert_eq!(labels("&archived=true").await, ["Two"]);
}

#[tokio::test]
async fn whoever_asks_with_an_api_key_is_a_user() {
    let emulator = unlimited();
    emulator
        .load(json!({"users": [{"id": 5, "name": "Zoe Last", "email": "zoe@acme.example"}]}))
        .unwrap();
    // agent@acme.example:key
    let request = Request::get("/api/users")
        .header("authorization", "Basic YWdlbnRAYWNtZS5leGFtcGxlOmtleQ==")
        .body(Bytes::new())
        .unwrap();
    let users = send(&emulator, request).await.json();
    assert_eq!(users["data"][0]["email"], "agent@acme.example");
    assert_eq!(users["data"][1]["firstname"], "Zoe");
    let found = get(&emulator, "/api/users?email=zoe@acme.example")
        .await
        .json();
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
    assert_eq!(
        get(&emulator, "/api/users/5").await.json()["name"],
        "Zoe Last"
    );
    assert_eq!(
        get(&emulator, "/api/users/6").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_loaded_is_listed_and_comes_back_in_a_dump() {
    let emulator = unlimited();
    let data = json!({
        "teams": [{"id": 1, "name": "Nights"}],
        "integrations": [{"id": 2, "type": "email", "meta": {"address": "help@acme.example"}},
            {"id": 3, "type": "http"}],
        "views": [{"id": 4, "name": "All"}],
    });
    emulator.load(data).unwrap();
    create(&emulator, &minimal()).await;
    let list = get(&emulator, "/api/integrations?type=email").await.json();
    assert_eq!(list["data"][0]["meta"]["address"], "help@acme.example");
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!(
        names(&get(&emulator, "/api/teams").await.json()),
        ["Nights"]
    );
    let items = get(&emulator, "/api/views/4/items").await.json();
    assert_eq!(items["data"].as_array().unwrap().len(), 1);
    assert_eq!(
        get(&emulator, "/api/views/9/items").await.status,
        StatusCode::NOT_FOUND
    );
    let copy = unlimited();
    copy.load(emulator.dump()).unwrap();
    assert_eq!(copy.dump(), emulator.dump());
    let nothing = emulator
        .load(json!({"teams": [{"id": "x"}, 5]}))
        .unwrap_err();
    let problems: Vec<_> = nothing.problems().map(|(pointer, _)| pointer).collect();
    assert_eq!(problems, ["/teams/0/id", "/teams/1"]);
}

#[tokio::test]
async fn the_events_of_a_request_share_a_context_and_come_as_recorded() {
    let emulator = unlimited();
    let keys = json!({"assignee_user": {"id": 5}});
    let ticket = create(&emulator, &from_customer("jane@example.com", keys)).await;
    let path = "/api/events?order_by=created_datetime:asc";
    let events = get(&emulator, path).await.json()["data"].clone();
    let events = events.as_array().unwrap();
    let kinds: Vec<_> = events
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    let recorded = [
        "ticket-created",
        "ticket-message-created",
        "ticket-updated",
        "ticket-assigned",
        "ticket-updated",
    ];
    assert_eq!(kinds, recorded);
    assert_eq!(events[3]["data"], json!({"assignee_user_id": 5}));
    assert!(
        events
            .iter()
            .all(|event| event["context"] == events[0]["context"])
    );
    let keys: Vec<_> = events[0].as_object().unwrap().keys().collect();
    let recorded = [
        "id",
        "context",
        "created_datetime",
        "data",
        "object_id",
        "object_type",
        "type",
        "user_id",
        "uri",
    ];
    assert_eq!(keys, recorded);
    let one = get(&emulator, events[0]["uri"].as_str().unwrap()).await;
    assert_eq!(one.json(), events[0]);

    let update = json!({"status": "closed"});
    let one = format!("/api/tickets/{}", ticket["id"]);
    call(&emulator, Method::PUT, &one, &update).await;
    let query = format!("{path}&object_id={}&types=ticket-closed", ticket["id"]);
    let closed = get(&emulator, &query).await.json();
    assert_eq!(closed["data"].as_array().unwrap().len(), 1);
    assert_ne!(closed["data"][0]["context"], events[0]["context"]);
}

#[tokio::test]
async fn a_ticket_has_one_survey() {
    let emulator = unlimited();
    let ticket = create(&emulator, &from_customer("a@example.com", json!({}))).await;
    let body = json!({"ticket_id": ticket["id"], "customer_id": ticket["customer"]["id"]});
    let path = "/api/satisfaction-surveys";
    let survey = call(&emulator, Method::POST, path, &body).await.json();
    let again = call(&emulator, Method::POST, path, &body).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    let change = json!({"score": 5});
    let one = format!("{path}/{}", survey["id"]);
    let scored = call(&emulator, Method::PUT, &one, &change).await.json();
    assert_eq!(
        (&scored["score"], &scored["ticket_id"]),
        (&json!(5), &ticket["id"])
    );
    let read = get(&emulator, &format!("/api/tickets/{}", ticket["id"]))
        .await
        .json();
    assert_eq!(read["satisfaction_survey"], Value::Null);
}

#[tokio::test]
async fn search_finds_parts_of_names_and_addresses() {
    let emulator = unlimited();
    for email in ["jane@example.com", "joe@example.com"] {
        create(&emulator, &from_customer(email, json!({}))).await;
    }
    let search = async |body: Value| {
        let reply = call(&emulator, Method::POST, "/api/search", &body).await;
        assert!(reply.status.is_success(), "{:?}", reply.body);
        reply.json()["data"].as_array().unwrap().len()
    };
    assert_eq!(
        search(json!({"type": "customer", "query": "JANE"})).await,
        1
    );
    assert_eq!(
        search(json!({"type": "customer", "query": "example", "size": 1})).await,
        1
    );
    assert_eq!(search(json!({"type": "tag", "query": "x"})).await, 0);
    let account = get(&emulator, "/api/account").await.json();
    assert_eq!(account["domain"], "acme");
    assert_eq!(
        get(&emulator, "/api/account/settings").await.status,
        StatusCode::OK
    );
}
