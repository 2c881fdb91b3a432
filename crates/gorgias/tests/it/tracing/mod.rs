//! The spans and events that a subscriber gets.

mod capture;

use std::time::Duration;

use gorgias::pacer::Lane;
use gorgias::transport::TransportError;
use gorgias::{ExternalId, NewTicket, RateLimit, Resend, RetryPolicy, SettlePolicy};
use gorgias_emulator::{Emulator, Fault, FaultRule};
use http::{HeaderMap, StatusCode};
use tracing::{Instrument, Level};

use self::capture::{Capture, Span};
use crate::support::{KEY, Script, Step, client_of, emulator, faulty_client_of, json};

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com")
        .subject("canary-subject")
        .text("canary-text")
}

fn rows(span: &Span, names: &[&str]) -> Vec<Option<String>> {
    let get = |name: &&str| span.fields.get(name).map(str::to_owned);
    names.iter().map(get).collect()
}

fn some(values: &[&str]) -> Vec<Option<String>> {
    values.iter().map(|value| Some((*value).into())).collect()
}

fn only(capture: &Capture) -> Span {
    let spans = capture.spans();
    assert_eq!(spans.len(), 1, "{capture:?}");
    spans[0].clone()
}

#[tokio::test(start_paused = true)]
async fn a_request_is_a_span_after_the_conventions() {
    let emulator = Emulator::builder().build().unwrap();
    let client = client_of(&emulator);
    let (capture, _guard) = Capture::start();
    let caller = tracing::info_span!(target: "test", "caller");
    let created = client.tickets().create(ticket()).into_future();
    created.instrument(caller).await.unwrap();
    let span = only(&capture);
    assert_eq!((span.name, span.parent), ("HTTP request", Some("caller")));
    let fields = [
        ("gorgias.delivery", "applied"),
        ("gorgias.operation", "create_ticket"),
        ("gorgias.rate_limit.limit", "40"),
        ("gorgias.rate_limit.used", "1"),
        ("http.request.method", "POST"),
        ("http.response.status_code", "201"),
        ("otel.kind", "client"),
        ("otel.name", "POST /api/tickets"),
        ("server.address", "acme.gorgias.com"),
        ("server.port", "443"),
        ("url.template", "/api/tickets"),
    ];
    let (names, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    assert_eq!(span.fields.names(), names);
    assert_eq!(rows(&span, &names), some(&values));
    assert!(capture.events().is_empty(), "{capture:?}");
}

#[tokio::test(start_paused = true)]
async fn reading_has_no_delivery_and_its_path_no_id() {
    let emulator = emulator();
    let client = client_of(&emulator);
    let id = client.tickets().create(ticket()).await.unwrap().ticket.id;
    let (capture, _guard) = Capture::start();
    client.tickets().get(id).await.unwrap();
    let span = only(&capture);
    assert_eq!(span.fields.get("url.template"), Some("/api/tickets/{id}"));
    assert_eq!(span.fields.get("otel.name"), Some("GET /api/tickets/{id}"));
    assert_eq!(span.fields.get("gorgias.delivery"), None);
}

#[tokio::test(start_paused = true)]
async fn each_attempt_is_a_span_and_each_wait_an_event() {
    let script = Script::new([
        Step::Fail(TransportError::before_dispatch("refused")),
        Step::Answer(json(429, "{}")),
        Step::Answer(json(201, r#"{"id":7}"#)),
    ]);
    let client = script.client();
    let (capture, _guard) = Capture::start();
    client.tickets().create(ticket()).await.unwrap();
    let texts: Vec<_> = capture
        .spans()
        .iter()
        .map(|span| {
            rows(
                span,
                &[
                    "http.request.resend_count",
                    "error.type",
                    "gorgias.delivery",
                    "otel.status_code",
                ],
            )
        })
        .collect();
    let error = |text: &str| Some(text.to_owned());
    assert_eq!(
        texts,
        [
            vec![None, error("connect"), error("not_sent"), error("ERROR")],
            vec![error("1"), error("429"), error("rejected"), error("ERROR")],
            vec![error("2"), None, error("applied"), None],
        ]
    );
    let waits: Vec<_> = capture
        .events()
        .into_iter()
        .filter(|said| said.message == "waiting to send the request again")
        .map(|said| {
            assert_eq!(said.level, Level::INFO);
            assert!(said.fields.get("gorgias.wait_ms").is_some());
            said.fields.get("error.type").map(str::to_owned)
        })
        .collect();
    assert_eq!(waits, [error("connect"), error("429")]);
}

#[tokio::test(start_paused = true)]
async fn every_way_to_fail_has_a_type() {
    let in_body = || TransportError::in_body(StatusCode::CREATED, HeaderMap::new(), "cut");
    let cases = [
        (
            Step::Fail(TransportError::before_dispatch("x")),
            "connect",
            "not_sent",
        ),
        (
            Step::Fail(TransportError::after_dispatch("x")),
            "transport",
            "unknown",
        ),
        (
            Step::Fail(TransportError::after_dispatch("x").timed_out()),
            "timeout",
            "unknown",
        ),
        (Step::Fail(in_body()), "unexpected_response", "applied"),
        (
            Step::Answer(json(201, "{}")),
            "unexpected_response",
            "applied",
        ),
        (Step::Answer(json(307, "")), "307", "unknown"),
        (Step::Answer(json(400, "{}")), "400", "rejected"),
        (Step::Answer(json(502, "")), "502", "unknown"),
    ];
    for (step, error, delivery) in cases {
        let client = Script::new([step]).client();
        let (capture, _guard) = Capture::start();
        let call = client.tickets().create(ticket());
        call.with_retry(RetryPolicy::none()).await.unwrap_err();
        assert_eq!(
            rows(&only(&capture), &["error.type", "gorgias.delivery"]),
            some(&[error, delivery])
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_dropped_creation_is_told_of() {
    let client = Script::new([Step::Hang]).client();
    let (capture, _guard) = Capture::start();
    let call = client.tickets().create(ticket()).into_future();
    assert!(
        tokio::time::timeout(Duration::from_secs(1), call)
            .await
            .is_err()
    );
    assert_eq!(
        rows(&only(&capture), &["error.type", "gorgias.delivery"]),
        some(&["cancelled", "unknown"])
    );
    let said = &capture.events()[0];
    assert_eq!(said.level, Level::WARN);
    assert_eq!(said.fields.get("gorgias.delivery"), Some("unknown"));
}

#[tokio::test(start_paused = true)]
async fn a_creation_that_ends_in_doubt_is_not_one_that_was_dropped() {
    let emulator = emulator();
    let client = faulty_client_of(&emulator);
    let fault = Fault::named("F12").unwrap();
    let fault = fault.applied(gorgias_emulator::Applied::Never);
    emulator.inject(FaultRule::new(fault).operation("create_ticket"));
    let id = ExternalId::new("order-1").unwrap();
    let call = client.tickets().create_once(id.clone(), ticket());
    let dropped = tokio::time::timeout(Duration::from_secs(3), call.into_future());
    assert!(dropped.await.is_err());
    let (capture, _guard) = Capture::start();
    let policy = SettlePolicy::default().resend(Resend::Never);
    let call = client.tickets().create_once(id, ticket()).settle(policy);
    call.await.unwrap_err();
    let warned = capture
        .events()
        .iter()
        .any(|said| said.level == Level::WARN);
    assert!(!warned, "{capture:?}");
}

#[tokio::test(start_paused = true)]
async fn waiting_for_the_rate_limit_is_told_once() {
    let emulator = emulator();
    let client = crate::support::builder()
        .service(emulator.service())
        .rate_limit(RateLimit::fixed(1, Duration::from_secs(1)))
        .build()
        .unwrap();
    client.tickets().list().await.unwrap();
    let (capture, _guard) = Capture::start();
    client.tickets().list().with_lane(Lane::Bulk).await.unwrap();
    assert_eq!(capture.messages(), ["waiting for the rate limit"]);
    assert_eq!(capture.events()[0].fields.get("gorgias.lane"), Some("bulk"));
}

#[tokio::test(start_paused = true)]
async fn looking_for_a_ticket_is_told_and_a_resend_counts_on() {
    let emulator = emulator();
    let client = faulty_client_of(&emulator);
    let fault = Fault::named("F7").unwrap();
    let fault = fault.applied(gorgias_emulator::Applied::Never);
    emulator.inject(FaultRule::new(fault).operation("create_ticket"));
    let (capture, _guard) = Capture::start();
    let seconds = Duration::from_secs;
    let id = ExternalId::new("canary-external-id").unwrap();
    let policy = SettlePolicy::default()
        .waits([seconds(2), seconds(5)])
        .resend(Resend::AfterQuiet(seconds(7)));
    let call = client.tickets().create_once(id, ticket());
    call.settle(policy).await.unwrap();
    let looks = capture.messages();
    let looks = looks
        .iter()
        .filter(|text| text.starts_with("waiting before a look-up"));
    assert!(looks.count() >= 2, "{capture:?}");
    let posts: Vec<_> = capture
        .spans()
        .into_iter()
        .filter(|span| span.fields.get("http.request.method") == Some("POST"))
        .map(|span| rows(&span, &["http.request.resend_count", "gorgias.delivery"]))
        .collect();
    let unknown = vec![None, Some("unknown".into())];
    assert_eq!(posts, [unknown, some(&["1", "applied"])]);
    no_personal_data(&capture);
}

#[tokio::test(start_paused = true)]
async fn requests_past_the_clients_own_calls_are_told_too() {
    let emulator = emulator();
    let client = client_of(&emulator);
    let (capture, _guard) = Capture::start();
    let list = client
        .api()
        .list_tickets()
        .external_id("canary-external-id");
    let _list = list.send().await.unwrap();
    let span = only(&capture);
    assert_eq!(span.fields.get("otel.name"), Some("GET /api/tickets"));
    no_personal_data(&capture);
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocking_call_is_told_of_where_it_was_made() {
    let script = Script::answering(json(201, r#"{"id":7}"#));
    let client = crate::support::builder().transport(script);
    let client = client.build_blocking().unwrap();
    let (capture, _guard) = Capture::start();
    let caller = tracing::info_span!(target: "test", "caller").entered();
    client.wait(client.tickets().create(ticket())).unwrap();
    drop(caller);
    assert_eq!(only(&capture).parent, Some("caller"));
}

fn no_personal_data(capture: &Capture) {
    let text = format!("{capture:?}");
    for secret in ["canary", "jane", "example", "agent@", KEY] {
        assert!(!text.contains(secret), "{text}");
    }
}
