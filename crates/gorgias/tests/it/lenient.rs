//! Answers that are odd and still tell of a ticket.

use chrono::{TimeZone, Utc};
use gorgias::types::{Channel, TicketStatus};
use gorgias::{Created, NewTicket};
use serde_json::json;

use crate::support::{Script, json as answer, typed};

async fn created(response: http::Response<bytes::Bytes>) -> Created {
    let script = Script::answering(response);
    let ticket = NewTicket::from_customer("jane@example.com");
    script
        .client()
        .tickets()
        .create(ticket)
        .await
        .unwrap_or_else(|error| panic!("{error}: {:?}", std::error::Error::source(&error)))
}

#[tokio::test]
async fn a_grown_service_still_gives_a_ticket() {
    let body = json!({
        "id": "173596132",
        "status": "pending",
        "channel": "telepathy",
        "via": "thought",
        "priority": null,
        "from_agent": null,
        "tags": null,
        "messages": [{"id": 1, "attachments": null, "intents": null, "source": null}],
        "created_datetime": "2026-01-26T14:02:00.384938",
        "updated_datetime": "2026-01-26 14:02:00+00:00",
        "opened_datetime": "2026-01-26T15:02:00+01:00",
        "external_id": 123,
        "assignee_team_id": "9",
        "spam": "false",
        "mood": {"sunny": [true]},
    });
    let created = created(answer(201, body.to_string())).await;
    let ticket = &created.ticket;
    assert_eq!(ticket.id, 173_596_132);
    assert_eq!(ticket.status, Some(TicketStatus::from("pending")));
    assert_eq!(
        ticket.status.as_ref().map(ToString::to_string).as_deref(),
        Some("pending")
    );
    assert_eq!(ticket.channel, Some(Channel::from("telepathy")));
    assert_eq!(ticket.priority, None);
    assert!(ticket.tags.is_empty());
    assert_eq!(ticket.messages[0].attachments, None);
    let time = Utc.with_ymd_and_hms(2026, 1, 26, 14, 2, 0).unwrap();
    assert_eq!(ticket.updated_datetime, Some(time));
    assert_eq!(ticket.opened_datetime, Some(time));
    assert_eq!(
        ticket
            .created_datetime
            .map(|at| at.timestamp_subsec_micros()),
        Some(384_938)
    );
    assert_eq!(ticket.external_id.as_deref(), Some("123"));
    assert_eq!(ticket.assignee_team_id, Some(9));
    assert_eq!(ticket.extra_fields["mood"], json!({"sunny": [true]}));
}

#[tokio::test]
async fn the_least_there_can_be_is_an_id() {
    for (body, id) in [
        (r#"{"id":7}"#, 7),
        (r#"{"id":1.0}"#, 1),
        (r#"{"id":1e3}"#, 1_000),
        (r#"{"id":9007199254740993}"#, 9_007_199_254_740_993),
        (r#"{"id":9223372036854775807}"#, i64::MAX),
        ("\u{feff}{\"id\":7}", 7),
        (r#"{"id":7} trailing"#, 7),
        (r#"{"id":7,"subject":"\ud800"}"#, 7),
        (r#"{"id":7,"meta":{"x":1e999}}"#, 7),
    ] {
        assert_eq!(created(answer(201, body)).await.ticket.id, id, "{body}");
    }
}

#[tokio::test]
async fn a_ticket_under_a_wrong_label_or_status_is_a_ticket() {
    for (status, label) in [
        (201, "text/html"),
        (201, "text/plain; charset=utf-8"),
        (200, "application/json"),
        (202, "application/vnd.api+json"),
    ] {
        assert_eq!(
            created(typed(status, label, r#"{"id":7}"#)).await.ticket.id,
            7
        );
    }
}

#[tokio::test]
async fn depth_and_broken_bytes_do_not_cost_the_ticket() {
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let body = format!(r#"{{"id":7,"meta":{{"x":{deep}}},"subject":"kept"}}"#);
    let created_deep = created(answer(201, body)).await;
    assert_eq!(created_deep.ticket.subject.as_deref(), Some("kept"));

    let mut response = answer(201, "");
    *response.body_mut() = bytes::Bytes::from_static(b"{\"id\":7,\"subject\":\"a\xff\"}");
    let created = created(response).await;
    assert_eq!(created.ticket.subject.as_deref(), Some("a\u{fffd}"));
    assert_eq!(
        created.metadata().body(),
        b"{\"id\":7,\"subject\":\"a\xff\"}"
    );
}

#[tokio::test]
async fn limits_of_requests_do_not_bind_answers() {
    let body = json!({"id": 7, "external_id": "x".repeat(256), "subject": "s".repeat(1 << 20)});
    let created = created(answer(201, body.to_string())).await;
    assert_eq!(created.ticket.subject.map(|text| text.len()), Some(1 << 20));
}

#[tokio::test]
async fn debug_output_holds_no_personal_data() {
    let body = json!({"id": 7, "subject": "canary", "customer": {"email": "canary@example.com"}});
    let mut response = answer(201, body.to_string());
    response
        .headers_mut()
        .insert("x-canary", "canary".parse().unwrap());
    let created = created(response).await;
    let shown = format!("{created:?} {created:#?}");
    assert!(shown.contains("ticket_id: 7"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
    let ticket = NewTicket::from_customer("canary@example.com").text("canary");
    assert_eq!(format!("{ticket:?}"), "NewTicket { messages: 1, .. }");
}
