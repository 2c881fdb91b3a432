//! Tests of loading and dumping.

use gorgias_emulator::Emulator;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{build, call, create, from_customer, get, unlimited};

#[tokio::test]
async fn a_dump_can_be_loaded_and_is_the_same_account() {
    let emulator = unlimited();
    let keys = json!({
        "external_id": "shop-1", "tags": [{"name": "vip"}],
        "custom_fields": [{"id": 3, "value": "a::b"}], "status": "closed"
    });
    create(&emulator, &from_customer("jane@example.com", keys)).await;
    let outgoing = json!({"via": "api", "messages": [{
        "channel": "sms", "via": "sms", "from_agent": true,
        "sender": {"email": "agent@example.com", "name": "Ann"},
        "receiver": {"email": "joe@example.com"}, "body_text": "Hello"
    }]});
    create(&emulator, &outgoing).await;
    let dump = emulator.dump();

    let copy = unlimited();
    assert_eq!(copy.load(dump.clone()).unwrap(), 2);

    assert_eq!(copy.dump(), dump);
    assert_eq!(copy.count_with_external_id("shop-1"), 1);
    let next = create(&copy, &from_customer("jane@example.com", json!({}))).await;
    assert!(next["id"].as_i64() > dump["tickets"][1]["id"].as_i64());
    assert_eq!(next["customer"]["id"], dump["customers"][0]["id"]);
}

#[tokio::test]
async fn the_names_of_a_user_are_kept_where_they_are_given() {
    let emulator = unlimited();
    let ann = json!({"id": 5, "name": "Ann Lee", "firstname": "Annabel"});
    emulator.load(json!({"users": [ann]})).unwrap();
    let users = get(&emulator, "/api/users").await.json();
    assert_eq!(users["data"][0]["firstname"], "Annabel");
    assert_eq!(users["data"][0]["lastname"], "Lee");
}

#[tokio::test]
async fn two_resources_with_one_id_are_refused() {
    let tags = json!([{"id": 6, "name": "vip"}, {"id": 6, "name": "late"}]);
    let error = unlimited().load(json!({"tags": tags})).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nothing was loaded: /tags/1/id: This id is already taken"
    );
}

#[tokio::test]
async fn a_loaded_customer_is_found_by_its_address() {
    let emulator = unlimited();
    let jane = json!({"id": 7, "email": "Jane@example.com", "name": "Jane Doe"});
    emulator.load(json!({"customers": [jane]})).unwrap();
    let ticket = create(&emulator, &from_customer("jane@example.com", json!({}))).await;
    assert_eq!(ticket["customer"]["id"], 7);
    let jane = get(&emulator, "/api/customers/7").await.json();
    assert_eq!(jane["channels"][0]["address"], "jane@example.com");
    assert_eq!(jane["channels"].as_array().map(Vec::len), Some(1));
    let again = json!({"email": "jane@example.com", "channels": []});
    let again = call(&emulator, Method::POST, "/api/customers", &again).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn tags_and_assignees_stay_who_they_are() {
    let emulator = unlimited();
    let loaded = json!([
        {"id": 7, "tags": [{"id": 41, "name": "vip"}, {"id": 42, "name": "late"}]},
        {"id": 8, "tags": [{"id": 43, "name": "vip"}, {"id": 42, "name": "other"}],
         "assignee_user": {"id": 5, "email": "ann@acme.example", "name": "Ann Lee"}},
    ]);
    emulator.load(loaded).unwrap();
    let tickets = emulator.tickets();
    let ids = |ticket: &Value| -> Vec<i64> {
        let tags = ticket["tags"].as_array().unwrap().iter();
        tags.map(|tag| tag["id"].as_i64().unwrap()).collect()
    };
    assert_eq!(ids(&tickets[0]), [41, 42]);
    // Within an account, the names and the ids of tags are unique.
    let second = ids(&tickets[1]);
    assert_eq!(second[0], 41);
    assert!(second[1] > 42, "{second:?}");
    let assignee = &tickets[1]["assignee_user"];
    assert_eq!(
        (&assignee["id"], &assignee["email"], &assignee["name"]),
        (&json!(5), &json!("ann@acme.example"), &json!("Ann Lee"))
    );

    let copy = build(Emulator::builder().seed(9));
    copy.load(emulator.dump()).unwrap();
    assert_eq!(copy.dump(), emulator.dump());
}

#[tokio::test]
async fn a_stored_ticket_needs_no_more_than_an_id() {
    let emulator = unlimited();
    let request = from_customer("jane@example.com", json!({}));
    let loaded = emulator.load(
        json!([{"id": 7}, {"id": 8, "customer": {"id": 9, "email": "Joe@example.com"}}, request]),
    );
    assert_eq!(loaded.unwrap(), 3);
    let bare = get(&emulator, "/api/tickets/7").await.json();
    assert_eq!(bare["status"], "open");
    assert_eq!(bare["messages"], json!([]));
    let customer = &get(&emulator, "/api/tickets/8").await.json()["customer"];
    assert_eq!(customer["email"], "joe@example.com");
    assert_eq!(customer["channels"][0]["type"], "email");
}

#[tokio::test]
async fn every_problem_of_a_file_is_named_and_nothing_is_loaded() {
    let emulator = unlimited();
    let problems = |data: Value| -> Vec<String> {
        let error = emulator.load(data).unwrap_err();
        assert!(!error.to_string().ends_with('.'));
        error.problems().map(|(pointer, _)| pointer).collect()
    };
    assert_eq!(problems(json!("tickets")), [""]);
    assert_eq!(problems(json!({"ticket": []})), ["/ticket"]);
    assert_eq!(problems(json!({"tickets": {}})), ["/tickets"]);
    assert_eq!(
        problems(json!([{"id": 1}, {"id": 1}, {"id": "2"}, {"subject": "x"}])),
        ["/1/id", "/2/id", "/3/messages"]
    );
    assert_eq!(
        problems(json!({"customers": [{"name": "Jane"}], "tickets": [{"id": 1, "subject": 5}]})),
        ["/customers/0", "/tickets/0/subject"]
    );
    assert_eq!(emulator.ticket_count(), 0);
    assert_eq!(
        emulator
            .load(json!([{"id": 1, "subject": 5}]))
            .unwrap_err()
            .to_string(),
        "nothing was loaded: /0/subject: Must be a string or null"
    );
    assert_eq!(
        emulator
            .load(json!([{"id": 1, "tags": [{"id": 2}]}]))
            .unwrap_err()
            .to_string(),
        "nothing was loaded: /0: A tag must have a name"
    );
}
