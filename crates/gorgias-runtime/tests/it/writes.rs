//! Tests of the delivery of writes other than creations.

use gorgias_runtime::{Delivery, ErrorKind};

use crate::operations::{DELETE, SET, UPDATE, UPLOAD, WRITES, call, connection};
use crate::server::{Server, Step, nobody};

const JSON: &str = "application/json";
const PAGE: &str = "text/html";

/// The error after each answer, if every attempt gets it.
const ANSWERS: [(Step, ErrorKind, Delivery); 10] = [
    (Step::Reset, ErrorKind::Transport, Delivery::Unknown),
    (refusal(400), ErrorKind::Rejected, Delivery::Rejected),
    (refusal(404), ErrorKind::NotFound, Delivery::Rejected),
    (refusal(409), ErrorKind::Conflict, Delivery::Rejected),
    (refusal(429), ErrorKind::RateLimited, Delivery::Rejected),
    (refusal(503), ErrorKind::Service, Delivery::Unknown),
    (page(404), ErrorKind::WrongEndpoint, Delivery::Rejected),
    (page(502), ErrorKind::Service, Delivery::Unknown),
    // A proxy's page: the request may not have reached the service.
    (page(200), ErrorKind::UnexpectedResponse, Delivery::Unknown),
    (
        Step::Answer(200, JSON, "{\"id\":"),
        ErrorKind::UnexpectedResponse,
        Delivery::Applied,
    ),
];

const fn refusal(status: u16) -> Step {
    Step::Answer(status, JSON, r#"{"error":{"msg":"No."}}"#)
}

const fn page(status: u16) -> Step {
    Step::Answer(status, PAGE, "<!doctype html>")
}

#[tokio::test]
async fn every_answer_says_what_became_of_a_write() {
    for operation in WRITES {
        for (step, kind, delivery) in ANSWERS {
            let server = Server::start(&[step, step]).await;
            let error = call(&connection(&server.address), operation)
                .await
                .unwrap_err();
            let place = format!("{operation:?} {step:?}: {error}");
            assert_eq!(error.kind(), kind, "{place}");
            assert_eq!(error.delivery(), delivery, "{place}");
        }
    }
}

#[tokio::test]
async fn a_refused_connection_leaves_a_write_unsent() {
    for operation in WRITES {
        let error = call(&connection(&nobody().await), operation)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert_eq!(error.delivery(), Delivery::NotSent);
    }
}

#[tokio::test]
async fn an_empty_success_is_the_success_of_an_operation_without_an_answer() {
    let empty = [
        Step::Answer(204, JSON, ""),
        Step::Answer(200, PAGE, ""),
        Step::Answer(202, JSON, "{\"queued\":true}"),
    ];
    for step in empty {
        let server = Server::start(&[step]).await;
        call(&connection(&server.address), &DELETE).await.unwrap();
    }
}

#[tokio::test]
async fn a_typed_operation_answered_empty_was_applied() {
    for step in [Step::Answer(204, JSON, ""), Step::Answer(200, JSON, "")] {
        let server = Server::start(&[step]).await;
        let error = call(&connection(&server.address), &UPDATE)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
        assert_eq!(error.delivery(), Delivery::Applied);
        let text = error.to_string();
        assert!(text.ends_with("; the customer was updated"), "{text}");
    }
}

#[tokio::test]
async fn a_write_is_sent_again_only_after_a_429() {
    let done = Step::Answer(200, JSON, "{}");
    for step in [Step::Reset, refusal(503), refusal(409), page(200)] {
        let server = Server::start(&[step, done]).await;
        call(&connection(&server.address), &UPDATE)
            .await
            .unwrap_err();
        assert_eq!(server.seen().len(), 1, "{step:?}");
    }
    let server = Server::start(&[refusal(429), done]).await;
    call(&connection(&server.address), &UPDATE).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    for request in seen {
        assert!(
            request.starts_with("PUT /api/customers/7 HTTP/1.1\r\n"),
            "{request}"
        );
        assert!(
            request.ends_with("\r\n\r\n{\"name\":\"Jane\"}"),
            "{request}"
        );
    }
}

#[tokio::test]
async fn a_stream_is_sent_once_and_with_its_length() {
    let server = Server::start(&[refusal(429), Step::Answer(201, JSON, "{}")]).await;
    let error = call(&connection(&server.address), &UPLOAD)
        .await
        .unwrap_err();
    assert_eq!(error.delivery(), Delivery::Rejected);
    assert_eq!(error.attempts(), 1);
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].contains("content-length: 9\r\n"), "{}", seen[0]);
    assert!(!seen[0].contains("transfer-encoding"), "{}", seen[0]);
    assert!(seen[0].ends_with("\r\n\r\nsome text"), "{}", seen[0]);
}

#[tokio::test]
async fn what_may_be_repeated_is_and_no_refusal_lowers_an_unknown_fate() {
    let done = Step::Answer(200, JSON, "{}");
    let server = Server::start(&[Step::Reset, done]).await;
    call(&connection(&server.address), &SET).await.unwrap();
    assert_eq!(server.seen().len(), 2);
    for status in [400, 404, 409, 429] {
        let server = Server::start(&[Step::Reset, refusal(status)]).await;
        let error = call(&connection(&server.address), &SET).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.delivery(), Delivery::Unknown, "{status}");
    }
}

#[tokio::test]
async fn errors_speak_of_the_operations_own_subject() {
    for (step, fate) in [
        (refusal(409), "; the view was not deleted"),
        (
            Step::Reset,
            "; the view may have been deleted, so look before resending",
        ),
        (
            refusal(503),
            "; the view may have been deleted, so look before resending",
        ),
    ] {
        let server = Server::start(&[step]).await;
        let error = call(&connection(&server.address), &DELETE)
            .await
            .unwrap_err();
        let text = error.to_string();
        assert!(text.ends_with(fate), "{text}");
    }
}
