//! Operations, over a transport that answers what it is told to.

use std::{
    error::Error as _,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use gorgias_api::{
    Client, Error,
    support::{
        Body,
        transport::{self, Transport, TransportError, TransportFuture, buffered},
    },
    types::CreateTicket,
};
use http::{Request, Response, StatusCode};

type Answer = dyn Fn() -> Result<Response<Bytes>, TransportError> + Send + Sync;

#[derive(Clone)]
struct Scripted {
    answer: Arc<Answer>,
    seen: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl std::fmt::Debug for Scripted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Scripted")
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request<transport::Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let request = buffered(request).await?;
            self.seen.lock().unwrap().push(request);
            (self.answer)()
        })
    }
}

fn client(
    answer: impl Fn() -> Result<Response<Bytes>, TransportError> + Send + Sync + 'static,
) -> (Client, Scripted) {
    let transport = Scripted {
        answer: Arc::new(answer),
        seen: Arc::default(),
    };
    let client = Client::builder("acme")
        .bearer("a-token")
        .transport(transport.clone())
        .build()
        .unwrap();
    (client, transport)
}

fn answer(status: u16, body: &'static str) -> Result<Response<Bytes>, TransportError> {
    let mut response = Response::new(Bytes::from_static(body.as_bytes()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    Ok(response)
}

#[tokio::test]
async fn a_body_given_as_text_goes_out_as_it_was_written() {
    let (client, transport) = client(|| answer(201, r#"{"id": 7}"#));
    let text = r#"{ "messages": [],   "subject": null }"#;
    let ticket = client
        .create_ticket()
        .body(Body::<CreateTicket>::json(text))
        .send()
        .await
        .unwrap();
    assert_eq!(ticket.id, 7);

    let seen = transport.seen.lock().unwrap();
    let [request] = seen.as_slice() else {
        panic!("{seen:?}")
    };
    assert_eq!(request.body(), text);
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://acme.gorgias.com/api/tickets");
    assert_eq!(request.headers()["content-type"], "application/json");
    assert!(!request.headers().contains_key("api-version"));
}

#[tokio::test]
async fn any_2xx_is_a_success() {
    for status in [200, 201, 202] {
        let (client, _) = client(move || answer(status, r#"{"id": 7}"#));
        let response = client.get_ticket().id(7).send().await.unwrap();
        assert_eq!(response.status().as_u16(), status);
    }
}

#[tokio::test]
async fn an_html_failure_keeps_its_status() {
    for status in [400, 404, 429, 502] {
        let (client, _) = client(move || answer(status, "<html>"));
        let error = client.get_ticket().id(7).send().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(matches!(error, Error::ErrorResponse(_)));
    }
}

#[tokio::test]
async fn a_failed_exchange_keeps_its_cause() {
    let (client, _) = client(|| Err(TransportError::after_dispatch("the line went dead")));
    let error = client.get_ticket().id(7).send().await.unwrap_err();
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    let mut chain = Vec::new();
    while let Some(error) = cause {
        chain.push(error.to_string());
        cause = error.source();
    }
    assert!(
        chain.iter().any(|text| text.contains("the line went dead")),
        "{chain:?}"
    );
    assert!(error.source().is_some());
}

#[tokio::test]
async fn a_parameter_beyond_its_limits_is_not_sent() {
    let (client, transport) = client(|| answer(200, r#"{"data": []}"#));
    let error = client
        .list_tickets()
        .limit(101)
        .customer_id(0)
        .send()
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(text.contains("limit must be at most 100"), "{text}");
    assert!(text.contains("customer_id must be at least 1"), "{text}");
    assert!(transport.seen.lock().unwrap().is_empty());
}

#[test]
fn a_forgotten_body_is_an_error() {
    let (client, _) = client(|| answer(201, "{}"));
    let error = client.create_ticket().request().unwrap_err();
    assert!(error.to_string().contains("body"), "{error}");
}
