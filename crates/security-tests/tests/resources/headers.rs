//! Tests of headers with absurd values.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use gorgias::{Client, ErrorKind, RateLimit};
use http::Response;
use security_tests::client::{KEY, ticket};
use security_tests::in_process::Answering;
use tokio::time::Instant;

/// Makes a client whose first answer has these headers; the other answers are
/// ordinary.
fn client(
    status: u16,
    headers: &[(&'static str, String)],
    pacing: RateLimit,
) -> (Client, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let headers = headers.to_vec();
    let transport = Answering::with(move |_| {
        let first = counted.fetch_add(1, Ordering::SeqCst) == 0;
        let mut response = Response::builder().header("content-type", "application/json");
        if first {
            for (name, value) in &headers {
                response = response.header(*name, value);
            }
        }
        response
            .status(if first { status } else { 201 })
            .body(Bytes::from_static(b"{\"id\": 7}"))
            .unwrap()
    });
    let client = Client::builder("acme")
        .api_key("agent@acme.example", KEY)
        .rate_limit(pacing)
        .transport(transport)
        .build()
        .unwrap();
    (client, asked)
}

#[tokio::test(start_paused = true)]
async fn an_absurd_retry_after_is_neither_slept_nor_a_panic() {
    for value in [
        "1000000000",
        "-1",
        "1e308",
        "NaN",
        "inf",
        "0x10",
        "",
        " ",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Mon, 99 Foo 2026 99:99:99 GMT",
        "18446744073709551616",
        "9999999999999999999999999999999999999999",
        "121",
        "0",
        "0.5",
    ] {
        for status in [429, 503] {
            let (client, _) = client(
                status,
                &[("retry-after", value.to_owned())],
                RateLimit::off(),
            );
            let started = Instant::now();
            match client.tickets().create(ticket()).await {
                Ok(_) => assert_eq!(status, 429),
                Err(error) => assert_ne!(error.kind(), ErrorKind::Timeout, "{value}"),
            }
            assert!(started.elapsed() <= Duration::from_secs(60), "{value}");
            // Later calls don't wait longer than the cap either.
            let started = Instant::now();
            let later = client.tickets().create(ticket());
            let later = later.with_timeout(Duration::from_secs(600)).await;
            assert!(later.is_ok(), "{value}: {later:?}");
            assert!(started.elapsed() <= Duration::from_secs(121), "{value}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn two_values_of_retry_after_are_no_reason_to_hurry_or_to_hang() {
    let headers = [
        ("retry-after", "1".to_owned()),
        ("retry-after", "1000000000".to_owned()),
    ];
    let (client, _) = client(429, &headers, RateLimit::off());
    let started = Instant::now();
    let _ = client.tickets().create(ticket()).await;
    assert!(started.elapsed() <= Duration::from_secs(60));
}

#[tokio::test(start_paused = true)]
async fn an_absurd_call_limit_stalls_nothing() {
    let long = "9".repeat(10_240);
    for value in [
        "40/0",
        "0/0",
        "99999/40",
        "-1/40",
        "40/-1",
        "NaN/NaN",
        "1e9/40",
        "/",
        "999999/1",
        long.as_str(),
    ] {
        let headers = [("x-gorgias-account-api-call-limit", value.to_owned())];
        let (client, asked) = client(201, &headers, RateLimit::automatic());
        let started = Instant::now();
        for _ in 0..5 {
            let call = client.tickets().create(ticket());
            call.with_timeout(Duration::from_secs(600)).await.unwrap();
        }
        assert_eq!(asked.load(Ordering::SeqCst), 5);
        assert!(
            started.elapsed() <= Duration::from_secs(120),
            "{value:.20}: {:?}",
            started.elapsed()
        );
    }
}
