//! Operations, over a transport with given answers.

use std::{
    error::Error as _,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use gorgias_api::{
    Client, Delivery, ErrorKind, JsonBody, RateLimit, RetryPolicy,
    transport::{self, Transport, TransportError, TransportFuture, buffered},
    types::{CreateMessage, CreateTicket},
};
use http::{Request, Response, StatusCode};

type Answer = dyn Fn(&Request<Bytes>) -> Result<Response<Bytes>, TransportError> + Send + Sync;

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
            let answer = (self.answer)(&request);
            self.seen.lock().unwrap().push(request);
            answer
        })
    }
}

fn client(
    answer: impl Fn(&Request<Bytes>) -> Result<Response<Bytes>, TransportError> + Send + Sync + 'static,
) -> (Client, Scripted) {
    let transport = Scripted {
        answer: Arc::new(answer),
        seen: Arc::default(),
    };
    let client = Client::builder("acme")
        .bearer("a-token")
        .transport(transport.clone())
        .retry(RetryPolicy::none())
        .rate_limit(RateLimit::off())
        .build()
        .unwrap();
    (client, transport)
}

fn answer(status: u16, body: &'static str) -> Result<Response<Bytes>, TransportError> {
    let mut response = Response::new(Bytes::from_static(body.as_bytes()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    Ok(response)
}

fn ticket() -> CreateTicket {
    CreateTicket::new(vec![CreateMessage::new("api", false)])
}

#[tokio::test]
async fn a_body_given_as_text_goes_out_as_it_was_written() {
    let (client, transport) = client(|_| answer(201, r#"{"id": 7}"#));
    let text = r#"{ "messages": [{"channel":"api",  "from_agent":false}],   "subject": null }"#;
    let body = JsonBody::<CreateTicket>::json(text);
    let ticket = client.create_ticket(body).await.unwrap();
    assert_eq!(ticket.id, 7);

    let seen = transport.seen.lock().unwrap();
    let [request] = seen.as_slice() else {
        panic!("{seen:?}")
    };
    assert_eq!(request.body(), text);
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://acme.gorgias.com/api/tickets");
    assert_eq!(request.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn a_body_beyond_its_limits_is_not_sent_however_it_was_given() {
    let (client, transport) = client(|_| answer(201, r#"{"id": 7}"#));
    let long = "x".repeat(999);
    let typed = ticket().subject(long.as_str());
    let text = serde_json::to_vec(&typed).unwrap();
    for body in [typed.into(), JsonBody::json(text)] {
        let error = client.create_ticket(body).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.delivery(), Delivery::NotSent);
        let violations: Vec<_> = error.violations().into_iter().flatten().collect();
        assert_eq!(violations[0].pointer(), "/subject");
    }
    assert!(transport.seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_member_given_twice_hides_nothing() {
    let (client, transport) = client(|_| answer(201, r#"{"id": 7}"#));
    let text = r#"{"messages":[{"channel":"api","from_agent":false}],"subject":"Hello\r\nBcc: x","subject":"Hello"}"#;
    let call = client.create_ticket(JsonBody::json(text));
    let error = call.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let violations: Vec<_> = error.violations().into_iter().flatten().collect();
    assert_eq!(
        violations[0].to_string(),
        "/subject is given more than once"
    );
    assert!(transport.seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_empty_filter_and_what_is_no_cursor_are_not_sent() {
    let (client, transport) = client(|_| answer(200, r#"{"data": []}"#));
    let list = client.list_tickets().external_id("").cursor("a b");
    let error = list.send().await.unwrap_err();
    let violations: Vec<_> = error.violations().into_iter().flatten().collect();
    let text: Vec<_> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        text,
        [
            "cursor must be 1 to 512 visible ASCII characters",
            "external_id must not be empty"
        ]
    );
    assert!(transport.seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn any_2xx_is_a_success() {
    for status in [200, 201, 202] {
        let (client, _) = client(move |_| answer(status, r#"{"id": 7}"#));
        let response = client.get_ticket(7).send().await.unwrap();
        assert_eq!(response.metadata().status().as_u16(), status);
    }
}

#[tokio::test]
async fn a_failure_says_what_became_of_a_write() {
    for (status, delivery) in [
        (400, Delivery::Rejected),
        (404, Delivery::Rejected),
        (429, Delivery::Rejected),
        (502, Delivery::Unknown),
    ] {
        let (client, _) = client(move |_| answer(status, "<html>"));
        let error = client.create_ticket(ticket()).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.delivery(), delivery, "{error}");
    }
}

#[tokio::test]
async fn a_failed_exchange_keeps_its_cause() {
    let (client, _) = client(|_| Err(TransportError::after_dispatch("the line went dead")));
    let error = client.get_ticket(7).send().await.unwrap_err();
    let mut cause: Option<&dyn std::error::Error> = error.source();
    let mut chain = Vec::new();
    while let Some(error) = cause {
        chain.push(error.to_string());
        cause = error.source();
    }
    assert!(
        chain.iter().any(|text| text.contains("the line went dead")),
        "{chain:?}"
    );
}

#[tokio::test]
async fn a_parameter_beyond_its_limits_is_not_sent() {
    let (client, transport) = client(|_| answer(200, r#"{"data": []}"#));
    let list = client.list_tickets().limit(101).customer_id(0);
    let error = list.send().await.unwrap_err();
    let violations: Vec<_> = error.violations().into_iter().flatten().collect();
    let text: Vec<_> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        text,
        [
            "customer_id must be at least 1",
            "limit must be at most 100"
        ]
    );
    assert!(transport.seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_list_is_read_page_by_page_to_its_end() {
    let pages = |request: &Request<Bytes>| {
        let query = request.uri().query().unwrap_or_default().to_owned();
        if query.contains("cursor=two") {
            answer(
                200,
                r#"{"data": [{"id": 3}], "meta": {"next_cursor": null}}"#,
            )
        } else {
            answer(
                200,
                r#"{"data": [{"id": 1}, {"id": 2}], "meta": {"next_cursor": "two"}}"#,
            )
        }
    };
    let (client, transport) = client(pages);
    let list = client.list_tickets().customer_id(5);
    let mut tickets = list.clone().stream();
    let mut ids = Vec::new();
    while let Some(ticket) = tickets.next().await {
        ids.push(ticket.unwrap().id);
    }
    assert_eq!(ids, [1, 2, 3]);
    let seen: Vec<_> = transport.seen.lock().unwrap().drain(..).collect();
    let queries: Vec<_> = seen.iter().map(|one| one.uri().query().unwrap()).collect();
    assert_eq!(
        queries,
        [
            "customer_id=5&limit=100",
            "cursor=two&customer_id=5&limit=100"
        ]
    );

    let mut pages = list.limit(2).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().data.len());
    }
    assert_eq!(sizes, [2, 1]);
}

#[tokio::test]
async fn a_list_that_leads_back_ends_with_an_error() {
    let (client, _) = client(|_| {
        answer(
            200,
            r#"{"data": [{"id": 1}], "meta": {"next_cursor": "one"}}"#,
        )
    });
    let mut tickets = client.list_tickets().stream();
    assert!(tickets.next().await.unwrap().is_ok());
    let error = tickets.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(tickets.next().await.is_none());
}

#[tokio::test]
async fn what_is_no_list_is_no_page() {
    for text in [
        r#"{}"#,
        r#"{"data": null}"#,
        r#"{"data": [], "error": {"msg": "No."}}"#,
    ] {
        let (client, _) = client(move |_| answer(200, text));
        let error = client.list_tickets().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{text}");
    }
}

#[test]
fn calls_can_be_kept_and_sent_from_anywhere() {
    fn is_free<T: Clone + std::fmt::Debug + Send + 'static>(_: T) {}

    let (client, _) = client(|_| answer(200, "{}"));
    is_free(client.create_ticket(ticket()));
    is_free(client.list_tickets());
    let call = client.list_tickets().external_id("jane@example.com");
    assert_eq!(format!("{call:?}"), "ListTickets { .. }");
}
