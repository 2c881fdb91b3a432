mod clocks;

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use gorgias::journal::{Left, MemoryJournal};
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
    SqliteJournal::open_with(&directory.path().join("journal"), clock).unwrap()
}

fn id() -> ExternalId {
    ExternalId::new("order-1").unwrap()
}

#[tokio::test]
async fn it_is_the_helpdesks_whose_ids_it_has() {
    let Fixture {
        journal,
        time,
        directory,
    } = Fixture::new();
    // A mistyped address can be corrected.
    for helpdesk in ["https://acne.gorgias.com", "https://acme.gorgias.com"] {
        journal.bind(helpdesk).await.unwrap();
    }
    journal.adopt(vec![(id(), BODY, 7)]).await.unwrap();
    drop(journal);
    let journal = open_at(&directory, &time);
    let refused = journal.bind("https://umbrella.gorgias.com").await;
    let cause = refused.unwrap_err().source().unwrap().to_string();
    assert!(cause.contains("https://acme.gorgias.com"), "{cause}");
    journal.bind("https://acme.gorgias.com").await.unwrap();
}

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() {
    let Fixture {
        journal,
        time,
        directory,
    } = Fixture::new();
    let done = ExternalId::new("done").unwrap();
    let Claim::New(claim) = journal.claim(&done, BODY, SECOND, None).await.unwrap() else {
        panic!("known already");
    };
    let outcome = Outcome::Done { resource_id: 7 };
    journal.record(&done, claim, outcome).await.unwrap();
    assert!(matches!(
        journal.claim(&id(), BODY, SECOND, None).await,
        Ok(Claim::New(_))
    ));
    drop(journal);

    let journal = open_at(&directory, &time);
    let again = journal.claim(&done, BODY, SECOND, None).await.unwrap();
    assert_eq!(again, Claim::Done { resource_id: 7 });
    let left = journal.unsettled().await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(
        (&left[0].external_id, left[0].left),
        (&id(), Left::Interrupted)
    );
    assert_eq!(left[0].held_for, SECOND);
}

#[tokio::test]
async fn what_was_found_by_other_means_is_done() {
    let fixture = Fixture::new();
    assert!(matches!(fixture.claim().await, Claim::New(_)));
    let other = ExternalId::new("order-2").unwrap();
    for id in [&id(), &other] {
        fixture.journal.settled(id, 9).await.unwrap();
    }
    assert_eq!(fixture.claim().await, Claim::Done { resource_id: 9 });
    let unknown = fixture.journal.claim(&other, BODY, SECOND, None).await;
    assert!(matches!(unknown, Ok(Claim::New(_))));
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

    let outcome = Outcome::Done { resource_id: 7 };
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
async fn two_processes_never_hold_one_claim() {
    let fixture = Fixture::new();
    let other = open_at(&fixture.directory, &fixture.time);
    let first = fixture.sending().await;
    let seen = other.claim(&id(), BODY, 10 * SECOND, None).await.unwrap();
    let Claim::Held {
        remaining, lease, ..
    } = seen
    else {
        panic!("{seen:?}");
    };
    assert_eq!((remaining, lease), (10 * SECOND, 10 * SECOND));
    fixture.advance(12 * SECOND);
    let taken = other.claim(&id(), BODY, 10 * SECOND, None).await.unwrap();
    let Claim::Unsettled { age, may_run, .. } = taken else {
        panic!("{taken:?}");
    };
    assert_eq!((age, may_run), (12 * SECOND, 10 * SECOND));
    assert!(matches!(fixture.claim().await, Claim::Held { .. }));
    let late = fixture.renew(first, Stage::Sending(BODY)).await;
    assert!(!late, "the first holder may not send any more");
}

#[tokio::test]
async fn a_lease_from_another_time_ends_when_it_was_watched_to_its_end() {
    let fixture = Fixture::new();
    fixture.sending().await;
    // A day back.
    fixture.time.fetch_sub(86_400_000, Ordering::SeqCst);
    let fault = fixture.journal.clock_fault().await.unwrap();
    assert_eq!(fault, Some(86_400 * SECOND));
    let Claim::Held {
        hold,
        remaining,
        lease,
    } = fixture.claim().await
    else {
        panic!("not held");
    };
    assert!(remaining > lease);
    let entry = fixture.journal.entry(&id()).await.unwrap().unwrap();
    let EntryState::Unsettled { held_for, .. } = entry.state else {
        panic!("settled");
    };
    assert_eq!(held_for, lease);
    let taken = fixture.journal.claim(&id(), BODY, SECOND, Some(hold)).await;
    assert!(matches!(taken.unwrap(), Claim::Unsettled { .. }));
    assert_eq!(fixture.journal.clock_fault().await.unwrap(), None);
}

#[tokio::test]
async fn nothing_but_names_of_files_are_opened() {
    for name in ["", ":memory:", "file:journal", "FILE:journal?mode=memory"] {
        let error = SqliteJournal::open(name).unwrap_err();
        assert!(error.source().is_some(), "{name}");
        assert!(SqliteJournal::open_existing(name).is_err(), "{name}");
        assert!(!Path::new(name).exists(), "{name}");
    }
    let directory = TempDir::new().unwrap();
    assert!(SqliteJournal::open(directory.path()).is_err());
    let missing = directory.path().join("missing");
    assert!(SqliteJournal::open_existing(&missing).is_err());
    assert!(!missing.exists());
}

#[tokio::test]
async fn a_journal_that_was_cut_short_is_told_as_damaged() {
    let Fixture {
        journal, directory, ..
    } = Fixture::new();
    journal.claim(&id(), BODY, SECOND, None).await.unwrap();
    drop(journal);
    let path = directory.path().join("journal");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 4_096]).unwrap();
    let error = SqliteJournal::open(&path).unwrap_err();
    let cause = error.source().unwrap().to_string();
    assert!(cause.contains("damaged"), "{cause}");
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
    let found = vec![(keys[3].clone(), BODY, 33), (id(), BODY, 11)];
    journal.adopt(found).await.unwrap();
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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_claims_at_once_one_is_new() {
    let fixture = Fixture::new();
    let journals: Vec<_> = (0..4)
        .map(|_| Arc::new(open_at(&fixture.directory, &fixture.time)))
        .collect();
    let mut tasks = tokio::task::JoinSet::new();
    for journal in journals.iter().cycle().take(40) {
        let journal = Arc::clone(journal);
        tasks.spawn(async move { journal.claim(&id(), BODY, SECOND, None).await.unwrap() });
    }
    let claims = tasks.join_all().await;
    let new = claims
        .iter()
        .filter(|claim| matches!(claim, Claim::New(_)))
        .count();
    let held = claims
        .iter()
        .filter(|claim| matches!(claim, Claim::Held { .. }))
        .count();
    assert_eq!((new, held), (1, 39));
}

#[test]
fn many_can_open_a_new_journal_at_once() {
    for _ in 0..20 {
        let directory = TempDir::new().unwrap();
        let time = Arc::new(AtomicI64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| open_at(&directory, &time));
            }
        });
    }
}

#[tokio::test]
async fn abandoning_is_written_before_the_journal_ends() {
    for may_be_out in [true, false] {
        let Fixture {
            journal,
            time,
            directory,
        } = Fixture::new();
        let Claim::New(claim) = journal.claim(&id(), BODY, 10 * SECOND, None).await.unwrap() else {
            panic!("known already");
        };
        let sending = Stage::Sending(BODY);
        journal.renew(&id(), claim, sending, SECOND).await.unwrap();
        journal.abandon(&id(), claim, may_be_out);
        drop(journal);
        let journal = open_at(&directory, &time);
        let again = journal.claim(&id(), BODY, SECOND, None).await.unwrap();
        assert_eq!(matches!(again, Claim::Unsettled { .. }), may_be_out);
        assert_eq!(matches!(again, Claim::New(_)), !may_be_out);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;

    let fixture = Fixture::new();
    assert!(matches!(fixture.claim().await, Claim::New(_)));
    let files: Vec<_> = std::fs::read_dir(fixture.directory.path())
        .unwrap()
        .map(|file| file.unwrap())
        .collect();
    assert_eq!(files.len(), 1, "one file at rest");
    for file in &files {
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", file.file_name());
    }

    let wide = fixture.directory.path().join("wide");
    std::fs::write(&wide, "").unwrap();
    std::fs::set_permissions(&wide, std::fs::Permissions::from_mode(0o644)).unwrap();
    drop(SqliteJournal::open(&wide).unwrap());
    let mode = std::fs::metadata(&wide).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

/// The content and the permissions of a file.
fn seen(path: &Path) -> (Vec<u8>, std::fs::Permissions) {
    let permissions = std::fs::metadata(path).unwrap().permissions();
    (std::fs::read(path).unwrap(), permissions)
}

#[test]
fn what_is_no_journal_is_left_alone() {
    let directory = TempDir::new().unwrap();
    let text = directory.path().join("text");
    std::fs::write(&text, "something else, and long enough not to be a header").unwrap();
    let before = seen(&text);
    assert!(SqliteJournal::open(&text).is_err());
    assert!(seen(&text) == before);

    let database = directory.path().join("database");
    let connection = rusqlite::Connection::open(&database).unwrap();
    connection.execute_batch("CREATE TABLE theirs (x)").unwrap();
    drop(connection);
    let before = seen(&database);
    let error = SqliteJournal::open(&database).unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("something else"), "{cause}");
    assert!(seen(&database) == before);

    let newer = directory.path().join("newer");
    drop(SqliteJournal::open(&newer).unwrap());
    let connection = rusqlite::Connection::open(&newer).unwrap();
    connection.pragma_update(None, "user_version", 3).unwrap();
    drop(connection);
    let error = SqliteJournal::open(&newer).unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("another version"), "{cause}");

    assert!(SqliteJournal::open(directory.path().join("no/such/place")).is_err());
}

#[tokio::test]
async fn commits_are_synced() {
    let fixture = Fixture::new();
    let settings = fixture.journal.writer.ask(|tables| {
        let read = |name| {
            tables
                .connection
                .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
        };
        Ok((read("journal_mode")?, read("synchronous")?))
    });
    let (mode, synchronous) = settings.await.unwrap();
    assert_eq!(mode, rusqlite::types::Value::Text("delete".to_owned()));
    assert_eq!(synchronous, rusqlite::types::Value::Integer(3));
}

#[tokio::test]
async fn nothing_of_a_ticket_is_in_the_files() {
    let fixture = Fixture::new();
    let emulator = gorgias_emulator::Emulator::builder().build().unwrap();
    let canary = "canary-4f9a1c";
    let journal = Arc::new(open_at(&fixture.directory, &fixture.time));
    let client = gorgias::Client::builder("acme")
        .api_key(format!("{canary}@acme.example"), canary)
        .service(emulator.service())
        .journal(Arc::clone(&journal))
        .build()
        .unwrap();
    let ticket = gorgias::NewTicket::from_customer(format!("{canary}@example.com"))
        .subject(canary)
        .text(canary);
    client.tickets().create_once(id(), ticket).await.unwrap();
    let mut size = 0;
    for file in std::fs::read_dir(fixture.directory.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        size += bytes.len();
        let found = bytes
            .windows(canary.len())
            .any(|part| part == canary.as_bytes());
        assert!(!found);
    }
    assert!(size > 0);
}

/// A call of a journal.
#[derive(Clone, Debug)]
enum Act {
    Claim {
        id: u8,
        body: u8,
        lease: u16,
        watched: bool,
    },
    Renew {
        id: u8,
        claim: usize,
        stage: Stage,
        lease: u16,
    },
    Record {
        id: u8,
        claim: usize,
        outcome: Outcome,
    },
    Abandon {
        id: u8,
        claim: usize,
        may_be_out: bool,
    },
    Wait(u16),
}

fn act() -> impl Strategy<Value = Act> {
    let id = 0..2_u8;
    let claim = 0..6_usize;
    let lease = 0..20_u16;
    let stage = prop_oneof![
        Just(Stage::Looking),
        any::<u8>().prop_map(|body| Stage::Sending(BodyHash::from_bytes([body % 2; 32]))),
        Just(Stage::Settling),
        Just(Stage::Identifying),
    ];
    let outcome = prop_oneof![
        (1..9_i64).prop_map(|resource_id| Outcome::Done { resource_id }),
        Just(Outcome::NotApplied),
        Just(Outcome::InDoubt),
        Just(Outcome::Applied),
        Just(Outcome::Freed),
    ];
    prop_oneof![
        4 => (id.clone(), 0..2_u8, lease.clone(), any::<bool>())
            .prop_map(|(id, body, lease, watched)| Act::Claim { id, body, lease, watched }),
        2 => (id.clone(), claim.clone(), stage, lease.clone())
            .prop_map(|(id, claim, stage, lease)| Act::Renew { id, claim, stage, lease }),
        2 => (id.clone(), claim.clone(), outcome)
            .prop_map(|(id, claim, outcome)| Act::Record { id, claim, outcome }),
        1 => (id, claim, any::<bool>())
            .prop_map(|(id, claim, may_be_out)| Act::Abandon { id, claim, may_be_out }),
        3 => lease.prop_map(Act::Wait),
    ]
}

/// The answers of a journal, with the claims numbered in order.
#[derive(Default)]
struct Answers {
    claims: Vec<ClaimId>,
    /// The last hold that an answer contained.
    hold: Option<Hold>,
    told: Vec<String>,
}

impl Answers {
    async fn act(&mut self, journal: &dyn Journal, act: &Act) {
        let key = |id: u8| ExternalId::new(format!("order-{id}")).unwrap();
        let secs = |secs: u16| Duration::from_secs(u64::from(secs));
        let known = |claims: &[ClaimId], claim: usize| claims.get(claim).copied();
        match *act {
            Act::Claim {
                id,
                body,
                lease,
                watched,
            } => {
                let body = BodyHash::from_bytes([body; 32]);
                let expired = self.hold.filter(|_| watched);
                let claim = journal
                    .claim(&key(id), body, secs(lease), expired)
                    .await
                    .unwrap();
                match claim {
                    Claim::New(claim) | Claim::Unsent(claim) | Claim::Unsettled { claim, .. } => {
                        self.claims.push(claim);
                    }
                    _ => {}
                }
                self.told.push(match claim {
                    Claim::New(_) => "new".to_owned(),
                    Claim::Unsent(_) => "unsent".to_owned(),
                    Claim::Unsettled {
                        left,
                        same_body,
                        age,
                        may_run,
                        ..
                    } => {
                        format!("{left:?} {same_body} {age:?} {may_run:?}")
                    }
                    Claim::Held {
                        hold,
                        remaining,
                        lease,
                    } => {
                        self.hold = Some(hold);
                        format!("held {remaining:?} {lease:?}")
                    }
                    other => format!("{other:?}"),
                });
            }
            Act::Renew {
                id,
                claim,
                stage,
                lease,
            } => {
                if let Some(claim) = known(&self.claims, claim) {
                    let kept = journal.renew(&key(id), claim, stage, secs(lease)).await;
                    self.told.push(format!("{}", kept.unwrap()));
                }
            }
            Act::Record { id, claim, outcome } => {
                if let Some(claim) = known(&self.claims, claim) {
                    journal.record(&key(id), claim, outcome).await.unwrap();
                }
            }
            Act::Abandon {
                id,
                claim,
                may_be_out,
            } => {
                if let Some(claim) = known(&self.claims, claim) {
                    journal.abandon(&key(id), claim, may_be_out);
                }
            }
            Act::Wait(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The journal in memory is the model: the same calls get the same answers
    /// from both.
    #[test]
    fn it_answers_as_the_journal_in_memory_does(acts in proptest::collection::vec(act(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        let (on_disk, in_memory) = runtime.block_on(async {
            let fixture = Fixture::new();
            let model = MemoryJournal::new();
            let (mut on_disk, mut in_memory) = (Answers::default(), Answers::default());
            for act in &acts {
                on_disk.act(&fixture.journal, act).await;
                in_memory.act(&model, act).await;
                if let Act::Wait(secs) = act {
                    // An abandoned claim has to be written before the time
                    // moves on.
                    fixture.journal.unsettled().await.unwrap();
                    let wait = Duration::from_secs(u64::from(*secs));
                    fixture.advance(wait);
                    tokio::time::advance(wait).await;
                }
            }
            (on_disk.told, in_memory.told)
        });
        prop_assert_eq!(on_disk, in_memory);
    }
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

#[tokio::test]
async fn a_journal_of_before_there_were_files_remembers_them_from_now_on() {
    let Fixture {
        journal,
        time,
        directory,
    } = Fixture::new();
    drop(journal);
    let path = directory.path().join("journal");
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch("DROP TABLE files").unwrap();
    drop(connection);
    let journal = open_at(&directory, &time);
    let kept = journal.keep_file_address([7; 32], "https://files.example.com/1".to_owned());
    kept.await.unwrap();
    assert!(journal.file_address([7; 32]).await.unwrap().is_some());
}
