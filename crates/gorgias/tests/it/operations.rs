//! Every operation of the document under the failures that decide what becomes
//! of a write, and how often each is sent. The operations come from the
//! document, so that a new one is held to the same without an edit here.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use gorgias::transport::{Body, Transport, TransportError, TransportFuture};
use gorgias::{Delivery, Error};
use gorgias_api::operations::ALL;
use gorgias_runtime::support::{CallOptions, Effect, Operation, Request, execute, read_nothing};
use http::{HeaderValue, Method, Response};

use crate::support::{builder, json, typed};

type Outcome = Result<Response<Bytes>, TransportError>;

/// What happens to every request, by name.
type Failure = (&'static str, fn() -> Outcome);

/// How often a request may be sent.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sent {
    Once,
    Repeatedly,
}

const PAGE: &str = "<!doctype html><title>Sorry</title>";

fn refused_connection() -> Outcome {
    Err(TransportError::before_dispatch("refused"))
}

fn too_many() -> Outcome {
    Ok(json(429, r#"{"error":{"msg":"Slow down."}}"#))
}

/// Answers that prove that nothing was done.
const REFUSALS: [Failure; 6] = [
    ("400", || Ok(json(400, r#"{"error":{"msg":"Bad."}}"#))),
    ("403", || Ok(json(403, r#"{"error":{"msg":"No."}}"#))),
    ("404", || Ok(json(404, r#"{"error":{"msg":"Gone."}}"#))),
    ("409", || Ok(json(409, r#"{"error":{"msg":"Taken."}}"#))),
    ("403 with a page", || Ok(typed(403, "text/html", PAGE))),
    ("404 with a page", || Ok(typed(404, "text/html", PAGE))),
];

/// What leaves open whether the write was done, and may pass.
const DOUBTS: [Failure; 4] = [
    ("reset after dispatch", || {
        Err(TransportError::after_dispatch("reset"))
    }),
    ("503", || Ok(json(503, r#"{"error":{"msg":"Down."}}"#))),
    ("502 with a page", || Ok(typed(502, "text/html", PAGE))),
    ("200 with a page", || Ok(typed(200, "text/html", PAGE))),
];

/// Treats every request alike, and counts them.
#[derive(Clone)]
struct Always(fn() -> Outcome, Arc<AtomicUsize>);

impl Transport for Always {
    fn send(&self, _: http::Request<Body>) -> TransportFuture<'_> {
        self.1.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { (self.0)() })
    }
}

impl std::fmt::Debug for Always {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Always")
    }
}

fn writes() -> impl Iterator<Item = &'static Operation> {
    let all = ALL.iter().copied();
    all.filter(|operation| operation.effect().is_write())
}

/// The path of an operation with each parameter filled in.
fn path(operation: &Operation) -> String {
    let mut path = String::new();
    for (index, piece) in operation.template().unwrap().split('{').enumerate() {
        match piece.split_once('}') {
            Some((_, rest)) if index > 0 => path.extend(["7", rest]),
            _ => path.push_str(piece),
        }
    }
    path
}

/// The error of an operation whose every request fails, and how often one was
/// sent.
async fn failed(operation: &Operation, outcome: fn() -> Outcome) -> (Error, Sent) {
    failed_with(operation, "{}".into(), outcome).await
}

/// The same for a body that is read while it is sent.
async fn failed_stream(operation: &Operation, outcome: fn() -> Outcome) -> (Error, Sent) {
    let pieces = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"{}"))]);
    failed_with(operation, Body::stream(2, pieces), outcome).await
}

async fn failed_with(operation: &Operation, body: Body, outcome: fn() -> Outcome) -> (Error, Sent) {
    let transport = Always(outcome, Arc::default());
    let client = builder().transport(transport.clone()).build().unwrap();
    let content_type = HeaderValue::from_static("application/json");
    let request = Request::new(path(operation)).body(content_type, body);
    let options = CallOptions::default();
    let connection = client.api().connection();
    let mut limit = options.limit(connection, Duration::ZERO).unwrap();
    let context = options.context(connection, &mut limit);
    let sent = execute(connection, operation, request, context, read_nothing).await;
    let times = match transport.1.load(Ordering::Relaxed) {
        1 => Sent::Once,
        _ => Sent::Repeatedly,
    };
    (sent.unwrap_err(), times)
}

#[test]
fn the_document_has_writes_of_each_kind() {
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        assert!(writes().any(|operation| *operation.method() == method));
    }
    let is_merge = |operation: &&Operation| operation.id().unwrap().starts_with("merge");
    let merges: Vec<_> = writes().filter(is_merge).collect();
    assert!(!merges.is_empty());
    for merge in merges {
        assert_eq!(merge.effect(), Effect::Write, "{merge:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_or_came_too_fast_is_sent_again() {
    for operation in writes() {
        let (error, sent) = failed(operation, refused_connection).await;
        let seen = (error.delivery(), sent);
        assert_eq!(seen, (Delivery::NotSent, Sent::Repeatedly), "{operation:?}");
        let (error, sent) = failed(operation, too_many).await;
        let seen = (error.delivery(), sent);
        assert_eq!(
            seen,
            (Delivery::Rejected, Sent::Repeatedly),
            "{operation:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_proves_that_nothing_was_done_and_is_not_repeated() {
    for operation in writes() {
        for (name, refusal) in REFUSALS {
            let (error, sent) = failed(operation, refusal).await;
            let seen = (error.delivery(), sent);
            let expected = (Delivery::Rejected, Sent::Once);
            assert_eq!(seen, expected, "{name} of {operation:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_twice_that_may_have_been_done() {
    for operation in writes() {
        let times = match operation.effect() {
            Effect::Idempotent => Sent::Repeatedly,
            _ => Sent::Once,
        };
        for (name, doubt) in DOUBTS {
            let (error, sent) = failed(operation, doubt).await;
            let seen = (error.delivery(), sent);
            assert_eq!(seen, (Delivery::Unknown, times), "{name} of {operation:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_sent_once_and_its_fate_told_like_that_of_bytes() {
    let of_bytes = REFUSALS.into_iter().chain(DOUBTS);
    let all = of_bytes.chain([("429", too_many as fn() -> Outcome)]);
    let all: Vec<_> = all
        .chain([("refused connection", refused_connection as _)])
        .collect();
    for operation in writes() {
        for (name, outcome) in &all {
            let (error, sent) = failed_stream(operation, *outcome).await;
            assert_eq!(sent, Sent::Once, "{name} of {operation:?}");
            let (other, _) = failed(operation, *outcome).await;
            let (seen, expected) = (error.delivery(), other.delivery());
            assert_eq!(seen, expected, "{name} of {operation:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_only_reads_is_repeated() {
    let all = ALL.iter().copied();
    for operation in all.filter(|operation| !operation.effect().is_write()) {
        for (name, doubt) in DOUBTS
            .into_iter()
            .filter(|(name, _)| !name.starts_with("200"))
        {
            let (_, sent) = failed(operation, doubt).await;
            assert_eq!(sent, Sent::Repeatedly, "{name} of {operation:?}");
        }
    }
}
