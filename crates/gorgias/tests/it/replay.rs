//! Exchanges that were recorded at the service, with texts of our own: February
//! 2025 (`fixtures`) and August 2026 (those of the emulator).

use chrono::{DateTime, Utc};
use gorgias::types::{Channel, TicketStatus, Via};
use gorgias::{Attachment, Contact, ErrorKind, NewMessage, NewTicket, Participant};
use serde_json::{Map, Value, json};

use crate::support::{Script, client_of, emulator, fixture, json as answer};

fn time() -> DateTime<Utc> {
    "2025-02-07T09:55:18.820Z".parse().unwrap()
}

/// The recorded request, built field by field.
fn built() -> NewTicket {
    let jane = || Participant::from(488_071_553);
    let message = |external_id: &str| {
        NewMessage::incoming(Channel::Phone, jane())
            .created_datetime(time())
            .external_id(external_id)
    };
    NewTicket::new(
        message("call-17")
            .attachment(
                Attachment::new(
                    "https://files.example.com/lamp.png",
                    "lamp.png",
                    "image/png",
                )
                .size(1024),
            )
            .attachment(
                Attachment::new(
                    "https://files.example.com/invoice.pdf",
                    "invoice.pdf",
                    "application/pdf",
                )
                .size(2048),
            )
            .body_html("<div>The lamp arrived without its bulb.</div>")
            .body_text("The lamp arrived without its bulb."),
    )
    .message(
        message("call-18")
            .body_html("<div>It is the tall one.</div>")
            .body_text("It is the tall one."),
    )
    .customer(Contact::id(488_071_553))
    .created_datetime(time())
    .opened_datetime(time())
}

#[test]
fn the_recorded_request_can_be_built() {
    let mut sent: Value = serde_json::from_str(&built().to_json().unwrap()).unwrap();
    let mut recorded = fixture("request");
    // The library says how the ticket came to be; the recording left it out.
    assert_eq!(
        sent.as_object_mut().unwrap().remove("via"),
        Some(json!("api"))
    );
    // An empty list and none mean the same to the service.
    recorded["messages"][1]
        .as_object_mut()
        .unwrap()
        .remove("attachments");
    // The recording names each person twice, by id and by address.
    for person in ["/customer", "/messages/0/sender", "/messages/1/sender"] {
        let person = recorded
            .pointer_mut(person)
            .unwrap()
            .as_object_mut()
            .unwrap();
        person.remove("email");
    }
    assert_eq!(in_time(sent), in_time(recorded));
}

/// Datetimes as moments, whatever their notation.
fn in_time(value: Value) -> Value {
    match value {
        Value::String(text) => match text.parse::<DateTime<Utc>>() {
            Ok(moment) => json!(moment.timestamp_micros()),
            Err(_) => Value::String(text),
        },
        Value::Array(items) => items.into_iter().map(in_time).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, member)| (name, in_time(member)))
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

#[tokio::test]
async fn the_recorded_request_goes_out_unchanged_and_the_emulator_takes_it() {
    let text = include_str!("fixtures/request.json");
    let script = Script::answering(answer(201, fixture("ticket").to_string()));
    let ticket = NewTicket::from_json(text).unwrap();
    script.client().tickets().create(ticket).await.unwrap();
    assert_eq!(script.seen()[0].body(), text.trim().as_bytes());

    let emulator = emulator();
    let ticket = NewTicket::from_json(text).unwrap();
    client_of(&emulator).tickets().create(ticket).await.unwrap();
    client_of(&emulator)
        .tickets()
        .create(built())
        .await
        .unwrap();
    assert_eq!(emulator.ticket_count(), 2);
}

#[tokio::test]
async fn the_recorded_ticket_is_read_with_every_value() {
    let recorded = fixture("ticket");
    let script = Script::answering(answer(201, recorded.to_string()));
    let created = script.client().tickets().create(built()).await.unwrap();
    let ticket = &created.ticket;
    assert_eq!(ticket.id, 173_596_132);
    assert_eq!(ticket.status, Some(TicketStatus::Open));
    assert_eq!(ticket.channel, Some(Channel::Phone));
    assert_eq!(ticket.via, Some(Via::Api));
    assert_eq!(ticket.created_datetime, Some(time()));
    assert_eq!(
        ticket.messages[0].attachments.as_ref().map(Vec::len),
        Some(2)
    );
    assert_eq!(ticket.messages[1].attachments, None);
    assert!(ticket.extra_fields.is_empty());
    assert_kept(&recorded, &serde_json::to_value(ticket).unwrap(), "");
    assert_eq!(
        serde_json::from_slice::<Value>(created.metadata().body()).unwrap(),
        recorded
    );
}

#[tokio::test]
async fn the_recorded_list_is_read_with_every_value() {
    let recorded = fixture("list");
    let script = Script::answering(answer(200, recorded.to_string()));
    let page = script.client().tickets().list().limit(100).await.unwrap();
    assert_eq!(page.data.len(), 2);
    assert_eq!(page.meta.as_ref().unwrap().next_cursor, None);
    for (ticket, recorded) in page.data.iter().zip(recorded["data"].as_array().unwrap()) {
        assert!(ticket.extra_fields.is_empty());
        assert_kept(recorded, &serde_json::to_value(ticket).unwrap(), "");
    }
}

/// Every recorded value is found again. Null, absent and empty lists read the
/// same; datetimes are compared as moments.
pub(crate) fn assert_kept(recorded: &Value, read: &Value, place: &str) {
    match recorded {
        Value::Null => assert!(read.is_null(), "{place}"),
        Value::Object(members) => {
            for (name, member) in members {
                let found = read.get(name).unwrap_or(&Value::Null);
                assert_kept(member, found, &format!("{place}/{name}"));
            }
        }
        Value::Array(items) if items.is_empty() && read.is_null() => {}
        Value::Array(items) => {
            assert_eq!(read.as_array().map(Vec::len), Some(items.len()), "{place}");
            for (index, item) in items.iter().enumerate() {
                assert_kept(item, &read[index], &format!("{place}/{index}"));
            }
        }
        other => assert_eq!(in_time(other.clone()), in_time(read.clone()), "{place}"),
    }
}

/// One exchange of August 2026.
macro_rules! august {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!(
            "../../../gorgias-emulator/tests/recorded_exchange/2026-08/",
            $name,
            ".json"
        )))
        .unwrap()
    };
}

#[tokio::test]
async fn the_create_of_2026_is_built_and_its_answer_read_with_every_value() {
    let recorded = august!("create-request");
    let customer = recorded["customer"]["id"].as_i64().unwrap();
    let message = NewMessage::incoming(Channel::Phone, Contact::id(customer))
        .body_text("The lamp hums at night.");
    let ticket = NewTicket::new(message)
        .customer(Contact::id(customer))
        .subject("A lamp that hums");
    let mut sent: Value = serde_json::from_str(&ticket.to_json().unwrap()).unwrap();
    // The library says how both came to be; the recording left it out.
    for object in ["", "/messages/0"] {
        let object = sent.pointer_mut(object).unwrap().as_object_mut().unwrap();
        assert_eq!(object.remove("via"), Some(json!("api")));
    }
    assert_eq!(sent, recorded);

    let recorded = august!("created");
    let script = Script::answering(answer(201, recorded.to_string()));
    let created = script.client().tickets().create(ticket).await.unwrap();
    assert!(created.ticket.extra_fields.is_empty());
    assert_eq!(created.ticket.imported, Some(false));
    assert_kept(
        &recorded,
        &serde_json::to_value(&created.ticket).unwrap(),
        "",
    );
}

#[tokio::test]
async fn the_tickets_of_2026_are_read_with_every_value() {
    for recorded in [
        august!("get-incoming-email"),
        august!("get-enriched"),
        august!("get-internal-note"),
        august!("get-without-messages"),
    ] {
        let id = recorded["id"].as_i64().unwrap();
        let script = Script::answering(answer(200, recorded.to_string()));
        let read = script.client().tickets().get(id).await.unwrap();
        assert!(read.extra_fields.is_empty());
        assert_kept(&recorded, &serde_json::to_value(&*read).unwrap(), "");
    }
}

#[tokio::test]
async fn the_lists_of_2026_are_read_with_every_value() {
    for recorded in [august!("list"), august!("list-ordered")] {
        let script = Script::answering(answer(200, recorded.to_string()));
        let page = script.client().tickets().list().await.unwrap();
        assert_eq!(page.meta.as_ref().unwrap().next_cursor, None);
        let items = recorded["data"].as_array().unwrap();
        assert_eq!(page.data.len(), items.len());
        for (ticket, item) in page.data.iter().zip(items) {
            assert!(ticket.extra_fields.is_empty());
            assert_kept(item, &serde_json::to_value(ticket).unwrap(), "");
        }
    }
}

#[tokio::test]
async fn the_recorded_errors_are_understood() {
    let create = |response| async move {
        let script = Script::answering(response);
        script.client().tickets().create(built()).await.unwrap_err()
    };
    let quota = "You do not have enough permissions to perform this action. \
                 Messaging quota exceeded.";
    let body = json!({"error": {"msg": quota}}).to_string();
    let mut response = answer(403, body);
    response.headers_mut().insert(
        "x-request-id",
        "03bab43a57f60ea39b9f0e7a8341a405".parse().unwrap(),
    );
    response
        .headers_mut()
        .insert("via", "1.1 google".parse().unwrap());
    let error = create(response).await;
    assert_eq!(error.kind(), ErrorKind::QuotaExceeded);
    assert_eq!(error.service_message(), Some(quota));
    assert_eq!(error.request_id(), Some("03bab43a57f60ea39b9f0e7a8341a405"));
    assert_eq!(
        error.rate_limit().map(|seen| (seen.used(), seen.limit())),
        Some((4, 80))
    );
    assert_eq!(error.headers().unwrap()["via"], "1.1 google");

    let scope = "You do not have enough permissions to perform this action. \
                 Missing scope: tickets:write.";
    let body = json!({"error": {"msg": scope}}).to_string();
    let error = create(answer(403, body)).await;
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    assert_eq!(error.service_message(), Some(scope));

    let unknown = "401 Unauthorized: No user found matching the \"sub\" claim of the token.";
    let body = json!({"error": {"msg": unknown}}).to_string();
    let error = create(answer(401, body)).await;
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(error.service_message(), Some(unknown));

    let page = "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n\
                <h1>Not Found</h1>\n";
    let error = create(crate::support::typed(404, "text/html; charset=utf-8", page)).await;
    assert_eq!(error.kind(), ErrorKind::WrongEndpoint);
    assert_eq!(error.body(), Some(page.as_bytes()));
}
