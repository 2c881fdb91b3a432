//! What a client can be built from.

use std::time::Duration;

use gorgias::{Client, ClientBuilder, Delivery, ErrorKind};

use crate::support::{KEY, printed};

fn signed_in(subdomain: &str) -> ClientBuilder {
    Client::builder(subdomain).api_key("agent@acme.example", KEY)
}

#[test]
fn the_usual_clients_can_be_built() {
    signed_in("acme").build().unwrap();
    Client::builder("acme").bearer("token").build().unwrap();
    signed_in("acme")
        .base_url("http://127.0.0.1:8080")
        .build()
        .unwrap();
    signed_in("acme")
        .base_url("https://acme.gorgias.com")
        .build()
        .unwrap();
    signed_in("acme")
        .danger_base_url("https://gateway.example")
        .build()
        .unwrap();
}

#[test]
fn what_is_wrong_is_told_and_not_repeated() {
    let hour = Duration::from_secs(3600);
    for (builder, part) in [
        (signed_in("hunter2.evil"), "subdomain"),
        (signed_in(""), "subdomain"),
        (
            signed_in("acme").base_url("https://hunter2.evil.example"),
            "base URL",
        ),
        (
            signed_in("acme").base_url("http://hunter2.example"),
            "plain http",
        ),
        (
            signed_in("acme").danger_base_url("http://hunter2.example"),
            "plain http",
        ),
        (Client::builder("acme"), "no credentials"),
        (Client::builder("acme").api_key("a:hunter2", KEY), "colon"),
        (
            Client::builder("acme").api_key("a@acme.example", "hunter2 x"),
            "API key",
        ),
        (
            Client::builder("acme").bearer("hunter2\r\nx: y"),
            "access token",
        ),
        (
            signed_in("acme").user_agent("hunter2\r\nx: y"),
            "user agent",
        ),
        (
            signed_in("acme").proxy("socks5://user:hunter2@proxy.example"),
            "proxy",
        ),
        (signed_in("acme").attempt_timeout(Duration::ZERO), "attempt"),
        (signed_in("acme").operation_timeout(25 * hour), "operation"),
        (signed_in("acme").max_response_bytes(0), "response size"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.delivery(), Delivery::NotSent);
        let all = printed(&error);
        assert!(all.contains(part), "{all} lacks {part}");
        assert!(!all.contains("hunter2"), "{all}");
    }
}

#[test]
fn debug_shows_no_secret() {
    let builder = signed_in("acme").bearer(KEY);
    let shown = format!("{builder:?}");
    assert!(!shown.contains(KEY));
    let client = signed_in("acme").build().unwrap();
    let shown = format!("{client:?} {:?} {client:#?}", client.api());
    assert!(shown.contains("https://acme.gorgias.com"), "{shown}");
    assert!(
        !shown.contains(KEY) && !shown.contains("agent@acme.example"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_timeout_of_a_call_must_be_possible() {
    let script = crate::support::Script::default();
    for timeout in [Duration::ZERO, Duration::MAX] {
        let call = script.client().tickets().get(1).with_timeout(timeout);
        assert_eq!(call.await.unwrap_err().kind(), ErrorKind::InvalidRequest);
    }
    assert_eq!(script.count(), 0);
}
