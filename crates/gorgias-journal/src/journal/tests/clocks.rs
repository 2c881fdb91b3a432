//! Tests of processes that share a journal and whose clocks differ.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gorgias::{Client, ErrorKind, ExternalId, How, NewTicket};
use gorgias_emulator::{Applied, Emulator, Fault, FaultRule};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use super::super::SqliteJournal;

const SECOND: Duration = Duration::from_secs(1);
const DAY: i64 = 86_400;

/// How far the second clock is ahead, in seconds.
const SHIFTS: [i64; 11] = [-DAY, -3_600, -600, -90, -30, 0, 30, 90, 600, 3_600, DAY];

fn id() -> ExternalId {
    ExternalId::new("order-1").unwrap()
}

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

/// Makes the client of a process whose clock is `ahead` by so many seconds.
fn process(emulator: &Emulator, directory: &TempDir, ahead: i64) -> Client {
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let shift = Duration::from_secs(ahead.unsigned_abs());
    let start = if ahead < 0 {
        start - shift
    } else {
        start + shift
    };
    let path = directory.path().join("journal");
    let journal = SqliteJournal::open_in_virtual_time(path, start).unwrap();
    Client::builder("acme")
        .api_key("agent@acme.example", "key")
        .service(emulator.service())
        .journal(Arc::new(journal))
        .build()
        .unwrap()
}

fn on_create(fault: Fault) -> FaultRule {
    FaultRule::new(fault).operation("create_ticket")
}

fn emulator() -> Emulator {
    Emulator::builder().limit(None).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_claimed_id_is_sent_by_no_other_process() {
    for ahead in SHIFTS {
        let (emulator, directory) = (emulator(), TempDir::new().unwrap());
        // The ticket is made just before the attempt times out.
        let slow = Fault::named("F12")
            .unwrap()
            .applied(Applied::After(29 * SECOND));
        emulator.inject(on_create(slow));
        let first = process(&emulator, &directory, 0);
        let second = process(&emulator, &directory, ahead);
        let create = |client: &Client| client.tickets().create_once(id(), ticket()).into_future();
        let at_work = tokio::spawn(create(&first));
        sleep(SECOND).await;
        let start = Instant::now();
        let other = create(&second).await;
        let took = start.elapsed();
        assert!(took < 180 * SECOND, "{ahead}: {took:?}");
        let first = at_work.await.unwrap();
        let made = first.as_ref().or(other.as_ref());
        assert!(made.is_ok(), "{ahead}: {first:?} {other:?}");
        assert_eq!(emulator.count_with_external_id("order-1"), 1, "{ahead}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_id_of_a_dead_process_is_sent_once_its_ticket_is_proven_absent() {
    for ahead in SHIFTS {
        for (applied, how) in [
            (Applied::Never, How::Sent),
            (Applied::After(50 * SECOND), How::FoundBefore),
        ] {
            let (emulator, directory) = (emulator(), TempDir::new().unwrap());
            let hanging = Fault::named("F12").unwrap().applied(applied);
            emulator.inject(on_create(hanging));
            let killed = process(&emulator, &directory, 0);
            let mut call = killed.tickets().create_once(id(), ticket()).into_future();
            tokio::select! {
                done = &mut call => panic!("{done:?}"),
                () = sleep(SECOND) => {}
            }
            // A process that is killed doesn't release its claim.
            std::mem::forget(call);
            let next = process(&emulator, &directory, ahead);
            let start = Instant::now();
            let created = next.tickets().create_once(id(), ticket()).await;
            let took = start.elapsed();
            assert_eq!(created.unwrap().how(), how, "{ahead}");
            assert!(took < 180 * SECOND, "{ahead}: {took:?}");
            if how == How::Sent {
                assert!(took >= 52 * SECOND, "{ahead}: {took:?}");
            }
            assert_eq!(emulator.count_with_external_id("order-1"), 1, "{ahead}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_holder_that_was_overtaken_sends_nothing_more() {
    let (emulator, directory) = (emulator(), TempDir::new().unwrap());
    // The first process waits five seconds to send again.
    emulator.inject(on_create(Fault::named("429").unwrap()));
    let first = process(&emulator, &directory, 0);
    let second = process(&emulator, &directory, 3_600);
    let create = |client: &Client| {
        let call = client.tickets().create_once(id(), ticket());
        call.with_timeout(600 * SECOND).into_future()
    };
    let at_work = tokio::spawn(create(&first));
    sleep(SECOND).await;
    let other = create(&second).await;
    assert!(other.is_ok(), "{other:?}");
    let error = at_work.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::KeyHeld);
    assert_eq!(emulator.count_with_external_id("order-1"), 1);
}
