//! The client under the emulator's rate limiters, in virtual time.

use std::time::Duration;

use gorgias::pacer::Lane;
use gorgias::transport::{Body, Transport, TransportError, TransportFuture, buffered};
use gorgias::{Client, ErrorKind, NewTicket, RateLimit};
use gorgias_emulator::{Emulator, LimiterModel, RateLimit as Limit};
use http::{Request, StatusCode};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::support::{Script, Step, builder, emulator, json};

const SECOND: Duration = Duration::from_secs(1);

/// An emulator at some distance: requests and answers take their time, each a
/// different one, so that they overtake each other.
#[derive(Debug)]
struct Far {
    emulator: Emulator,
    latency: u64,
}

impl Far {
    /// Half of a round trip, in an order that looks random and is none.
    fn half(&self, request: u64) -> Duration {
        let mixed = request.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        Duration::from_millis(mixed % (self.latency / 2 + 1))
    }
}

impl Transport for Far {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async {
            let request = buffered(request).await?;
            let number = self.emulator.request_count().wrapping_add(1);
            sleep(self.half(number)).await;
            let response = self.emulator.handle(request).await;
            sleep(self.half(number.wrapping_mul(3))).await;
            response.map_err(|_| TransportError::after_dispatch("disconnected"))
        })
    }
}

fn limited(limit: Limit) -> Emulator {
    Emulator::builder().limit(limit).build().unwrap()
}

fn client_of(emulator: &Emulator, latency: u64) -> Client {
    let emulator = emulator.clone();
    builder()
        .transport(Far { emulator, latency })
        .build()
        .unwrap()
}

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Where is my order?")
}

/// Starts so many creates together. Returns how long all of them took.
async fn create(client: &Client, count: u32, lane: Lane) -> Duration {
    let start = Instant::now();
    let mut calls = JoinSet::new();
    for _ in 0..count {
        let call = client.tickets().create(ticket()).with_lane(lane);
        calls.spawn(async move { call.await.map(|created| created.ticket.id) });
    }
    while let Some(created) = calls.join_next().await {
        created.unwrap().unwrap();
    }
    start.elapsed()
}

#[track_caller]
fn assert_share(least: f64, optimum: Duration, took: Duration) {
    let share = optimum.as_secs_f64() / took.as_secs_f64();
    assert!(
        share >= least,
        "{share:.4}: {took:?} instead of {optimum:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn six_hundred_creates_use_a_leaky_bucket_without_a_429() {
    for (limit, optimum, latency, lane) in [
        ("40/20", 280, 0, Lane::Bulk),
        ("80/20", 130, 300, Lane::Interactive),
        ("40/10", 140, 0, Lane::Interactive),
        ("80/10", 65, 500, Lane::Bulk),
    ] {
        let emulator = limited(limit.parse().unwrap());
        let took = create(&client_of(&emulator, latency), 600, lane).await;
        assert_eq!(emulator.count_of(StatusCode::TOO_MANY_REQUESTS), 0);
        assert_eq!(emulator.ticket_count(), 600);
        assert_share(0.97, optimum * SECOND, took);
    }
}

#[tokio::test(start_paused = true)]
async fn six_hundred_creates_use_a_window_without_a_429() {
    for (model, latency, lane) in [
        (LimiterModel::FixedWindow, 300, Lane::Interactive),
        (LimiterModel::SlidingLog, 0, Lane::Bulk),
    ] {
        let emulator = limited(Limit::api_key().model(model).count_rejected(true));
        let took = create(&client_of(&emulator, latency), 600, lane).await;
        assert_eq!(emulator.count_of(StatusCode::TOO_MANY_REQUESTS), 0);
        assert_share(0.85, 280 * SECOND, took);
    }
}

#[tokio::test(start_paused = true)]
async fn two_clients_that_know_nothing_of_each_other_share() {
    let emulator = limited(Limit::api_key());
    let (one, other) = (client_of(&emulator, 200), client_of(&emulator, 200));
    let (first, second) = tokio::join!(
        create(&one, 600, Lane::Bulk),
        create(&other, 600, Lane::Bulk)
    );
    assert!(emulator.count_of(StatusCode::TOO_MANY_REQUESTS) <= 1);
    assert_share(0.95, 580 * SECOND, first.max(second));
}

#[tokio::test(start_paused = true)]
async fn clients_with_clones_of_one_rate_limit_pace_as_one() {
    let emulator = limited(Limit::api_key());
    let rate_limit = RateLimit::automatic();
    let client = || {
        let builder = builder().service(emulator.service());
        builder.rate_limit(rate_limit.clone()).build().unwrap()
    };
    let (one, other) = (client(), client());
    let (first, second) = tokio::join!(
        create(&one, 300, Lane::Interactive),
        create(&other, 300, Lane::Interactive)
    );
    assert_eq!(emulator.count_of(StatusCode::TOO_MANY_REQUESTS), 0);
    assert_share(0.97, 280 * SECOND, first.max(second));
}

#[tokio::test(start_paused = true)]
async fn foreign_traffic_costs_hardly_a_429() {
    let emulator = limited(Limit::api_key().foreign_rate(0.3));
    create(&client_of(&emulator, 200), 600, Lane::Bulk).await;
    assert!(emulator.count_of(StatusCode::TOO_MANY_REQUESTS) <= 6);
}

#[tokio::test(start_paused = true)]
async fn a_single_create_passes_an_import() {
    let emulator = limited(Limit::api_key());
    let client = client_of(&emulator, 100);
    let import = create(&client, 400, Lane::Bulk);
    let single = async {
        let mut longest = Duration::ZERO;
        for _ in 0..15 {
            sleep(9 * SECOND).await;
            longest = longest.max(create(&client, 1, Lane::Interactive).await);
        }
        longest
    };
    let (_, longest) = tokio::join!(import, single);
    assert!(
        longest <= SECOND + Duration::from_millis(100),
        "{longest:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_idle_client_is_not_delayed() {
    let emulator = limited(Limit::api_key());
    let client = client_of(&emulator, 0);
    for pause in [0, 1, 30, 3_600] {
        sleep(pause * SECOND).await;
        assert_eq!(create(&client, 1, Lane::Interactive).await, Duration::ZERO);
    }
}

#[tokio::test(start_paused = true)]
async fn requests_past_the_calls_are_paced_too() {
    let emulator = limited(Limit::api_key());
    let client = builder().service(emulator.service()).build().unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let client = client.clone();
        calls.spawn(async move { client.api().list_tickets().send().await.is_ok() });
    }
    while let Some(read) = calls.join_next().await {
        assert!(read.unwrap());
    }
    assert_eq!(emulator.count_of(StatusCode::TOO_MANY_REQUESTS), 0);
}

#[tokio::test(start_paused = true)]
async fn calls_that_only_wait_their_turn_outlast_the_operation_timeout() {
    let emulator = limited(Limit::api_key());
    let client = builder()
        .service(emulator.service())
        .operation_timeout(2 * SECOND)
        .build()
        .unwrap();
    let took = create(&client, 100, Lane::Interactive).await;
    assert!(took > 20 * SECOND, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_the_call_includes_the_wait() {
    let emulator = limited(Limit::api_key());
    let client = builder().service(emulator.service()).build().unwrap();
    let crowd = create(&client, 100, Lane::Interactive);
    let late = async {
        sleep(Duration::from_millis(10)).await;
        let start = Instant::now();
        let call = client.tickets().create(ticket()).with_timeout(2 * SECOND);
        (call.await.unwrap_err(), start.elapsed())
    };
    let (_, (error, waited)) = tokio::join!(crowd, late);
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.attempts(), 0);
    assert!(
        waited <= 2 * SECOND + Duration::from_millis(1),
        "{waited:?}"
    );
    assert_eq!(emulator.ticket_count(), 100);
}

#[tokio::test(start_paused = true)]
async fn a_429_pauses_all_calls_once() {
    let refused = || {
        let mut response = json(429, "");
        let headers = response.headers_mut();
        headers.insert("retry-after", "10".parse().unwrap());
        Step::Answer(response)
    };
    let created = || Step::Answer(json(201, r#"{"id":7}"#));
    let script = Script::new([refused(), created(), created()]);
    let client = script.client();
    let start = Instant::now();
    let one = create(&client, 1, Lane::Interactive);
    let other = async {
        sleep(SECOND).await;
        create(&client, 1, Lane::Interactive).await;
        start.elapsed()
    };
    let (first, second) = tokio::join!(one, other);
    assert!((10 * SECOND..12 * SECOND).contains(&first), "{first:?}");
    assert!(second >= 10 * SECOND, "{second:?}");
    assert_eq!(script.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn hostile_headers_slow_nothing_below_the_safe_pace() {
    let long = "9".repeat(10_240);
    for value in ["40/0", "99999/40", "-1/40", "NaN/40", "", long.as_str()] {
        let steps = (0..60).map(|_| {
            let mut response = json(201, r#"{"id":7}"#);
            let headers = response.headers_mut();
            headers.insert("x-gorgias-account-api-call-limit", value.parse().unwrap());
            Step::Answer(response)
        });
        let took = create(&Script::new(steps).client(), 60, Lane::Bulk).await;
        assert!(took <= 34 * SECOND, "{took:?} with {value:.20}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_fixed_rate_is_kept_and_off_is_off() {
    let emulator = emulator();
    let client = |rate_limit| {
        let builder = builder().service(emulator.service());
        builder.rate_limit(rate_limit).build().unwrap()
    };
    let fixed = client(RateLimit::fixed(20, 10 * SECOND));
    let took = create(&fixed, 41, Lane::Bulk).await;
    assert!((20 * SECOND..21 * SECOND).contains(&took), "{took:?}");
    let off = client(RateLimit::off());
    assert_eq!(create(&off, 300, Lane::Bulk).await, Duration::ZERO);
}
