//! Tests of the faults that change the body of a success.

use bytes::Bytes;
use gorgias_emulator::{Emulator, Fault};
use serde_json::{Value, json};

use crate::support::{create, from_customer, get, post, unlimited};

fn ticket() -> Value {
    let tags = json!([{"name": "vip"}]);
    from_customer(
        "jane@example.com",
        json!({"external_id": "k", "tags": tags, "subject": "Hi"}),
    )
}

async fn body(id: &str) -> Bytes {
    let emulator = unlimited();
    emulator.inject(Fault::named(id).unwrap());
    post(&emulator, &ticket()).await.body
}

async fn drifted(id: &str) -> Value {
    let body = body(id).await;
    serde_json::from_slice(&body).unwrap_or_else(|error| panic!("{id}: {error}"))
}

fn text(body: &Bytes) -> &str {
    std::str::from_utf8(body).unwrap()
}

#[tokio::test(start_paused = true)]
async fn datetimes_drift() {
    let naive = drifted("P1").await;
    assert_eq!(naive["created_datetime"], "2026-01-05T09:00:00");
    assert_eq!(naive["messages"][0]["sent_datetime"], "2026-01-05T09:00:00");
    let mixed = drifted("P2").await;
    assert_eq!(mixed["created_datetime"], "2026-01-05T09:00:00Z");
    assert_eq!(mixed["updated_datetime"], "2026-01-05T09:00:00+00:00");
    assert_eq!(mixed["last_message_datetime"], "2026-01-05 09:00:00+00:00");
    let odd = &mixed["last_received_message_datetime"];
    assert_eq!(odd, "2020-07-1300:00:00-05:00");
}

#[tokio::test]
async fn fields_drift() {
    let unknown = drifted("P3").await;
    assert_eq!(unknown["status"], "pending");
    let fields = drifted("P4").await;
    assert_eq!(fields["mood"]["words"][1], Value::Null);
    assert_eq!(fields["messages"][0]["mood"], "calm");
    assert_eq!(fields["customer"]["mood"], "calm");
    let only = drifted("P5").await;
    let keys: Vec<&String> = only.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id"]);
    assert_eq!(drifted("P6").await.get("id"), None);
    let nulls = drifted("P7").await;
    for key in ["status", "customer", "subject", "created_datetime"] {
        assert_eq!(nulls[key], Value::Null, "{key}");
    }
    assert!(nulls["id"].is_i64());
    let arrays = drifted("P8").await;
    assert_eq!(arrays["tags"], Value::Null);
    assert_eq!(arrays["customer"]["channels"], Value::Null);
}

#[tokio::test]
async fn numbers_drift() {
    let strings = drifted("P9").await;
    assert!(strings["id"].as_str().unwrap().parse::<i64>().is_ok());
    assert!(strings["messages"][0]["id"].is_string());
    let numbers = drifted("P10").await;
    assert_eq!(numbers["external_id"], 123);
    let id = drifted("P11").await["id"].clone();
    assert!(id.is_f64() && id.to_string().ends_with(".0"), "{id}");
    let large = drifted("P12").await;
    assert_eq!(large["assignee_user_id"], 9_007_199_254_740_993_i64);
    assert_eq!(large["assignee_team_id"], i64::MAX);
    let digits = "9".repeat(400);
    let huge = body("P13").await;
    assert!(text(&huge).contains(&format!("\"assignee_user_id\":{}", u64::MAX)));
    assert!(text(&huge).contains(&format!("\"assignee_team_id\":{digits},")));
    assert!(text(&body("P13-id").await).starts_with(&format!("{{\"id\":{digits},")));
}

#[tokio::test]
async fn shapes_drift() {
    let twice = body("P14").await;
    assert_eq!(text(&twice).matches("\"status\":").count(), 2);
    let deep = body("P15").await;
    assert_eq!(text(&deep).matches("{\"deeper\":").count(), 200);
    let long = drifted("P16").await;
    assert_eq!(long["external_id"].as_str().unwrap().len(), 256);
    let other = drifted("P17").await;
    assert_eq!(other["custom_fields"]["12"]["value"], "a::b");
    assert_eq!(other["tags"][0]["decoration"], json!({}));
    assert_eq!(other["from_agent"], Value::Null);
}

#[tokio::test]
async fn text_drifts() {
    let odd = drifted("P18").await;
    assert!(odd["subject"].as_str().unwrap().contains('\0'));
    assert!(text(&body("P18-surrogate").await).contains("\"subject\":\"\\ud83d\""));
    let large = drifted("P18-large").await;
    assert_eq!(large["subject"].as_str().unwrap().len(), 1 << 20);
}

#[tokio::test]
async fn bytes_are_not_json_any_more() {
    for (id, is) in [
        ("H18", false),
        ("H19", false),
        ("H19-null", true),
        ("H21", false),
        ("H21-trailing", false),
        ("H21-utf16", false),
        ("H21-utf8", false),
    ] {
        let body = body(id).await;
        let parsed = serde_json::from_slice::<Value>(&body).is_ok();
        assert_eq!(parsed, is, "{id}");
    }
    assert!(body("H21").await.starts_with(b"\xef\xbb\xbf{\"id\":"));
    assert!(body("H21-utf16").await.starts_with(b"{\0\"\0i\0"));
    let invalid = body("H21-utf8").await;
    assert!(invalid.windows(4).any(|window| window == b"caf\xe9"));
    assert_eq!(drifted("H20").await["external_id"], "k-of-another");
    assert_eq!(drifted("H17").await["external_id"], "k");
}

#[tokio::test]
async fn every_ticket_of_a_list_drifts() {
    let emulator: Emulator = unlimited();
    create(&emulator, &ticket()).await;
    create(&emulator, &ticket()).await;
    emulator.inject(Fault::named("P3").unwrap());
    let page = get(&emulator, "/api/tickets").await.json();
    for ticket in page["data"].as_array().unwrap() {
        assert_eq!(ticket["status"], "pending");
    }
    assert_eq!(page["object"], "list");
}
