//! Access tokens that run out.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gorgias::token::{AccessToken, TokenError, TokenFuture, TokenProvider};
use gorgias::transport::{Body, Transport, TransportFuture};
use gorgias::{Client, Delivery, Error, ErrorKind, NewTicket, RetryPolicy};
use http::Request;
use tokio::sync::{Barrier, Semaphore};

use crate::support::{fixture, json, printed};

/// Gives out `token-1-secret`, `token-2-secret` and so on.
#[derive(Clone)]
struct Mint(Arc<Inner>);

struct Inner {
    fetched: AtomicUsize,
    /// What each fetch waits for.
    gate: Semaphore,
    fail: Mutex<Option<Failure>>,
    lifetime: Option<Duration>,
}

#[derive(Clone, Copy)]
enum Failure {
    Refused,
    Panic,
    Hang,
    BadToken,
}

impl Mint {
    fn new() -> Self {
        Self::with(Semaphore::MAX_PERMITS, None)
    }

    fn with(permits: usize, lifetime: Option<Duration>) -> Self {
        Self(Arc::new(Inner {
            fetched: AtomicUsize::new(0),
            gate: Semaphore::new(permits),
            fail: Mutex::new(None),
            lifetime,
        }))
    }

    fn fetched(&self) -> usize {
        self.0.fetched.load(Ordering::SeqCst)
    }

    fn fail(&self, failure: impl Into<Option<Failure>>) {
        *self.0.fail.lock().unwrap() = failure.into();
    }
}

impl TokenProvider for Mint {
    fn fetch(&self) -> TokenFuture<'_> {
        Box::pin(async {
            let number = self.0.fetched.fetch_add(1, Ordering::SeqCst) + 1;
            self.0.gate.acquire().await.unwrap().forget();
            let failure = *self.0.fail.lock().unwrap();
            let token = match failure {
                None => format!("token-{number}-secret"),
                Some(Failure::Refused) => return Err(TokenError::new("the grant was revoked")),
                Some(Failure::Panic) => panic!("the provider broke"),
                Some(Failure::Hang) => std::future::pending().await,
                Some(Failure::BadToken) => "token with secret\n".to_owned(),
            };
            let token = AccessToken::new(token);
            Ok(match self.0.lifetime {
                Some(lifetime) => token.valid_for(lifetime),
                None => token,
            })
        })
    }
}

/// A service that takes only tokens from some number on.
#[derive(Clone)]
struct Door(Arc<DoorState>);

struct DoorState {
    accepts_from: AtomicUsize,
    seen: Mutex<Vec<String>>,
    /// Holds back refusals until so many have gathered.
    refusals: Option<Barrier>,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Door")
    }
}

impl Door {
    fn new(accepts_from: usize, gathering: Option<usize>) -> Self {
        Self(Arc::new(DoorState {
            accepts_from: AtomicUsize::new(accepts_from),
            seen: Mutex::default(),
            refusals: gathering.map(Barrier::new),
        }))
    }

    fn seen(&self) -> Vec<String> {
        self.0.seen.lock().unwrap().clone()
    }

    fn client(&self, mint: &Mint) -> Client {
        Client::builder("acme")
            .token_provider(mint.clone())
            .transport(self.clone())
            .build()
            .unwrap()
    }
}

impl Transport for Door {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let sent = request.headers()["authorization"].clone();
            assert!(sent.is_sensitive());
            let sent = sent.to_str().unwrap().to_owned();
            self.0.seen.lock().unwrap().push(sent.clone());
            let number: usize = sent
                .strip_prefix("Bearer token-")
                .and_then(|rest| rest.strip_suffix("-secret"))
                .unwrap()
                .parse()
                .unwrap();
            if number < self.0.accepts_from.load(Ordering::SeqCst) {
                if let Some(refusals) = &self.0.refusals {
                    refusals.wait().await;
                }
                let body = format!(r#"{{"error":{{"msg":"not with {sent}"}}}}"#);
                return Ok(json(401, body));
            }
            Ok(json(201, fixture("ticket").to_string()))
        })
    }
}

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

#[tokio::test(start_paused = true)]
async fn concurrent_401s_cause_one_refresh_and_one_resend_each() {
    const CALLS: usize = 16;
    let mint = Mint::new();
    let door = Door::new(2, Some(CALLS));
    let client = door.client(&mint);
    let calls = (0..CALLS).map(|_| {
        let tickets = client.tickets();
        tokio::spawn(async move { tickets.create(ticket()).await })
    });
    for call in calls.collect::<Vec<_>>() {
        let created = call.await.unwrap().unwrap();
        assert_eq!(created.metadata().attempts(), 2);
    }
    // One for the first token, and one for all refusals.
    assert_eq!(mint.fetched(), 2);
    let seen = door.seen();
    let with = |token| seen.iter().filter(|sent| *sent == token).count();
    assert_eq!(with("Bearer token-1-secret"), CALLS);
    assert_eq!(with("Bearer token-2-secret"), CALLS);
    assert_eq!(seen.len(), 2 * CALLS);
}

#[tokio::test]
async fn a_token_is_fetched_once_and_kept() {
    let mint = Mint::new();
    let door = Door::new(0, None);
    let client = door.client(&mint);
    for _ in 0..3 {
        client.tickets().create(ticket()).await.unwrap();
    }
    assert_eq!(mint.fetched(), 1);
}

#[tokio::test]
async fn later_calls_use_the_new_token() {
    let mint = Mint::new();
    let door = Door::new(2, None);
    let client = door.client(&mint);
    for _ in 0..2 {
        client.tickets().create(ticket()).await.unwrap();
    }
    assert_eq!(mint.fetched(), 2);
    assert_eq!(door.seen().len(), 3);
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_strand_the_others() {
    let mint = Mint::with(0, None);
    let door = Door::new(0, None);
    let client = door.client(&mint);
    let call = || {
        let tickets = client.tickets();
        tokio::spawn(async move { tickets.create(ticket()).await })
    };
    let first = call();
    while mint.fetched() == 0 {
        tokio::task::yield_now().await;
    }
    let second = call();
    tokio::task::yield_now().await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    mint.0.gate.add_permits(1);
    second.await.unwrap().unwrap();
    assert_eq!(mint.fetched(), 1);
}

#[tokio::test]
async fn a_refresh_that_nobody_waits_for_any_more_is_not_lost() {
    let mint = Mint::with(0, None);
    let door = Door::new(0, None);
    let client = door.client(&mint);
    let tickets = client.tickets();
    let only = tokio::spawn(async move { tickets.create(ticket()).await });
    while mint.fetched() == 0 {
        tokio::task::yield_now().await;
    }
    only.abort();
    assert!(only.await.unwrap_err().is_cancelled());
    mint.0.gate.add_permits(1);
    client.tickets().create(ticket()).await.unwrap();
    assert_eq!(mint.fetched(), 1);
    assert_eq!(door.seen(), ["Bearer token-1-secret"]);
}

#[tokio::test]
async fn a_refresh_that_fails_is_a_clear_error() {
    let mint = Mint::new();
    let door = Door::new(0, None);
    let client = door.client(&mint);
    mint.fail(Failure::Refused);
    let error = client.tickets().create(ticket()).await.unwrap_err();
    let told_of = (error.kind(), error.delivery(), error.attempts());
    assert_eq!(told_of, (ErrorKind::Token, Delivery::NotSent, 0));
    assert!(printed(&error).contains("the grant was revoked"));
    assert!(error.to_string().contains("access token"), "{error}");
    assert!(door.seen().is_empty());

    mint.fail(None);
    client.tickets().create(ticket()).await.unwrap();

    // Now the service refuses what it took before.
    door.0.accepts_from.store(9, Ordering::SeqCst);
    mint.fail(Failure::Refused);
    let error = client.tickets().create(ticket()).await.unwrap_err();
    let told_of = (error.kind(), error.delivery(), error.attempts());
    assert_eq!(told_of, (ErrorKind::Token, Delivery::Rejected, 1));
    assert_eq!(error.status().unwrap(), 401);
    assert!(!printed(&error).contains("secret"), "{}", printed(&error));
}

#[tokio::test(start_paused = true)]
async fn callers_share_a_failure_too() {
    let mint = Mint::with(0, None);
    mint.fail(Failure::Refused);
    let door = Door::new(0, None);
    let client = door.client(&mint);
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let tickets = client.tickets();
            tokio::spawn(async move { tickets.create(ticket()).await })
        })
        .collect();
    while mint.fetched() == 0 {
        tokio::task::yield_now().await;
    }
    tokio::time::sleep(Duration::from_millis(1)).await;
    mint.0.gate.add_permits(1);
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap_err().kind(), ErrorKind::Token);
    }
    assert_eq!(mint.fetched(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_misbehaves_fails_the_call_and_not_the_client() {
    for failure in [Failure::Panic, Failure::Hang, Failure::BadToken] {
        let mint = Mint::new();
        let client = Door::new(0, None).client(&mint);
        mint.fail(failure);
        let started = tokio::time::Instant::now();
        let error = client.tickets().create(ticket()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Token);
        assert!(started.elapsed() <= Duration::from_secs(31));
        assert!(
            !printed(&error).contains("with secret"),
            "{}",
            printed(&error)
        );
        assert!(!printed(&error).contains("broke"), "{}", printed(&error));
        mint.fail(None);
        client.tickets().create(ticket()).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_waits_for_a_token_no_longer_than_it_may_take() {
    let mint = Mint::new();
    mint.fail(Failure::Hang);
    let client = Door::new(0, None).client(&mint);
    let call = client.tickets().create(ticket());
    let error = call.with_timeout(Duration::from_secs(2)).await.unwrap_err();
    let told_of = (error.kind(), error.delivery(), error.attempts());
    assert_eq!(told_of, (ErrorKind::Timeout, Delivery::NotSent, 0));
    assert!(error.is_timeout());
}

#[tokio::test(start_paused = true)]
async fn a_token_is_replaced_when_its_lifetime_is_over() {
    let mint = Mint::with(Semaphore::MAX_PERMITS, Some(Duration::from_secs(60)));
    let door = Door::new(0, None);
    let client = door.client(&mint);
    client.tickets().create(ticket()).await.unwrap();
    tokio::time::advance(Duration::from_secs(59)).await;
    client.tickets().create(ticket()).await.unwrap();
    tokio::time::advance(Duration::from_secs(1)).await;
    client.tickets().create(ticket()).await.unwrap();
    assert_eq!(mint.fetched(), 2);
    assert_eq!(door.seen().last().unwrap(), "Bearer token-2-secret");
}

#[tokio::test]
async fn a_service_that_refuses_every_token_is_asked_twice() {
    let mint = Mint::new();
    let door = Door::new(usize::MAX, None);
    let error = door
        .client(&mint)
        .tickets()
        .create(ticket())
        .await
        .unwrap_err();
    let told_of = (error.kind(), error.delivery(), error.attempts());
    assert_eq!(told_of, (ErrorKind::Unauthorized, Delivery::Rejected, 2));
    assert_eq!(mint.fetched(), 2);
    // The body repeats the token.
    assert_eq!(error.body(), Some(&b""[..]));
    assert_eq!(error.service_message(), None);
}

#[tokio::test]
async fn nothing_is_sent_twice_when_the_policy_forbids_it() {
    let mint = Mint::new();
    let door = Door::new(2, None);
    let client = door.client(&mint);
    let once = || {
        client
            .tickets()
            .create(ticket())
            .with_retry(RetryPolicy::none())
    };
    let error: Error = once().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Unauthorized, 1)
    );
    once().await.unwrap();
    assert_eq!(mint.fetched(), 2);
}

#[tokio::test]
async fn the_escape_hatch_uses_and_replaces_the_same_token() {
    let mint = Mint::new();
    let door = Door::new(2, None);
    let client = door.client(&mint);
    let once = client.api().get_ticket(1).with_retry(RetryPolicy::none());
    assert!(once.await.is_err());
    assert!(client.api().get_ticket(1).send().await.is_ok());
    assert_eq!(mint.fetched(), 2);
}

#[test]
fn a_token_is_never_printed() {
    let token = AccessToken::new("token-1-secret").valid_for(Duration::from_secs(1));
    assert_eq!(
        format!("{token:?}"),
        "AccessToken { lifetime: Some(1s), .. }"
    );
    let mint = Mint::new();
    let client = Door::new(0, None).client(&mint);
    let shown = format!(
        "{client:?} {:?}",
        Client::builder("acme").token_provider(mint)
    );
    assert!(!shown.contains("Mint"), "{shown}");
}
