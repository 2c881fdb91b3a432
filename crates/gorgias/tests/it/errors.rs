//! Each kind of error, and what it keeps and tells.

use std::time::Duration;

use gorgias::transport::TransportError;
use gorgias::{Delivery, Error, ErrorKind, NewTicket, RetryPolicy};
use gorgias_emulator::{Emulator, RateLimit};
use http::{HeaderMap, StatusCode};

use crate::support::{KEY, Script, Step, builder, client_of, emulator, json, printed, typed};

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

/// The error of a creation that is answered like this, and never repeated.
async fn answered(response: http::Response<bytes::Bytes>) -> Error {
    failed(Step::Answer(response)).await
}

async fn failed(step: Step) -> Error {
    let script = Script::new([step]);
    let error = script
        .client()
        .tickets()
        .create(ticket())
        .with_retry(RetryPolicy::none())
        .await
        .unwrap_err();
    assert_eq!(script.count(), 1);
    assert_eq!(error.attempts(), 1);
    error
}

fn expect(error: &Error, kind: ErrorKind, delivery: Delivery) {
    assert_eq!(
        (error.kind(), error.delivery()),
        (kind, delivery),
        "{error}"
    );
}

#[tokio::test]
async fn wrong_credentials() {
    let emulator = Emulator::builder()
        .credentials("agent@acme.example", "another-key")
        .build()
        .unwrap();
    let error = client_of(&emulator)
        .tickets()
        .create(ticket())
        .await
        .unwrap_err();
    expect(&error, ErrorKind::Unauthorized, Delivery::Rejected);
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(error.service_message().is_some());
    assert!(
        error
            .to_string()
            .contains("check the e-mail address and API key")
    );
}

#[tokio::test]
async fn a_missing_permission_and_an_exhausted_quota_are_told_apart() {
    let error = answered(json(403, r#"{"error":{"msg":"You may not do this."}}"#)).await;
    expect(&error, ErrorKind::Forbidden, Delivery::Rejected);

    let emulator = Emulator::builder().messaging_quota(0).build().unwrap();
    let error = client_of(&emulator)
        .tickets()
        .create(ticket())
        .await
        .unwrap_err();
    expect(&error, ErrorKind::QuotaExceeded, Delivery::Rejected);
    assert!(error.to_string().contains("does not help"));
    assert!(error.rate_limit().is_some());
}

#[tokio::test]
async fn the_service_finds_fault_with_fields() {
    let body = r#"{"error":{"msg":"Failed to create ticket","data":{
        "sender":["Missing data for required field."],
        "messages":{"0":{"channel":["Not a valid choice."]}}}}}"#;
    let error = answered(json(400, body)).await;
    expect(&error, ErrorKind::Rejected, Delivery::Rejected);
    let mut fields: Vec<_> = error
        .field_errors()
        .iter()
        .map(|field| (field.pointer(), field.message()))
        .collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            ("/messages/0/channel", "Not a valid choice."),
            ("/sender", "Missing data for required field."),
        ]
    );
    assert_eq!(error.service_message(), Some("Failed to create ticket"));
    assert_eq!(error.request_id(), Some("5f0c6f1b7a2d4c7e"));
    assert_eq!(error.rate_limit().map(|seen| seen.remaining()), Some(76));
    assert_eq!(error.body(), Some(body.as_bytes()));
    assert!(error.headers().unwrap().contains_key("content-type"));
    assert!(error.to_string().contains("finds fault with 2 fields"));
    assert!(!printed(&error).contains("Failed to create"));
}

#[tokio::test]
async fn a_ticket_that_is_not_there_and_an_address_that_is_none_are_told_apart() {
    let client = client_of(&emulator());
    let error = client.tickets().get(404_404).await.unwrap_err();
    expect(&error, ErrorKind::NotFound, Delivery::Rejected);
    assert!(error.is_not_found());

    let page = "<!doctype html>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n";
    let error = answered(typed(404, "text/html", page)).await;
    expect(&error, ErrorKind::WrongEndpoint, Delivery::Rejected);
    assert!(error.to_string().contains("base URL"));
    let mislabelled = answered(typed(404, "application/json", page)).await;
    assert_eq!(mislabelled.kind(), ErrorKind::WrongEndpoint);
    let silent = answered(json(404, "")).await;
    assert_eq!(silent.kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn other_refusals() {
    for (status, kind) in [
        (405, ErrorKind::MethodNotAllowed),
        (409, ErrorKind::Conflict),
        (413, ErrorKind::Rejected),
        (415, ErrorKind::Rejected),
        (422, ErrorKind::Rejected),
        (429, ErrorKind::RateLimited),
    ] {
        let error = answered(json(status, r#"{"error":{"msg":"No."}}"#)).await;
        expect(&error, kind, Delivery::Rejected);
        assert_eq!(error.service_message(), Some("No."));
    }
}

#[tokio::test]
async fn a_rate_limit_tells_how_long_to_wait() {
    let emulator = Emulator::builder()
        .limit("1/20".parse::<RateLimit>().unwrap())
        .build()
        .unwrap();
    let client = builder()
        .service(emulator.service())
        .rate_limit(gorgias::RateLimit::off())
        .build()
        .unwrap();
    client.tickets().create(ticket()).await.unwrap();
    let error = client
        .tickets()
        .create(ticket())
        .with_retry(RetryPolicy::none())
        .await
        .unwrap_err();
    expect(&error, ErrorKind::RateLimited, Delivery::Rejected);
    assert!(error.is_rate_limited());
    let wait = error.retry_after().unwrap();
    assert!(wait <= Duration::from_secs(20), "{wait:?}");
    assert!(error.to_string().contains("wait"), "{error}");
}

#[tokio::test]
async fn a_gateway_fails_with_a_page() {
    let error = answered(typed(502, "text/html", "<html>Bad Gateway</html>")).await;
    expect(&error, ErrorKind::Service, Delivery::Unknown);
    assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
    assert_eq!(error.body(), Some(b"<html>Bad Gateway</html>".as_slice()));
    assert!(error.to_string().contains("may exist"), "{error}");
    assert!(!printed(&error).contains("html"));
    for status in [408, 500, 503, 504] {
        let error = answered(json(status, "")).await;
        expect(&error, ErrorKind::Service, Delivery::Unknown);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let mut response = json(status, "");
        response.headers_mut().insert(
            "location",
            "https://evil.example/steal?key=1".parse().unwrap(),
        );
        let error = answered(response).await;
        expect(&error, ErrorKind::Redirect, Delivery::Unknown);
        assert!(error.to_string().contains("evil.example"));
        assert!(!printed(&error).contains("steal"));
    }
}

#[tokio::test]
async fn a_success_that_can_not_be_read_knows_its_status() {
    for body in [
        "",
        " \n",
        "null",
        "[]",
        "{}",
        r#"{"id":null}"#,
        r#"{"error":{"msg":"Busy."}}"#,
        r#"{"job_id":"7f"}"#,
        "\u{feff}",
    ] {
        let error = answered(json(201, body)).await;
        expect(&error, ErrorKind::UnexpectedResponse, Delivery::Unknown);
        assert_eq!(error.status(), Some(StatusCode::CREATED));
        assert_eq!(error.request_id(), Some("5f0c6f1b7a2d4c7e"));
        assert!(
            error.to_string().contains("the ticket may exist"),
            "{error}"
        );
        assert_eq!(error.service_message().is_some(), body.contains("Busy."));
    }
    for cut in ["{", r#"{"id":7"#, r#"{"id":7,"x":"#, r#"{"subject":"#] {
        let error = answered(json(201, cut)).await;
        expect(&error, ErrorKind::UnexpectedResponse, Delivery::Applied);
        assert!(error.to_string().contains("the ticket exists"), "{error}");
    }
    let cut = answered(json(201, r#"{"id":173596132,"subject":"brok"#)).await;
    assert_eq!(cut.resource_id(), Some(173_596_132));
    for status in [200, 202, 204] {
        let error = answered(json(status, "")).await;
        assert_eq!(error.delivery(), Delivery::Unknown);
    }
}

#[tokio::test]
async fn a_success_that_is_a_page_proves_nothing() {
    let error = answered(typed(201, "text/html", "<html>Sign in to the Wi-Fi</html>")).await;
    expect(&error, ErrorKind::UnexpectedResponse, Delivery::Unknown);
    assert!(!printed(&error).contains("Wi-Fi"));
    assert!(error.to_string().contains("may exist"));
}

#[tokio::test]
async fn a_compressed_answer_is_an_error_and_not_garbage() {
    let mut response = json(201, r#"{"id":7}"#);
    response
        .headers_mut()
        .insert("content-encoding", "gzip".parse().unwrap());
    let error = answered(response).await;
    expect(&error, ErrorKind::UnexpectedResponse, Delivery::Unknown);
}

#[tokio::test]
async fn a_ticket_of_another_external_id_is_reported_with_both() {
    let script = Script::answering(json(201, r#"{"id":7,"external_id":"order-2"}"#));
    let error = script
        .client()
        .tickets()
        .create(ticket().external_id("order-1"))
        .await
        .unwrap_err();
    expect(&error, ErrorKind::Mismatch, Delivery::Applied);
    assert_eq!(error.resource_id(), Some(7));
    for body in [r#"{"id":7,"external_id":"order-1"}"#, r#"{"id":7}"#] {
        let script = Script::answering(json(201, body));
        let ticket = ticket().external_id("order-1");
        assert!(script.client().tickets().create(ticket).await.is_ok());
    }
}

#[tokio::test]
async fn failures_of_the_connection_tell_how_far_it_came() {
    let error = failed(Step::Fail(TransportError::before_dispatch("refused"))).await;
    expect(&error, ErrorKind::Connect, Delivery::NotSent);
    let error = failed(Step::Fail(TransportError::after_dispatch("reset"))).await;
    expect(&error, ErrorKind::Transport, Delivery::Unknown);
    let late = TransportError::after_dispatch("late").timed_out();
    let error = failed(Step::Fail(late)).await;
    expect(&error, ErrorKind::Timeout, Delivery::Unknown);
    assert!(error.is_timeout());

    let mut headers = HeaderMap::new();
    headers.insert("x-request-id", "abc".parse().unwrap());
    let cut = |status| TransportError::in_body(status, headers.clone(), "cut");
    let error = failed(Step::Fail(cut(StatusCode::CREATED))).await;
    expect(&error, ErrorKind::UnexpectedResponse, Delivery::Applied);
    assert_eq!(error.status(), Some(StatusCode::CREATED));
    assert_eq!(error.request_id(), Some("abc"));
    let error = failed(Step::Fail(cut(StatusCode::CREATED).timed_out())).await;
    expect(&error, ErrorKind::Timeout, Delivery::Applied);
    let error = failed(Step::Fail(cut(StatusCode::BAD_REQUEST))).await;
    expect(&error, ErrorKind::Rejected, Delivery::Rejected);
    let error = failed(Step::Fail(cut(StatusCode::BAD_GATEWAY))).await;
    expect(&error, ErrorKind::Service, Delivery::Unknown);
}

#[tokio::test(start_paused = true)]
async fn a_silent_service_is_given_up_on_in_time() {
    let script = Script::new([Step::Hang, Step::Hang]);
    let client = builder()
        .attempt_timeout(Duration::from_secs(9))
        .transport(script.clone())
        .build()
        .unwrap();
    let start = tokio::time::Instant::now();
    let error = client.tickets().create(ticket()).await.unwrap_err();
    expect(&error, ErrorKind::Timeout, Delivery::Unknown);
    assert_eq!(start.elapsed(), Duration::from_secs(9));

    let start = tokio::time::Instant::now();
    let call = client
        .tickets()
        .create(ticket())
        .with_timeout(Duration::from_secs(4));
    expect(
        &call.await.unwrap_err(),
        ErrorKind::Timeout,
        Delivery::Unknown,
    );
    assert_eq!(start.elapsed(), Duration::from_secs(4));
}

#[tokio::test]
async fn an_error_that_repeats_a_credential_is_not_passed_on() {
    let encoded = base64(&format!("agent@acme.example:{KEY}"));
    for body in [
        format!(r#"{{"error":{{"msg":"bad key {KEY}"}}}}"#),
        format!("<html>Authorization: Basic {encoded}</html>"),
    ] {
        let mut response = json(400, body);
        response
            .headers_mut()
            .insert("x-debug", format!("Basic {encoded}").parse().unwrap());
        let error = answered(response).await;
        assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
        assert_eq!(error.body(), Some([].as_slice()));
        assert_eq!(error.service_message(), None);
        assert!(!error.headers().unwrap().contains_key("x-debug"));
        let all = format!("{}{:?}", printed(&error), error.headers());
        assert!(!all.contains(KEY) && !all.contains(&encoded));
    }
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}
