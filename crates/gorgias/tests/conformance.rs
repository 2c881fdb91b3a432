//! What the client says and hears, with a validating proxy in between.
//!
//! Not part of a plain `cargo test`: `cargo xtask conformance prism` starts the
//! proxy in front of the emulator and runs this with its address in
//! `GORGIAS_PROXY_URL`. The proxy answers with an error of its own whenever a
//! request or a response breaks the document, so every call here has to succeed,
//! or fail as the service would.

use chrono::{TimeZone, Utc};
use futures_util::TryStreamExt;
use gorgias::{
    Attachment, Client, Contact, Created, Dispatch, ErrorKind, ExternalId, How, NewMessage,
    NewTicket, RateLimit, RetryPolicy, Source,
};
use http::StatusCode;
use serde_json::json;

const AGENT: &str = "agent@acme.example";

fn client() -> Client {
    let url = std::env::var("GORGIAS_PROXY_URL")
        .expect("GORGIAS_PROXY_URL, as set by `cargo xtask conformance prism`");
    Client::builder("acme")
        .api_key(AGENT, "conformance-key")
        .base_url(url)
        .rate_limit(RateLimit::off())
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

async fn create(ticket: NewTicket) -> Created {
    client().tickets().create(ticket).await.unwrap()
}

#[tokio::test]
async fn every_kind_of_ticket_passes_the_proxy() {
    let sent = Dispatch::AlreadySentAt(Utc.with_ymd_and_hms(2026, 1, 5, 9, 0, 0).unwrap());
    let kinds = [
        NewTicket::from_customer("jane@example.com").text("Hello."),
        NewTicket::incoming_email("jane@example.com", "support@acme.example").text("Hello."),
        NewTicket::outgoing_email(AGENT, "support@acme.example", "jane@example.com", sent)
            .text("Hello."),
        NewTicket::outgoing_email(
            AGENT,
            "support@acme.example",
            "jane@example.com",
            Dispatch::SendNow,
        )
        .html("<p>Hello.</p>"),
        NewTicket::internal_note(AGENT).text("For us only."),
        NewTicket::new(NewMessage::incoming("sms", Contact::id(7)).text("Hello."))
            .message(NewMessage::outgoing("sms", Contact::id(8), Contact::id(7), sent).text("Hi.")),
    ];
    for kind in kinds {
        assert_eq!(create(kind).await.metadata().status(), StatusCode::CREATED);
    }
}

#[tokio::test]
async fn a_ticket_with_every_field_passes_the_proxy() {
    let time = Utc.with_ymd_and_hms(2026, 1, 5, 9, 0, 0).unwrap();
    let file = Attachment::new("https://files.example.com/a.png", "a.png", "image/png")
        .size(1_024)
        .public(false)
        .extra(json!({"alt": "a"}));
    let source = Source::new("email")
        .from(Contact::email("jane@example.com").name("Jane"))
        .to("support@acme.example")
        .cc("cc@example.com")
        .bcc("bcc@example.com");
    let message = NewMessage::incoming_email("jane@example.com", "support@acme.example")
        .text("Order 1234 has not arrived.")
        .source(source)
        .attachment(file)
        .header("Message-ID", "<1@example.com>")
        .meta("order", 1234)
        .external_id("message-1")
        .subject("Where is my order?")
        .sent_datetime(time);
    let ticket = NewTicket::new(message)
        .subject("Where is my order?")
        .external_id("every-field")
        .customer("jane@example.com")
        .tags(["vip", "late"])
        .custom_field(3, "blue")
        .meta("source", json!({"shop": 1}))
        .priority("high")
        .status("closed")
        .language("en")
        .spam(false)
        .created_datetime(time)
        .closed_datetime(time);
    let created = create(ticket).await;
    assert_eq!(created.ticket.external_id.as_deref(), Some("every-field"));
}

#[tokio::test]
async fn reading_passes_the_proxy() {
    let client = client();
    let created = create(NewTicket::from_customer("list@example.com").text("1")).await;
    create(NewTicket::from_customer("list@example.com").text("2")).await;
    let read = client.tickets().get(created.ticket.id).await.unwrap();
    assert_eq!(read.id, created.ticket.id);
    let ids = vec![created.ticket.id, created.ticket.id.saturating_add(1)];
    let list = client
        .tickets()
        .list()
        .limit(1)
        .order_by("updated_datetime:asc")
        .trashed(false);
    list.clone().ticket_ids(ids).await.unwrap();
    let seen: Vec<_> = list.stream().try_collect().await.unwrap();
    assert!(seen.iter().any(|ticket| ticket.id == created.ticket.id));
}

#[tokio::test]
async fn creating_once_passes_the_proxy() {
    let client = client();
    let id: ExternalId = "once-1".parse().unwrap();
    let ticket = || NewTicket::from_customer("once@example.com").text("Hello.");
    let first = client
        .tickets()
        .create_once(id.clone(), ticket())
        .await
        .unwrap();
    assert_eq!(first.how(), How::Sent);
    let found = client.tickets().find(&id).await.unwrap();
    assert!(found.iter().any(|found| found.id == first.ticket.id));
}

#[tokio::test]
async fn the_services_own_errors_pass_the_proxy() {
    let missing = client().tickets().get(1).await.unwrap_err();
    assert_eq!(missing.status(), Some(StatusCode::NOT_FOUND));
    let error = client()
        .tickets()
        .list()
        .cursor("none-of-yours")
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert_eq!(error.kind(), ErrorKind::Rejected);
}
