//! What `create_once` and `settle` do without evidence, and with it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use gorgias::journal::{BodyHash, Journal, MemoryJournal};
use gorgias::transport::{Body, Transport, TransportError, TransportFuture, buffered};
use gorgias::{
    Client, Created, Delivery, Error, ErrorKind, ExternalId, How, NewTicket, Resend, RetryPolicy,
    SettlePolicy, Settled,
};
use http::{Method, Request};
use tokio::time::{Instant, advance, timeout};

use crate::support::{Step, builder, json as answer};

const SECOND: Duration = Duration::from_secs(1);
const EMPTY: &str = r#"{"data":[],"meta":{"next_cursor":null}}"#;
const FOUND: &str = r#"{"data":[{"id":7,"external_id":"order-1"}],"meta":{}}"#;

/// Answers to a look-up with status 200 that prove nothing.
const NO_EVIDENCE: &[&str] = &[
    "",
    "<html>Sign in.</html>",
    "{}",
    "[]",
    "null",
    r#"{"error":{"msg":"Maintenance."}}"#,
    r#"{"status":"maintenance"}"#,
    r#"{"data":null}"#,
    r#"{"meta":{"next_cursor":null}}"#,
    r#"{"data":"none"}"#,
    r#"{"data":{"0":{"id":7,"external_id":"order-1"}}}"#,
    r#"{"tickets":[{"id":7,"external_id":"order-1"}]}"#,
    r#"{"data":[],"error":{"msg":"Maintenance."}}"#,
    r#"{"data":[]}{"data":[]}"#,
    r#"{"data":[]} and more"#,
    r#"{"data":[null]}"#,
    r#"{"data":["order-1"]}"#,
    r#"{"data":[{"id":null,"external_id":"order-1"}]}"#,
    r#"{"data":[{"id":"x","external_id":"order-1"}]}"#,
    r#"{"data":[{"external_id":"order-1"}]}"#,
    r#"{"data":[{"id":7}]}"#,
    r#"{"data":[{"id":7,"external_id":["order-1"]}]}"#,
    r#"{"data":[],"meta":{"next_cursor":"again"}}"#,
    r#"{"data":[],"meta":{"next_cursor":7}}"#,
    r#"{"data":[{"id":5,"external_id":"order-2"}],"meta":{"next_cursor":"again"}}"#,
];

/// A helpdesk whose list is what a test says.
#[derive(Clone, Debug, Default)]
struct Helpdesk(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    list: (u16, String),
    creates: VecDeque<Reply>,
    /// When requests to create came in, and their bodies.
    posts: Vec<(Instant, Bytes)>,
}

/// What comes of a request to create.
#[derive(Clone, Copy, Debug)]
enum Reply {
    Hang,
    Status(u16),
    Body(&'static str),
    BrokenOff,
}

impl Transport for Helpdesk {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            match self.step(&buffered(request).await?) {
                Step::Answer(response) => Ok(response),
                Step::Fail(failure) => Err(failure),
                Step::Hang => std::future::pending().await,
            }
        })
    }
}

impl Helpdesk {
    fn step(&self, request: &Request<Bytes>) -> Step {
        let mut state = self.0.lock().unwrap();
        let made = r#"{"id":7,"external_id":"order-1"}"#;
        if request.method() == Method::POST {
            state.posts.push((Instant::now(), request.body().clone()));
            return match state.creates.pop_front() {
                None => Step::Answer(answer(201, made)),
                Some(Reply::Hang) => Step::Hang,
                Some(Reply::Status(status)) => Step::Answer(answer(status, "{}")),
                Some(Reply::Body(body)) => Step::Answer(answer(201, body)),
                Some(Reply::BrokenOff) => {
                    let cut = TransportError::in_body(
                        http::StatusCode::CREATED,
                        http::HeaderMap::new(),
                        "cut",
                    );
                    Step::Fail(cut)
                }
            };
        }
        if request.uri().path().ends_with("/7") {
            return Step::Answer(answer(200, made));
        }
        let (status, list) = state.list.clone();
        Step::Answer(answer(status, list))
    }

    fn new(creates: &[Reply]) -> Self {
        let helpdesk = Self::default();
        helpdesk.0.lock().unwrap().creates = creates.iter().copied().collect();
        helpdesk.lists(EMPTY);
        helpdesk
    }

    fn lists(&self, list: &str) {
        self.0.lock().unwrap().list = (200, list.to_owned());
    }

    fn posts(&self) -> usize {
        self.0.lock().unwrap().posts.len()
    }

    fn last_post(&self) -> (Instant, Bytes) {
        self.0.lock().unwrap().posts.last().unwrap().clone()
    }

    fn client(&self, journal: &Arc<MemoryJournal>) -> Client {
        builder()
            .retry(RetryPolicy::none())
            .transport(self.clone())
            .journal(Arc::clone(journal))
            .build()
            .unwrap()
    }
}

fn id() -> ExternalId {
    ExternalId::new("order-1").unwrap()
}

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

async fn create(client: &Client) -> Result<Created, Error> {
    client.tickets().create_once(id(), ticket()).await
}

async fn create_with(client: &Client, resend: Resend) -> Result<Created, Error> {
    let policy = SettlePolicy::default().resend(resend);
    let call = client.tickets().create_once(id(), ticket());
    call.settle(policy).await
}

/// A helpdesk and a journal with an id that was left behind in some way.
async fn left_behind(first: Reply, later: &[Reply]) -> (Helpdesk, Client) {
    let replies: Vec<_> = [&[first], later].concat();
    let helpdesk = Helpdesk::new(&replies);
    let client = helpdesk.client(&Arc::default());
    match first {
        Reply::Hang => {
            let call = client.tickets().create_once(id(), ticket()).into_future();
            assert!(timeout(SECOND, call).await.is_err());
        }
        _ => assert_eq!(
            create(&client).await.unwrap_err().kind(),
            ErrorKind::InDoubt
        ),
    }
    assert_eq!(helpdesk.posts(), 1);
    (helpdesk, client)
}

#[tokio::test(start_paused = true)]
async fn no_evidence_before_sending_sends_nothing() {
    for list in NO_EVIDENCE {
        let helpdesk = Helpdesk::new(&[]);
        helpdesk.lists(list);
        let client = helpdesk.client(&Arc::default());
        for _ in 0..2 {
            let error = create(&client).await.unwrap_err();
            let seen = (error.kind(), error.delivery());
            assert_eq!(seen, (ErrorKind::NoEvidence, Delivery::NotSent), "{list}");
        }
        assert_eq!(helpdesk.posts(), 0, "{list}");
        helpdesk.lists(EMPTY);
        assert_eq!(create(&client).await.unwrap().how(), How::Sent, "{list}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_evidence_of_what_was_left_behind_sends_nothing() {
    for first in [Reply::Hang, Reply::Status(503), Reply::BrokenOff] {
        for list in NO_EVIDENCE {
            let (helpdesk, client) = left_behind(first, &[]).await;
            helpdesk.lists(list);
            advance(3_600 * SECOND).await;
            for resend in [Resend::Interrupted, Resend::AfterQuiet(60 * SECOND)] {
                let error = create_with(&client, resend).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::InDoubt, "{first:?} {list}");
                assert!(!error.delivery().is_safe_to_resend());
            }
            assert_eq!(helpdesk.posts(), 1, "{first:?} {list}");
            helpdesk.lists(FOUND);
            let found = create(&client).await.unwrap();
            assert_eq!(found.how(), How::FoundBefore, "{first:?} {list}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_service_says_in_place_of_a_list_is_told() {
    let helpdesk = Helpdesk::new(&[Reply::Status(503)]);
    helpdesk.lists(r#"{"error":{"msg":"Maintenance."}}"#);
    let client = helpdesk.client(&Arc::default());
    let error = create(&client).await.unwrap_err();
    assert_eq!(error.service_message(), Some("Maintenance."));
    let call = client
        .tickets()
        .create_once(id(), ticket())
        .look_first(false);
    assert_eq!(call.await.unwrap_err().kind(), ErrorKind::InDoubt);
    let error = create(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InDoubt);
    assert_eq!(error.service_message(), Some("Maintenance."));
}

#[tokio::test(start_paused = true)]
async fn a_later_refusal_says_nothing_of_an_earlier_request() {
    for status in [400, 401, 403, 404, 405, 413, 422, 429, 451] {
        let refused = Reply::Status(status);
        let (helpdesk, client) = left_behind(Reply::Hang, &[refused, refused]).await;
        for posts in [2, 3] {
            let start = Instant::now();
            let error = create(&client).await.unwrap_err();
            assert_eq!(error.delivery(), Delivery::Rejected, "{status}");
            assert_eq!(helpdesk.posts(), posts, "{status}");
            let (sent, _) = helpdesk.last_post();
            assert!(sent.duration_since(start) >= 52 * SECOND, "{status}");
        }
        helpdesk.lists(FOUND);
        assert_eq!(create(&client).await.unwrap().how(), How::FoundBefore);
        assert_eq!(helpdesk.posts(), 3, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_in_doubt_is_sent_again_when_it_is_old_enough() {
    let (helpdesk, client) = left_behind(Reply::Status(503), &[]).await;
    let after = |minutes: u32| Resend::AfterQuiet(60 * SECOND * minutes);
    for resend in [Resend::Never, Resend::Interrupted, after(60)] {
        let error = create_with(&client, resend).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InDoubt);
    }
    assert_eq!(helpdesk.posts(), 1);
    advance(3_600 * SECOND).await;
    let start = Instant::now();
    let created = create_with(&client, after(60)).await.unwrap();
    assert_eq!((created.how(), helpdesk.posts()), (How::Sent, 2));
    let (sent, _) = helpdesk.last_post();
    assert!(
        sent.duration_since(start) >= 52 * SECOND,
        "absence is proven anew"
    );
}

#[tokio::test(start_paused = true)]
async fn less_than_the_settle_time_counts_as_that() {
    let (helpdesk, client) = left_behind(Reply::Status(503), &[]).await;
    let start = Instant::now();
    let resend = Resend::AfterQuiet(SECOND);
    assert!(create_with(&client, resend).await.is_ok());
    let (sent, _) = helpdesk.last_post();
    assert!(sent.duration_since(start) >= 52 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_ticket_that_shows_up_while_absence_is_proven_is_found() {
    let (helpdesk, client) = left_behind(Reply::Status(503), &[]).await;
    let call = create_with(&client, Resend::AfterQuiet(SECOND));
    let shows_up = async {
        tokio::time::sleep(40 * SECOND).await;
        helpdesk.lists(FOUND);
    };
    let (found, ()) = tokio::join!(call, shows_up);
    assert_eq!(found.unwrap().how(), How::FoundBefore);
    assert_eq!(helpdesk.posts(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_corrected_ticket_takes_the_place_of_one_in_doubt() {
    let (helpdesk, client) = left_behind(Reply::Status(500), &[]).await;
    let corrected = || ticket().subject("Corrected");
    let error = client.tickets().create_once(id(), corrected()).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InDoubt);
    assert_eq!(helpdesk.posts(), 1);

    let policy = SettlePolicy::default().resend(Resend::AfterQuiet(SECOND));
    let call = client.tickets().create_once(id(), corrected());
    assert_eq!(call.settle(policy).await.unwrap().how(), How::Sent);
    let (_, body) = helpdesk.last_post();
    assert!(String::from_utf8_lossy(&body).contains("Corrected"));
    // From here on it is the id of the corrected ticket.
    let again = client.tickets().create_once(id(), corrected()).await;
    assert_eq!(again.unwrap().how(), How::FoundBefore);
    assert_eq!(
        create(&client).await.unwrap_err().kind(),
        ErrorKind::KeyReused
    );
}

#[tokio::test(start_paused = true)]
async fn a_corrected_ticket_is_another_one_once_the_first_is_found() {
    let (helpdesk, client) = left_behind(Reply::Status(500), &[]).await;
    helpdesk.lists(FOUND);
    let corrected = || ticket().subject("Corrected");
    for _ in 0..2 {
        let error = client.tickets().create_once(id(), corrected()).await;
        assert_eq!(error.unwrap_err().kind(), ErrorKind::KeyReused);
    }
    assert_eq!(create(&client).await.unwrap().how(), How::FoundBefore);
}

#[tokio::test(start_paused = true)]
async fn what_the_service_said_it_made_is_never_sent_again() {
    let (helpdesk, client) = left_behind(Reply::BrokenOff, &[]).await;
    advance(86_400 * SECOND).await;
    let resend = Resend::AfterQuiet(SECOND);
    let error = create_with(&client, resend).await.unwrap_err();
    let seen = (error.kind(), error.delivery());
    assert_eq!(seen, (ErrorKind::InDoubt, Delivery::Applied));
    let policy = SettlePolicy::default().resend(resend);
    let settled = client.tickets().settle(&id()).settle(policy).await;
    assert_eq!(settled.unwrap_err().delivery(), Delivery::Applied);
    assert_eq!(helpdesk.posts(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_no_ticket_says_nothing_of_one() {
    for body in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"error":{"msg":"Busy."}}"#,
        r#"{"job_id":"7f"}"#,
    ] {
        let (helpdesk, client) = left_behind(Reply::Body(body), &[]).await;
        let created = create_with(&client, Resend::AfterQuiet(SECOND)).await;
        assert_eq!(created.unwrap().how(), How::Sent, "{body}");
        assert_eq!(helpdesk.posts(), 2, "{body}");
    }
    let helpdesk = Helpdesk::new(&[Reply::Body(r#"{"error":{"msg":"Busy."}}"#)]);
    let error = helpdesk
        .client(&Arc::default())
        .tickets()
        .create(ticket())
        .await;
    let error = error.unwrap_err();
    assert_eq!(error.delivery(), Delivery::Unknown);
    assert_eq!(error.service_message(), Some("Busy."));
}

#[tokio::test(start_paused = true)]
async fn a_claim_without_an_attempt_is_no_proof_that_nothing_was_sent() {
    let journal = Arc::new(MemoryJournal::new());
    let helpdesk = Helpdesk::new(&[]);
    let client = helpdesk.client(&journal);
    let body = BodyHash::of_ticket(&ticket(), &id()).unwrap();
    // As in a copy of the journal from before the attempt.
    journal.claim(&id(), body, SECOND, None).await.unwrap();
    advance(2 * SECOND).await;
    helpdesk.lists(FOUND);
    let call = client.tickets().create_once(id(), ticket());
    let found = call.look_first(false).await.unwrap();
    assert_eq!((found.how(), helpdesk.posts()), (How::FoundBefore, 0));
}

#[tokio::test(start_paused = true)]
async fn settling_frees_what_is_proven_to_be_missing() {
    let after = |time| SettlePolicy::default().resend(Resend::AfterQuiet(time));
    let (helpdesk, client) = left_behind(Reply::Status(503), &[]).await;
    let settle = || client.tickets().settle(&id());
    assert_eq!(settle().await.unwrap_err().kind(), ErrorKind::InDoubt);
    let young = settle().settle(after(3_600 * SECOND)).await;
    assert_eq!(young.unwrap_err().kind(), ErrorKind::InDoubt);
    let freed = settle().settle(after(60 * SECOND)).await.unwrap();
    assert!(matches!(freed, Settled::Freed), "{freed:?}");
    assert_eq!(helpdesk.posts(), 1);
    // The next call looks once and sends, whatever the body is.
    helpdesk.lists("{}");
    assert_eq!(
        create(&client).await.unwrap_err().kind(),
        ErrorKind::InDoubt
    );
    helpdesk.lists(EMPTY);
    let corrected = ticket().subject("Corrected");
    let start = Instant::now();
    let created = client.tickets().create_once(id(), corrected).await.unwrap();
    assert_eq!((created.how(), helpdesk.posts()), (How::Sent, 2));
    assert!(start.elapsed() < SECOND);
}

#[tokio::test(start_paused = true)]
async fn settling_finds_what_is_there() {
    let (helpdesk, client) = left_behind(Reply::Status(503), &[]).await;
    helpdesk.lists(FOUND);
    let Settled::Found(found) = client.tickets().settle(&id()).await.unwrap() else {
        panic!("not found");
    };
    assert_eq!(found.ticket.id, 7);
    helpdesk.lists("{}");
    assert_eq!(create(&client).await.unwrap().how(), How::FoundBefore);
    let unknown = helpdesk.client(&Arc::default());
    let error = unknown.tickets().settle(&id()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InDoubt);
    helpdesk.lists(EMPTY);
    let absent = unknown.tickets().settle(&id()).await.unwrap();
    assert!(matches!(absent, Settled::Absent), "{absent:?}");
}
