//! The pacers by themselves, in virtual time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use gorgias::pacer::{Automatic, Lane, Pacer, RequestOutcome, Slot, SlotFuture, Turn};
use gorgias::{NewTicket, RateLimit};
use http::{HeaderMap, HeaderValue, StatusCode};
use proptest::prelude::*;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::support::{Script, Step, builder, emulator, json};

fn headers(call_limit: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(
        "x-gorgias-account-api-call-limit",
        call_limit.parse().unwrap(),
    );
    headers
}

/// Reports an answer for a slot.
fn answer(pacer: &dyn Pacer, slot: Slot, call_limit: &str) {
    let headers = headers(call_limit);
    let status = StatusCode::CREATED;
    let headers = &headers;
    pacer.finish(slot, RequestOutcome::Answered { status, headers });
}

/// A pacer that has spent its limit: the next slot is seconds away.
async fn spent() -> Arc<Automatic> {
    let pacer = Arc::new(Automatic::seeded(1));
    for used in 1.. {
        let next = pacer.slot(Turn::default());
        let Ok(slot) = timeout(Duration::from_millis(10), next).await else {
            break;
        };
        answer(&*pacer, slot, &format!("{}/40", used.min(40)));
    }
    pacer
}

#[tokio::test(start_paused = true)]
async fn a_lane_is_served_in_the_order_of_asking() {
    let pacer = spent().await;
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut waiters = JoinSet::new();
    for number in 0..50 {
        let (pacer, order) = (Arc::clone(&pacer), Arc::clone(&order));
        waiters.spawn(async move {
            let slot = pacer.slot(Turn::new(Lane::Bulk)).await;
            order.lock().unwrap().push(number);
            pacer.finish(slot, RequestOutcome::Unanswered);
        });
        tokio::task::yield_now().await;
    }
    while waiters.join_next().await.is_some() {}
    assert_eq!(*order.lock().unwrap(), (0..50).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn giving_up_lets_the_next_one_through() {
    let pacer = spent().await;
    let start = Instant::now();
    let mut waiters = JoinSet::new();
    for _ in 0..1_000 {
        let pacer = Arc::clone(&pacer);
        waiters.spawn(async move {
            let wait = pacer.slot(Turn::default());
            timeout(Duration::from_millis(1), wait).await.is_ok()
        });
    }
    sleep(Duration::from_micros(100)).await;
    let last = pacer.slot(Turn::default()).await;
    pacer.finish(last, RequestOutcome::NotSent);
    // As long as for the very first, not as for the thousand-and-first.
    assert!(start.elapsed() < Duration::from_secs(25));
    while let Some(served) = waiters.join_next().await {
        assert!(!served.unwrap());
    }
}

#[tokio::test(start_paused = true)]
async fn slots_of_requests_that_were_not_sent_are_used_again() {
    let pacer = Automatic::seeded(1);
    let start = Instant::now();
    let first = pacer.slot(Turn::default()).await;
    answer(&pacer, first, "1/40");
    for _ in 0..1_000 {
        let slot = pacer.slot(Turn::default()).await;
        pacer.finish(slot, RequestOutcome::NotSent);
    }
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_waiters_wake_each_other_one_by_one() {
    let pacer = spent().await;
    let wakes = Arc::new(Mutex::new(0_u32));
    let mut waiters = JoinSet::new();
    for _ in 0..10_000 {
        let (pacer, wakes) = (Arc::clone(&pacer), Arc::clone(&wakes));
        waiters.spawn(async move {
            let mut wait = pacer.slot(Turn::new(Lane::Bulk));
            let slot = std::future::poll_fn(|context| {
                *wakes.lock().unwrap() += 1;
                wait.as_mut().poll(context)
            })
            .await;
            drop(wait);
            answer(&*pacer, slot, "20/40");
        });
    }
    while waiters.join_next().await.is_some() {}
    let wakes = *wakes.lock().unwrap();
    assert!(wakes < 80_000, "{wakes}");
}

#[tokio::test(start_paused = true)]
async fn a_pacer_that_gets_no_answers_goes_on() {
    let pacer = Automatic::seeded(1);
    let start = Instant::now();
    for _ in 0..20 {
        let slot = pacer.slot(Turn::default()).await;
        pacer.finish(slot, RequestOutcome::Unanswered);
    }
    assert!(start.elapsed() < Duration::from_secs(11));
}

/// Counts what it is asked, and lets everything through.
#[derive(Debug, Default)]
struct Counting(Mutex<Vec<String>>);

impl Pacer for Counting {
    fn slot(&self, turn: Turn) -> SlotFuture<'_> {
        let mut seen = self.0.lock().unwrap();
        seen.push(format!("{:?} {}", turn.lane, turn.again));
        let slot = Slot::new(seen.len() as u64);
        Box::pin(std::future::ready(slot))
    }

    fn finish(&self, slot: Slot, outcome: RequestOutcome<'_>) {
        let outcome = match outcome {
            RequestOutcome::Answered { status, .. } => status.as_u16().to_string(),
            other => format!("{other:?}"),
        };
        let mut seen = self.0.lock().unwrap();
        seen.push(format!("{}: {outcome}", slot.number()));
    }
}

#[tokio::test(start_paused = true)]
async fn a_limiter_of_ones_own_hears_of_every_request() {
    let pacer = Arc::new(Counting::default());
    let script = Script::new([
        Step::Fail(gorgias::transport::TransportError::before_dispatch(
            "refused",
        )),
        Step::Answer(json(429, "")),
        Step::Answer(json(201, r#"{"id":7}"#)),
        Step::Hang,
    ]);
    let client = builder()
        .transport(script.clone())
        .rate_limit(RateLimit::shared(pacer.clone()))
        .build()
        .unwrap();
    let ticket = || NewTicket::from_customer("jane@example.com");
    client
        .tickets()
        .create(ticket())
        .with_lane(Lane::Bulk)
        .await
        .unwrap();
    let dropped = client.tickets().create(ticket());
    let _ = timeout(Duration::from_secs(1), async { dropped.await }).await;
    let seen = pacer.0.lock().unwrap().clone();
    assert_eq!(
        seen,
        [
            "Bulk false",
            "1: NotSent",
            "Bulk true",
            "3: 429",
            "Bulk true",
            "5: 201",
            "Interactive false",
            "7: Unanswered",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_waits_uses_no_slot() {
    let pacer = spent().await;
    let emulator = emulator();
    let client = builder()
        .service(emulator.service())
        .rate_limit(RateLimit::shared(pacer.clone()))
        .build()
        .unwrap();
    let ticket = NewTicket::from_customer("jane@example.com");
    let call = async { client.tickets().create(ticket).await };
    assert!(timeout(Duration::from_millis(5), call).await.is_err());
    assert_eq!(emulator.request_count(), 0);
}

/// Header values from plausible to absurd.
fn header() -> impl Strategy<Value = HeaderValue> {
    let number = prop_oneof![
        (0_u32..100).prop_map(|number| number.to_string()),
        "-?[0-9]{0,30}",
        "[0-9]{1,3}[.eE][0-9]{1,3}",
    ];
    let pair = (number.clone(), number).prop_map(|(used, limit)| format!("{used}/{limit}"));
    let value = prop_oneof![
        pair.prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..20)
    ];
    value.prop_filter_map("not a header value", |bytes| {
        HeaderValue::from_bytes(&bytes).ok()
    })
}

proptest! {
    #[test]
    fn no_header_stops_the_pacer_for_good(
        answers in proptest::collection::vec((any::<bool>(), header(), header()), 1..30),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async {
            let pacer = Automatic::seeded(1);
            for (throttled, call_limit, retry_after) in answers {
                let start = Instant::now();
                let slot = pacer.slot(Turn::default()).await;
                let waited = start.elapsed();
                // A pause, and a limit of one request in twenty seconds.
                assert!(waited <= Duration::from_secs(145), "{waited:?}");
                let mut headers = HeaderMap::new();
                headers.insert("x-gorgias-account-api-call-limit", call_limit);
                headers.insert("retry-after", retry_after);
                let status = if throttled {
                    StatusCode::TOO_MANY_REQUESTS
                } else {
                    StatusCode::OK
                };
                let headers = &headers;
                pacer.finish(slot, RequestOutcome::Answered { status, headers });
            }
        });
    }
}
