//! Bodies that were written elsewhere.

use gorgias::{ErrorKind, NewMessage, NewTicket};
use serde_json::{Value, json};

use crate::support::{Script, json as answer};

const MINIMAL: &str = r#"{"messages":[{"channel":"api","from_agent":false}]}"#;

#[tokio::test]
async fn nothing_is_added_and_nothing_lost() {
    let text = r#" {"via":"api", "subject": null,
        "meta": {"z": 1.50, "a": 12345678901234567890123},
        "messages":[{"from_agent":false,"channel":"api","attachments":[]}]} "#;
    let ticket = NewTicket::from_json(text).unwrap();
    assert_eq!(ticket.to_json().unwrap(), text.trim());
    let script = Script::answering(answer(201, r#"{"id":7}"#));
    script.client().tickets().create(ticket).await.unwrap();
    let sent = &script.seen()[0];
    assert_eq!(sent.body(), text.trim().as_bytes());
    assert_eq!(sent.headers()["content-type"], "application/json");

    let value: Value = serde_json::from_str(MINIMAL).unwrap();
    assert_eq!(
        NewTicket::from_value(value).unwrap().to_json().unwrap(),
        MINIMAL
    );
}

#[test]
fn every_violation_is_reported_with_its_place() {
    let error = NewTicket::from_json(
        r#"{"subjekt":"x","external_id":7,"via":"telepathy","messages":[{"from_agent":"no"}]}"#,
    )
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let mut pointers: Vec<_> = error
        .violations()
        .unwrap()
        .iter()
        .map(|violation| violation.pointer())
        .collect();
    pointers.sort_unstable();
    assert_eq!(
        pointers,
        [
            "/external_id",
            "/messages/0/channel",
            "/messages/0/from_agent",
            "/subjekt",
            "/via"
        ]
    );
    let text = error.to_string();
    assert!(text.contains("/messages/0/channel is required"), "{text}");
    assert!(!text.contains("telepathy"), "{text}");
}

#[test]
fn a_member_given_twice_is_refused_though_the_last_one_is_valid() {
    let error = NewTicket::from_json(
        r#"{"messages":[],"messages":[{"channel":"api","from_agent":false}],"spam":1}"#,
    )
    .unwrap_err();
    let violations = error.violations().unwrap().iter();
    let pointers: Vec<_> = violations.map(|violation| violation.pointer()).collect();
    assert_eq!(pointers, ["/messages", "/spam"]);
}

#[test]
fn text_that_is_not_json_is_refused() {
    for text in ["", "{", "messages", "{\"messages\":[}"] {
        let error = NewTicket::from_json(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(std::error::Error::source(&error).is_some());
    }
    assert!(
        NewTicket::from_json("[]")
            .unwrap_err()
            .violations()
            .is_some()
    );
}

#[test]
fn setters_replace_only_what_they_name() {
    let text = r#"{"subject":null,"tags":null,"meta":null,
        "messages":[{"channel":"email","from_agent":false,"public":null,"body_text":"old"}]}"#;
    let text = text.replace(r#""public":null,"#, "");
    let ticket = NewTicket::from_json(&text)
        .unwrap()
        .external_id("order-1")
        .tag("vip")
        .meta("a", 1)
        .text("new & <shiny>")
        .message(NewMessage::from_customer("jane@example.com"));
    let body: Value = serde_json::from_str(&ticket.to_json().unwrap()).unwrap();
    assert_eq!(
        body,
        json!({
            "subject": null,
            "tags": [{"name": "vip"}],
            "meta": {"a": 1},
            "external_id": "order-1",
            "messages": [
                {
                    "channel": "email",
                    "from_agent": false,
                    "body_text": "new & <shiny>",
                    "body_html": "new &amp; &lt;shiny&gt;",
                },
                {
                    "channel": "api",
                    "via": "api",
                    "from_agent": false,
                    "sender": {"email": "jane@example.com"},
                },
            ],
        })
    );
}

#[test]
fn line_breaks_are_refused_where_headers_are_made() {
    let places = [
        "/subject",
        "/customer/email",
        "/customer/name",
        "/tags/0/name",
        "/messages/0/subject",
        "/messages/0/sender/email",
        "/messages/0/receiver/name",
        "/messages/0/source/from/address",
        "/messages/0/source/to/0/name",
        "/messages/0/source/cc/0/address",
        "/messages/0/source/bcc/0/name",
        "/messages/0/attachments/0/name",
        "/messages/0/attachments/0/content_type",
        "/messages/0/headers/X-Test",
        "/messages/0/message_id",
        "/messages/0/sender/channels/0/address",
    ];
    let clean = json!({
        "subject": "x",
        "customer": {"email": "x@x", "name": "x"},
        "tags": [{"name": "x"}],
        "meta": {"name": "fine\nhere"},
        "messages": [{
            "channel": "chat",
            "from_agent": false,
            "subject": "x",
            "message_id": "x",
            "body_text": "fine\nhere",
            "sender": {"email": "x@x", "channels": [{"type": "email", "address": "x"}]},
            "receiver": {"name": "x"},
            "source": {
                "from": {"address": "x"},
                "to": [{"name": "x"}],
                "cc": [{"address": "x"}],
                "bcc": [{"name": "x"}],
            },
            "attachments": [{"url": "https://files.example.com/x", "name": "x", "content_type": "x/x"}],
            "headers": {"X-Test": "x"},
        }],
    });
    assert!(NewTicket::from_value(clean.clone()).is_ok());
    for place in places {
        for bad in ["a\nBcc: evil@example.com", "a\rb", "a\0b"] {
            let mut body = clean.clone();
            *body.pointer_mut(place).unwrap() = json!(bad);
            let error = NewTicket::from_value(body.clone()).unwrap_err();
            let written: Vec<_> = pointers(&error);
            assert_eq!(written, [place], "{bad:?}");

            let typed: gorgias::api::types::CreateTicket = serde_json::from_value(body).unwrap();
            let error = NewTicket::from(typed).validate().unwrap_err();
            assert_eq!(pointers(&error), [place], "typed {bad:?}");
        }
    }
    let mut body = clean;
    body["messages"][0]["headers"] = json!({"X\r\nBcc": ["evil@example.com\n"]});
    let error = NewTicket::from_value(body).unwrap_err();
    assert_eq!(pointers(&error).len(), 2);
    assert!(!error.to_string().contains("Bcc"), "{error}");
}

fn pointers(error: &gorgias::Error) -> Vec<String> {
    error
        .violations()
        .into_iter()
        .flatten()
        .map(|violation| violation.pointer().to_owned())
        .collect()
}
