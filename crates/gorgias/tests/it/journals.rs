//! The journal in memory.

use std::sync::Arc;
use std::time::Duration;

use gorgias::journal::{
    BodyHash, Claim, ClaimId, ClaimOutcome, Hold, Journal, Left, MemoryJournal, Stage,
};
use gorgias::{Client, Delivery, ErrorKind, ExternalId, NewTicket};
use tokio::time::advance;

const SECOND: Duration = Duration::from_secs(1);
const BODY: BodyHash = BodyHash::from_bytes([1; 32]);

fn id() -> ExternalId {
    ExternalId::new("order-1").unwrap()
}

async fn claim(journal: &MemoryJournal) -> Claim {
    journal.claim(&id(), BODY, 10 * SECOND, None).await.unwrap()
}

async fn new_claim(journal: &MemoryJournal) -> ClaimId {
    match claim(journal).await {
        Claim::New(claim) => claim,
        other => panic!("{other:?}"),
    }
}

async fn renew(journal: &MemoryJournal, claim: ClaimId, stage: Stage) -> bool {
    let renewal = journal.renew(&id(), claim, stage, 10 * SECOND).await;
    renewal.unwrap()
}

async fn record(journal: &MemoryJournal, claim: ClaimId, outcome: ClaimOutcome) {
    let written = journal.record(&id(), claim, outcome).await;
    written.unwrap();
}

async fn watched(journal: &MemoryJournal, hold: Hold) -> Claim {
    let claim = journal.claim(&id(), BODY, SECOND, Some(hold)).await;
    claim.unwrap()
}

/// A claim under which an attempt began.
async fn sending(journal: &MemoryJournal) -> ClaimId {
    let claim = new_claim(journal).await;
    assert!(renew(journal, claim, Stage::Sending(BODY)).await);
    claim
}

#[tokio::test(start_paused = true)]
async fn a_claim_is_held_until_its_lease_ends() {
    let journal = MemoryJournal::new();
    let first = sending(&journal).await;
    advance(4 * SECOND).await;
    let Claim::Held {
        hold,
        remaining,
        lease,
    } = claim(&journal).await
    else {
        panic!("not held");
    };
    assert_eq!((remaining, lease), (6 * SECOND, 10 * SECOND));
    assert!(renew(&journal, first, Stage::Looking).await);
    advance(9 * SECOND).await;
    let Claim::Held {
        hold: later,
        remaining,
        ..
    } = claim(&journal).await
    else {
        panic!("not held");
    };
    assert_eq!(remaining, SECOND);
    assert_ne!(hold, later, "a renewal makes another hold");
    advance(3 * SECOND).await;
    let Claim::Unsettled {
        claim: second,
        left,
        same_body,
        hold,
        age,
        may_run,
    } = claim(&journal).await
    else {
        panic!("not unsettled");
    };
    assert_eq!((left, same_body, hold), (Left::Interrupted, true, later));
    // Nobody has said that the attempt ended.
    assert_eq!((age, may_run), (16 * SECOND, 10 * SECOND));
    assert_ne!(first, second);
    assert!(!renew(&journal, first, Stage::Sending(BODY)).await);
    record(&journal, first, ClaimOutcome::NotApplied).await;
    assert!(matches!(claim(&journal).await, Claim::Held { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_hold_that_was_watched_to_its_end_is_over() {
    let journal = MemoryJournal::new();
    let first = sending(&journal).await;
    let Claim::Held { hold, .. } = claim(&journal).await else {
        panic!("not held");
    };
    journal
        .renew(&id(), first, Stage::Looking, 10 * SECOND)
        .await
        .unwrap();
    let Claim::Held { hold: renewed, .. } = watched(&journal, hold).await else {
        panic!("another hold was watched");
    };
    let taken = watched(&journal, renewed).await;
    assert!(matches!(taken, Claim::Unsettled { .. }), "{taken:?}");
    assert!(!renew(&journal, first, Stage::Sending(BODY)).await);
}

#[tokio::test(start_paused = true)]
async fn a_claim_under_which_nothing_was_sent_leaves_nothing() {
    let journal = MemoryJournal::new();
    new_claim(&journal).await;
    advance(11 * SECOND).await;
    let other = BodyHash::from_bytes([2; 32]);
    let again = journal.claim(&id(), other, SECOND, None).await.unwrap();
    assert!(matches!(again, Claim::Unsent(_)), "{again:?}");
    assert_eq!(journal.body(&id()).await.unwrap(), Some(other));
}

#[tokio::test(start_paused = true)]
async fn what_is_in_doubt_is_forgotten_by_no_refusal() {
    for (outcome, left) in [
        (None, Left::Interrupted),
        (Some(ClaimOutcome::InDoubt), Left::InDoubt),
        (Some(ClaimOutcome::Applied), Left::Applied),
    ] {
        let journal = MemoryJournal::new();
        let first = sending(&journal).await;
        match outcome {
            Some(outcome) => journal.record(&id(), first, outcome).await.unwrap(),
            None => journal.abandon(&id(), first, true),
        }
        for _ in 0..2 {
            let other = BodyHash::from_bytes([2; 32]);
            let again = journal.claim(&id(), other, SECOND, None).await.unwrap();
            let Claim::Unsettled {
                claim,
                left: seen,
                same_body,
                ..
            } = again
            else {
                panic!("{again:?}");
            };
            assert_eq!((seen, same_body), (left, false));
            record(&journal, claim, ClaimOutcome::NotApplied).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_freed_id_is_in_doubt_once_it_is_sent() {
    let journal = MemoryJournal::new();
    let first = sending(&journal).await;
    record(&journal, first, ClaimOutcome::InDoubt).await;
    let unsettled = |claim: Claim| match claim {
        Claim::Unsettled { claim, left, .. } => (claim, left),
        other => panic!("{other:?}"),
    };
    let (second, _) = unsettled(claim(&journal).await);
    record(&journal, second, ClaimOutcome::Freed).await;
    let (third, left) = unsettled(claim(&journal).await);
    assert_eq!(left, Left::Freed);
    let sending = Stage::Sending(BODY);
    journal.renew(&id(), third, sending, SECOND).await.unwrap();
    record(&journal, third, ClaimOutcome::NotApplied).await;
    let (_, left) = unsettled(claim(&journal).await);
    assert_eq!(left, Left::Interrupted);
}

#[tokio::test(start_paused = true)]
async fn what_is_done_is_done_whoever_says_so() {
    let journal = MemoryJournal::new();
    let first = sending(&journal).await;
    advance(11 * SECOND).await;
    assert!(matches!(claim(&journal).await, Claim::Unsettled { .. }));
    record(&journal, first, ClaimOutcome::Done { resource_id: 7 }).await;
    assert_eq!(claim(&journal).await, Claim::Done { resource_id: 7 });
    let other = BodyHash::from_bytes([2; 32]);
    assert_eq!(
        journal.claim(&id(), other, SECOND, None).await.unwrap(),
        Claim::OtherBody
    );
}

#[tokio::test(start_paused = true)]
async fn what_was_not_applied_is_forgotten() {
    let journal = MemoryJournal::new();
    let first = new_claim(&journal).await;
    record(&journal, first, ClaimOutcome::NotApplied).await;
    let second = new_claim(&journal).await;
    journal.abandon(&id(), second, false);
    new_claim(&journal).await;
}

#[tokio::test(start_paused = true)]
async fn what_is_in_doubt_stays_so() {
    let journal = MemoryJournal::new();
    let first = sending(&journal).await;
    journal
        .renew(&id(), first, Stage::Settling, 60 * SECOND)
        .await
        .unwrap();
    advance(5 * SECOND).await;
    journal.abandon(&id(), first, true);
    for passed in [5, 7, 9] {
        let Claim::Unsettled {
            claim,
            left,
            age,
            may_run,
            ..
        } = claim(&journal).await
        else {
            panic!("not unsettled");
        };
        assert_eq!((left, age), (Left::InDoubt, passed * SECOND));
        assert_eq!(may_run, Duration::ZERO, "the attempt ended");
        record(&journal, claim, ClaimOutcome::InDoubt).await;
        advance(2 * SECOND).await;
    }
}

#[test]
fn debug_shows_no_ids() {
    assert_eq!(
        format!("{:?}", MemoryJournal::new()),
        "MemoryJournal { entries: 0, .. }"
    );
}

#[tokio::test(start_paused = true)]
async fn a_journal_is_one_helpdesks() {
    let emulator = crate::support::emulator();
    let journal = Arc::new(MemoryJournal::new());
    let client = |subdomain: &str| {
        Client::builder(subdomain)
            .api_key("agent@acme.example", "key")
            .service(emulator.service())
            .journal(Arc::clone(&journal))
            .build()
            .unwrap()
    };
    let create = |client: &Client| {
        let ticket = NewTicket::from_customer("jane@example.com").text("Hello.");
        client.tickets().create_once(id(), ticket).into_future()
    };
    create(&client("acme")).await.unwrap();
    create(&client("acme")).await.unwrap();
    let before = emulator.request_count();
    // The other helpdesk has no such ticket, and would never get one.
    let error = create(&client("umbrella")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Journal);
    assert_eq!(error.delivery(), Delivery::NotSent);
    let text = crate::support::printed(&error);
    assert!(
        text.contains("journal belongs to https://acme.gorgias.com"),
        "{text}"
    );
    assert_eq!(emulator.request_count(), before);
}
