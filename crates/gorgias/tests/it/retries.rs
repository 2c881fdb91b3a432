//! What is sent again, when, and what is not.

use std::time::Duration;

use gorgias::transport::TransportError;
use gorgias::{Client, Delivery, ErrorKind, NewTicket, RetryPolicy};
use tokio::time::Instant;

use crate::support::{Script, Step, builder, json};

const SECOND: Duration = Duration::from_secs(1);

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com")
}

fn ok() -> Step {
    Step::Answer(json(201, r#"{"id":7}"#))
}

fn refused() -> Step {
    Step::Fail(TransportError::before_dispatch("connection refused"))
}

fn limited(retry_after: Option<&str>) -> Step {
    let mut response = json(429, r#"{"error":{"msg":"Slow down."}}"#);
    if let Some(wait) = retry_after {
        response
            .headers_mut()
            .insert("retry-after", wait.parse().unwrap());
    }
    Step::Answer(response)
}

#[tokio::test(start_paused = true)]
async fn a_write_that_was_not_sent_is_sent_again() {
    let script = Script::new([refused(), refused(), ok()]);
    let created = script.client().tickets().create(ticket()).await.unwrap();
    assert_eq!(created.metadata().attempts(), 3);
    let bodies: Vec<_> = script
        .seen()
        .iter()
        .map(|seen| seen.body().clone())
        .collect();
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(
        script
            .seen()
            .iter()
            .all(|seen| seen.headers().contains_key("authorization"))
    );
}

#[tokio::test(start_paused = true)]
async fn a_write_that_may_have_arrived_is_never_sent_again() {
    for step in [
        Step::Fail(TransportError::after_dispatch("reset")),
        Step::Hang,
        Step::Answer(json(500, "")),
        Step::Answer(json(503, "")),
        Step::Answer(json(408, "")),
        Step::Answer(json(307, "")),
        Step::Answer(json(201, "")),
        Step::Answer(json(400, "{}")),
    ] {
        let script = Script::new([step]);
        script
            .client()
            .tickets()
            .create(ticket())
            .await
            .unwrap_err();
        assert_eq!(script.count(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_end() {
    let script = Script::new([refused(), refused(), refused(), refused()]);
    let error = script
        .client()
        .tickets()
        .create(ticket())
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 4));
    assert_eq!(error.delivery(), Delivery::NotSent);

    let script = Script::new([refused()]);
    let client = builder()
        .retry(RetryPolicy::none())
        .transport(script.clone())
        .build()
        .unwrap();
    assert!(client.tickets().create(ticket()).await.is_err());
    assert_eq!(script.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_is_waited_out() {
    let script = Script::new([limited(Some("5")), ok()]);
    let start = Instant::now();
    let created = script.client().tickets().create(ticket()).await.unwrap();
    assert_eq!(created.metadata().attempts(), 2);
    let waited = start.elapsed();
    assert!((5 * SECOND..6 * SECOND).contains(&waited), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_without_a_wait_is_no_tight_loop() {
    for wish in [None, Some("soon"), Some("Thu, 01 Jan 1970 00:00:00 GMT")] {
        let script = Script::new([limited(wish), limited(wish), ok()]);
        let start = Instant::now();
        script.client().tickets().create(ticket()).await.unwrap();
        assert!(start.elapsed() >= SECOND * 3 / 2, "{:?}", start.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn a_date_is_waited_for() {
    let mut response = json(429, "");
    let headers = response.headers_mut();
    headers.insert("date", "Mon, 07 Nov 1994 10:00:00 GMT".parse().unwrap());
    headers.insert(
        "retry-after",
        "Mon, 07 Nov 1994 10:00:07 GMT".parse().unwrap(),
    );
    let script = Script::new([Step::Answer(response), ok()]);
    let start = Instant::now();
    script.client().tickets().create(ticket()).await.unwrap();
    assert!((7 * SECOND..8 * SECOND).contains(&start.elapsed()));
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_cap_or_the_deadline_is_returned_at_once() {
    let script = Script::new([limited(Some("600"))]);
    let start = Instant::now();
    let call = script.client().tickets().create(ticket());
    let error = call.with_timeout(3_600 * SECOND).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(600 * SECOND));
    assert_eq!(start.elapsed(), Duration::ZERO);

    let script = Script::new([limited(Some("90"))]);
    let error = script
        .client()
        .tickets()
        .create(ticket())
        .await
        .unwrap_err();
    assert_eq!(error.retry_after(), Some(90 * SECOND));
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn one_call_s_rate_limit_silences_the_whole_client() {
    let script = Script::new([limited(Some("10")), ok(), ok(), ok()]);
    let client = script.client();
    let start = Instant::now();
    let timed = |client: Client| async move {
        client.tickets().create(ticket()).await.unwrap();
        start.elapsed()
    };
    let first = tokio::spawn(timed(client.clone()));
    tokio::task::yield_now().await;
    let others = tokio::join!(timed(client.clone()), timed(client.clone()));
    assert!(
        others.0 >= 10 * SECOND && others.1 >= 10 * SECOND,
        "{others:?}"
    );
    assert!(first.await.unwrap() >= 10 * SECOND);

    let script = Script::new([limited(Some("100"))]);
    let client = script.client();
    let call = client
        .tickets()
        .create(ticket())
        .with_retry(RetryPolicy::none());
    assert!(call.await.is_err());
    let start = Instant::now();
    let error = client.tickets().create(ticket()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!(
        error.to_string(),
        "the time was up before the request was sent; the ticket was not created"
    );
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_that_never_ends_ends_the_call() {
    let steps = (0..100).map(|_| limited(Some("3")));
    let script = Script::new(steps);
    let start = Instant::now();
    let call = script.client().tickets().create(ticket());
    let error = call
        .with_retry(RetryPolicy::default().max_attempts(1_000))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert!(start.elapsed() <= 60 * SECOND);
    assert!(script.count() <= 21, "{}", script.count());
}

#[tokio::test(start_paused = true)]
async fn reads_are_repeated_after_anything_that_may_pass() {
    let script = Script::new([
        refused(),
        Step::Fail(TransportError::after_dispatch("reset")),
        Step::Answer(json(502, "<html>")),
        Step::Answer(json(503, "")),
        Step::Answer(json(200, r#"{"id":7,"subj"#)),
        Step::Answer(json(200, r#"{"id":7}"#)),
    ]);
    let read = script
        .client()
        .tickets()
        .get(7)
        .with_retry(RetryPolicy::default().max_attempts(10))
        .with_timeout(600 * SECOND)
        .await
        .unwrap();
    assert_eq!(read.metadata().attempts(), 6);
}

#[tokio::test(start_paused = true)]
async fn a_budget_keeps_an_outage_from_becoming_a_flood() {
    let script = Script::new((0..2_000).map(|_| refused()));
    let client = script.client();
    for _ in 0..400 {
        assert!(client.tickets().create(ticket()).await.is_err());
    }
    assert_eq!(script.count(), 400 + 100);
}
