mod claims;
mod clocks;
mod model;
mod opening;

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use gorgias::journal::{Claim, ClaimId, ClaimOutcome, Hold, Journal, Left, MemoryJournal, Stage};
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::entry::EntryState;

const SECOND: Duration = Duration::from_secs(1);
/// The first time of the journal's clock. The clock of a machine is never before
/// 1970, even if it is set back.
const START: i64 = 1_800_000_000_000;
const BODY: BodyHash = BodyHash::from_bytes([1; 32]);

/// A journal in its own directory, with its clock.
struct Fixture {
    journal: SqliteJournal,
    time: Arc<AtomicI64>,
    directory: TempDir,
}

impl Fixture {
    fn new() -> Self {
        let directory = TempDir::new().unwrap();
        let time = Arc::new(AtomicI64::new(START));
        let journal = open_at(&directory, &time);
        Self {
            journal,
            time,
            directory,
        }
    }

    fn advance(&self, time: Duration) {
        self.time
            .fetch_add(time.as_millis() as i64, Ordering::SeqCst);
    }

    async fn claim(&self) -> Claim {
        let claim = self.journal.claim(&id(), BODY, 10 * SECOND, None).await;
        claim.unwrap()
    }

    async fn renew(&self, claim: ClaimId, stage: Stage) -> bool {
        let renewal = self.journal.renew(&id(), claim, stage, 10 * SECOND).await;
        renewal.unwrap()
    }

    /// Claims the id, and starts an attempt.
    async fn sending(&self) -> ClaimId {
        let Claim::New(claim) = self.claim().await else {
            panic!("known already");
        };
        assert!(self.renew(claim, Stage::Sending(BODY)).await);
        claim
    }
}

fn open_at(directory: &TempDir, time: &Arc<AtomicI64>) -> SqliteJournal {
    let time = Arc::clone(time);
    let clock = Clock::new(move || time.load(Ordering::SeqCst));
    SqliteJournal::start(open(&directory.path().join("journal")), clock).unwrap()
}

fn id() -> ExternalId {
    ExternalId::new("order-1").unwrap()
}

#[tokio::test]
async fn an_entry_can_be_read_without_claiming_it() {
    let fixture = Fixture::new();
    assert_eq!(fixture.journal.entry(&id()).await.unwrap(), None);
    let Claim::New(claim) = fixture.claim().await else {
        panic!("known already");
    };
    fixture.advance(SECOND);
    let entry = fixture.journal.entry(&id()).await.unwrap().unwrap();
    assert_eq!((entry.body, entry.audited), (BODY, false));
    let (left, held_for) = (Left::Interrupted, 9 * SECOND);
    assert_eq!(entry.state, EntryState::Unsettled { left, held_for });
    assert_eq!(entry.since, system_time(START));

    let outcome = ClaimOutcome::Done { resource_id: 7 };
    fixture.journal.record(&id(), claim, outcome).await.unwrap();
    let entry = fixture.journal.entry(&id()).await.unwrap().unwrap();
    assert_eq!(entry.state, EntryState::Done { resource_id: 7 });
}

#[tokio::test]
async fn only_what_has_a_ticket_is_audited() {
    let fixture = Fixture::new();
    let other = ExternalId::new("order-2").unwrap();
    assert!(matches!(fixture.claim().await, Claim::New(_)));
    fixture
        .journal
        .claim(&other, BODY, SECOND, None)
        .await
        .unwrap();
    fixture.journal.settled(&id(), 7).await.unwrap();
    let both = vec![id(), other.clone()];
    fixture.journal.mark_audited(both).await.unwrap();
    let entry = fixture.journal.entry(&id()).await.unwrap().unwrap();
    assert!(entry.audited);
    let entry = fixture.journal.entry(&other).await.unwrap().unwrap();
    assert!(!entry.audited);
}

#[tokio::test]
async fn the_first_of_some_ids_was_claimed_then() {
    let fixture = Fixture::new();
    let other = ExternalId::new("order-2").unwrap();
    let unknown = ExternalId::new("order-3").unwrap();
    assert!(matches!(fixture.claim().await, Claim::New(_)));
    fixture.advance(SECOND);
    fixture
        .journal
        .claim(&other, BODY, SECOND, None)
        .await
        .unwrap();
    for (ids, since) in [
        (vec![], None),
        (vec![unknown.clone()], None),
        (vec![unknown, other.clone()], Some(START + 1_000)),
        (vec![other, id()], Some(START)),
    ] {
        let first = fixture.journal.first_claimed(ids).await.unwrap();
        assert_eq!(first, since.map(system_time));
    }
}

#[tokio::test]
async fn keys_are_listed_counted_and_forgotten() {
    let fixture = Fixture::new();
    let journal = &fixture.journal;
    assert!(journal.is_new().await.unwrap());
    let keys: Vec<_> = (0..5)
        .map(|number| ExternalId::new(format!("order-{number}")).unwrap())
        .collect();
    let held = fixture.sending().await;
    for (key, ticket) in [(&keys[3], 33), (&id(), 11)] {
        journal.adopt(key, BODY, ticket).await.unwrap();
    }
    journal.claim(&keys[4], BODY, SECOND, None).await.unwrap();
    let counts = journal.counts().await.unwrap();
    assert_eq!((counts.done, counts.unsettled), (2, 1));
    assert!(!journal.is_new().await.unwrap());

    let mut after = None;
    let mut listed = Vec::new();
    while let Some((key, entry)) = journal.entries_after(after, 1).await.unwrap().pop() {
        listed.push((key.clone(), entry.state, entry.last_attempt.is_some()));
        after = Some(key);
    }
    let (left, held_for) = (Left::Interrupted, SECOND);
    assert_eq!(
        listed,
        [
            (id(), EntryState::Done { resource_id: 11 }, true),
            (keys[3].clone(), EntryState::Done { resource_id: 33 }, false),
            (
                keys[4].clone(),
                EntryState::Unsettled { left, held_for },
                false
            ),
        ]
    );

    let gone = journal.forget(keys.clone()).await.unwrap();
    assert_eq!(gone, [id(), keys[3].clone()], "somebody holds the last one");
    assert!(matches!(fixture.claim().await, Claim::New(_)));
    // The earlier claim is over.
    assert!(!fixture.renew(held, Stage::Sending(BODY)).await);
}

#[tokio::test]
async fn the_address_of_a_file_is_remembered_and_the_first_one_stays() {
    let fixture = Fixture::new();
    let journal = &fixture.journal;
    assert_eq!(journal.file_address([7; 32]).await.unwrap(), None);
    for address in ["https://files.example.com/1", "https://files.example.com/2"] {
        let kept = journal.keep_file_address([7; 32], address.to_owned());
        kept.await.unwrap();
    }
    assert!(journal.is_new().await.unwrap());
    drop(fixture.journal);
    let journal = open_at(&fixture.directory, &fixture.time);
    let address = journal.file_address([7; 32]).await.unwrap();
    assert_eq!(address.as_deref(), Some("https://files.example.com/1"));
    assert_eq!(journal.file_address([8; 32]).await.unwrap(), None);
}
