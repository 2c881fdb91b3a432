//! Tests of raw requests.

use gorgias_runtime::{Delivery, ErrorKind, RawRequest};
use http::Method;

use crate::operations::connection;
use crate::server::{Server, Step};

#[tokio::test]
async fn a_raw_request_has_what_every_call_has() {
    let server = Server::start(&[Step::Answer(200, "text/csv", "a,b")]).await;
    let connection = connection(&server.address);
    let answer = RawRequest::new(connection, Method::GET, "/api/export?x=1".to_owned())
        .query("name", "Jane & Joe")
        .send()
        .await
        .unwrap();
    assert_eq!(&answer[..], b"a,b");
    assert_eq!(answer.metadata().attempts(), 1);
    let seen = server.seen();
    assert!(
        seen[0].starts_with("GET /api/export?x=1&name=Jane+%26+Joe HTTP/1.1\r\n"),
        "{}",
        seen[0]
    );
    assert!(
        seen[0].contains("authorization: Bearer a-token\r\n"),
        "{}",
        seen[0]
    );
}

#[tokio::test]
async fn a_raw_write_is_classified() {
    for (step, kind, delivery) in [
        (Step::Reset, ErrorKind::Transport, Delivery::Unknown),
        (
            Step::Answer(200, "text/html", "<!doctype html>"),
            ErrorKind::UnexpectedResponse,
            Delivery::Unknown,
        ),
        (
            Step::Answer(404, "application/json", "{}"),
            ErrorKind::NotFound,
            Delivery::Rejected,
        ),
    ] {
        let server = Server::start(&[step]).await;
        let request = RawRequest::new(
            connection(&server.address),
            Method::PATCH,
            "/api/customers/7".to_owned(),
        );
        let error = request.json(&[1, 2]).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.delivery()),
            (kind, delivery),
            "{error}"
        );
        let seen = server.seen();
        assert!(seen[0].ends_with("\r\n\r\n[1,2]"), "{}", seen[0]);
    }
}

#[tokio::test]
async fn other_hosts_and_dot_segments_are_refused() {
    let server = Server::start(&[]).await;
    for path in [
        "https://evil.example/api",
        "//evil.example/api",
        "/api/../admin",
        "/api/%2E%2e/admin",
        "api/tickets",
        "",
    ] {
        let request = RawRequest::new(connection(&server.address), Method::GET, path.to_owned());
        let error = request.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{path}");
        assert_eq!(error.delivery(), Delivery::NotSent);
    }
    assert!(server.seen().is_empty());
}
