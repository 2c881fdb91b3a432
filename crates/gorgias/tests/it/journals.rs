//! The journal in memory.

use std::sync::Arc;
use std::time::Duration;

use gorgias::journal::{BodyHash, Claim, ClaimId, Journal, Left, MemoryJournal, Outcome, Stage};
use gorgias::{Client, Delivery, ErrorKind, ExternalId, NewTicket};
use tokio::time::advance;

const SECOND: Duration = Duration::from_secs(1);
const BODY: BodyHash = BodyHash::from_bytes([1; 32]);

fn id() -> ExternalId {
    ExternalId::new("order-1").unwrap()
}

async fn claim(journal: &MemoryJournal) -> Claim {
    journal.claim(&id(), BODY, 10 * SECOND).await.unwrap()
}

async fn new_claim(journal: &MemoryJournal) -> ClaimId {
    match claim(journal).await {
        Claim::New(claim) => claim,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_claim_is_held_until_its_lease_ends() {
    let journal = MemoryJournal::new();
    let first = new_claim(&journal).await;
    advance(4 * SECOND).await;
    assert_eq!(
        claim(&journal).await,
        Claim::Held {
            remaining: 6 * SECOND
        }
    );
    assert!(
        journal
            .renew(&id(), first, Stage::Looking, 10 * SECOND)
            .await
            .unwrap()
    );
    advance(9 * SECOND).await;
    assert_eq!(claim(&journal).await, Claim::Held { remaining: SECOND });
    advance(3 * SECOND).await;
    // The lease for sending ended 16 - 10 seconds ago.
    let Claim::Unsettled {
        claim: second,
        left,
        quiet,
    } = claim(&journal).await
    else {
        panic!("not unsettled");
    };
    assert_eq!((left, quiet), (Left::Interrupted, 6 * SECOND));
    assert_ne!(first, second);
    assert!(
        !journal
            .renew(&id(), first, Stage::Sending, SECOND)
            .await
            .unwrap()
    );
    journal
        .record(&id(), first, Outcome::NotApplied)
        .await
        .unwrap();
    assert!(matches!(claim(&journal).await, Claim::Held { .. }));
}

#[tokio::test(start_paused = true)]
async fn what_is_done_is_done_whoever_says_so() {
    let journal = MemoryJournal::new();
    let first = new_claim(&journal).await;
    advance(11 * SECOND).await;
    assert!(matches!(claim(&journal).await, Claim::Unsettled { .. }));
    journal
        .record(&id(), first, Outcome::Done { ticket_id: 7 })
        .await
        .unwrap();
    assert_eq!(claim(&journal).await, Claim::Done { ticket_id: 7 });
    let other = BodyHash::from_bytes([2; 32]);
    assert_eq!(
        journal.claim(&id(), other, SECOND).await.unwrap(),
        Claim::OtherBody
    );
}

#[tokio::test(start_paused = true)]
async fn what_was_not_applied_is_forgotten() {
    let journal = MemoryJournal::new();
    let first = new_claim(&journal).await;
    journal
        .record(&id(), first, Outcome::NotApplied)
        .await
        .unwrap();
    let second = new_claim(&journal).await;
    journal.abandon(&id(), second, false);
    new_claim(&journal).await;
}

#[tokio::test(start_paused = true)]
async fn what_is_in_doubt_stays_so() {
    let journal = MemoryJournal::new();
    let first = new_claim(&journal).await;
    journal
        .renew(&id(), first, Stage::Settling, 60 * SECOND)
        .await
        .unwrap();
    advance(5 * SECOND).await;
    journal.abandon(&id(), first, true);
    for quiet in [5, 7, 9] {
        let Claim::Unsettled {
            claim,
            left,
            quiet: seen,
        } = claim(&journal).await
        else {
            panic!("not unsettled");
        };
        assert_eq!((left, seen), (Left::InDoubt, quiet * SECOND));
        journal
            .record(&id(), claim, Outcome::InDoubt)
            .await
            .unwrap();
        advance(2 * SECOND).await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_abandoned_request_was_under_way_until_then() {
    let journal = MemoryJournal::new();
    let first = new_claim(&journal).await;
    advance(3 * SECOND).await;
    journal.abandon(&id(), first, true);
    advance(4 * SECOND).await;
    let Claim::Unsettled {
        claim: second,
        left,
        quiet,
    } = claim(&journal).await
    else {
        panic!("not unsettled");
    };
    assert_eq!((left, quiet), (Left::Interrupted, 4 * SECOND));
    journal
        .renew(&id(), second, Stage::Sending, 10 * SECOND)
        .await
        .unwrap();
    advance(15 * SECOND).await;
    assert!(matches!(
        claim(&journal).await,
        Claim::Unsettled { left: Left::Interrupted, quiet, .. } if quiet == 5 * SECOND
    ));
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
    let told = crate::support::told(&error);
    assert!(
        told.contains("journal of https://acme.gorgias.com"),
        "{told}"
    );
    assert_eq!(emulator.request_count(), before);
}
