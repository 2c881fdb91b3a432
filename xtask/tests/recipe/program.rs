//! Uses the additions of the recipe, with a transport that doesn't send.

use std::fmt;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use gorgias::api::types;
use gorgias::transport::{Body, Transport, TransportError, TransportFuture, buffered};
use gorgias::{Client, Delivery, ErrorKind, NewMessage, NewTicket, RateLimit, RetryPolicy};
use http::{Method, Request, Response};
use serde_json::{Value, json};

type Answer = dyn Fn() -> Result<Response<Bytes>, TransportError> + Send + Sync;

/// A transport that gives every request the same answer, and keeps the
/// requests.
#[derive(Clone)]
struct StandIn {
    answer: Arc<Answer>,
    seen: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl fmt::Debug for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StandIn")
    }
}

impl Transport for StandIn {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let request = buffered(request).await?;
            self.seen.lock().unwrap().push(request);
            (self.answer)()
        })
    }
}

impl StandIn {
    fn new(answer: impl Fn() -> Result<Response<Bytes>, TransportError> + Send + Sync + 'static) -> Self {
        Self {
            answer: Arc::new(answer),
            seen: Arc::default(),
        }
    }

    fn answering(status: u16, body: &'static str) -> Self {
        Self::new(move || {
            let answer = Response::builder().status(status);
            Ok(answer.body(Bytes::from_static(body.as_bytes())).unwrap())
        })
    }

    fn client(&self) -> Client {
        Client::builder("acme")
            .bearer("a-token")
            .transport(self.clone())
            .retry(RetryPolicy::none())
            .rate_limit(RateLimit::off())
            .build()
            .unwrap()
    }

    /// Returns the only request: its method, path and query, and body.
    fn only(&self) -> (Method, String, Value) {
        let seen = self.seen.lock().unwrap();
        let [request] = seen.as_slice() else {
            panic!("{} requests", seen.len())
        };
        let target = request.uri().path_and_query().unwrap().to_string();
        let body = serde_json::from_slice(request.body()).unwrap_or_default();
        (request.method().clone(), target, body)
    }
}

#[tokio::test]
async fn members_are_set_and_sent() {
    let service = StandIn::answering(201, r#"{"id": 7}"#);
    let message = NewMessage::from_customer("jane@example.com").mood("calm");
    let ticket = NewTicket::from_customer("jane@example.com")
        .text("Hello")
        .campaign("spring")
        .message(message);
    let created = service.client().tickets().create(ticket).await.unwrap();
    assert_eq!(created.ticket.id, 7);
    let (_, _, body) = service.only();
    assert_eq!(body["campaign"], "spring");
    assert_eq!(body["messages"][1]["mood"], "calm");

    let service = StandIn::answering(201, r#"{"id": 7}"#);
    let ticket = NewTicket::from_customer("jane@example.com").clear_campaign();
    service.client().tickets().create(ticket).await.unwrap();
    assert_eq!(service.only().2.get("campaign"), Some(&Value::Null));
}

#[tokio::test]
async fn limits_are_checked_before_anything_is_sent() {
    let service = StandIn::answering(201, r#"{"id": 7}"#);
    let ticket = NewTicket::from_customer("jane@example.com").campaign("x".repeat(65));
    let error = service.client().tickets().create(ticket).await.unwrap_err();
    let violations = error.violations().unwrap();
    let pointers: Vec<_> = violations.iter().map(|one| one.pointer()).collect();
    assert_eq!(pointers, ["/campaign"]);
    assert!(service.seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_parameter_filters() {
    let service = StandIn::answering(200, r#"{"data": [{"id": 7}]}"#);
    let page = service.client().tickets().list().language("fr").await.unwrap();
    assert_eq!(page.data.len(), 1);
    let (method, target, _) = service.only();
    assert_eq!((method, target.as_str()), (Method::GET, "/api/tickets?language=fr"));
}

#[tokio::test]
async fn an_operation_with_a_body_is_called() {
    let service = StandIn::answering(200, r#"{"id": 7, "subject": "Hello"}"#);
    let client = service.client();
    let call = client.api().archive_ticket(7, types::ArchiveTicket::new("done"));
    let ticket = call.send().await.unwrap();
    assert_eq!(ticket.subject.as_deref(), Some("Hello"));
    let (method, target, body) = service.only();
    assert_eq!((method, target.as_str()), (Method::POST, "/api/tickets/7/archive"));
    assert_eq!(body, json!({"reason": "done"}));
}

#[tokio::test]
async fn an_operation_without_an_answer_is_called() {
    let service = StandIn::answering(204, "");
    service.client().api().drop_draft(7).send().await.unwrap();
    let (method, target, _) = service.only();
    assert_eq!((method, target.as_str()), (Method::DELETE, "/api/tickets/7/draft"));
}

#[tokio::test]
async fn a_failure_says_what_became_of_the_write() {
    let refused = || StandIn::new(|| Err(TransportError::before_dispatch("connection refused")));
    let reset = || StandIn::new(|| Err(TransportError::after_dispatch("connection reset")));
    for (service, delivery) in [
        (refused(), Delivery::NotSent),
        (reset(), Delivery::Unknown),
        (StandIn::answering(400, "{}"), Delivery::Rejected),
        (StandIn::answering(503, "{}"), Delivery::Unknown),
    ] {
        let client = service.client();
        let body = types::ArchiveTicket::new("done");
        let archived = client.api().archive_ticket(7, body).send().await;
        let dropped = client.api().drop_draft(7).send().await;
        for error in [archived.unwrap_err(), dropped.unwrap_err()] {
            assert_eq!(error.delivery(), delivery, "{error}");
            assert_ne!(error.kind(), ErrorKind::InvalidRequest);
        }
    }
}
