//! What `create_once` remembers, and how it goes on.

use std::sync::Arc;
use std::time::Duration;

use gorgias::journal::MemoryJournal;
use gorgias::{Client, Delivery, ErrorKind, ExternalId, How, NewTicket, Resend, SettlePolicy};
use gorgias_emulator::{Applied, Emulator, Fault, FaultRule};
use tokio::time::{Instant, advance, timeout};

use crate::durable::Durable;
use crate::support::{InProcess, builder, client_with, emulator, posts};

const SECOND: Duration = Duration::from_secs(1);

fn id() -> ExternalId {
    ExternalId::new("order-1").unwrap()
}

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

/// A process of its own with a journal it shares with others.
fn client(emulator: &Emulator, journal: &Arc<MemoryJournal>) -> Client {
    client_with(emulator, Arc::clone(journal))
}

fn fault(name: &str) -> Fault {
    Fault::named(name).unwrap()
}

fn on_create(fault: Fault) -> FaultRule {
    FaultRule::new(fault).operation("create_ticket")
}

#[tokio::test(start_paused = true)]
async fn a_second_call_gives_the_first_one_s_ticket() {
    let emulator = emulator();
    let journal = Arc::default();
    let client = client(&emulator, &journal);
    let first = client.tickets().create_once(id(), ticket()).await.unwrap();
    let second = client.tickets().create_once(id(), ticket()).await.unwrap();
    assert_eq!((first.how(), second.how()), (How::Sent, How::FoundBefore));
    assert_eq!(first.ticket.id, second.ticket.id);
    assert_eq!((second.attempts(), second.look_ups()), (0, 0));
    assert_eq!(posts(&emulator), 1);
}

#[tokio::test(start_paused = true)]
async fn another_process_without_the_journal_looks_first() {
    let emulator = emulator();
    let first = client(&emulator, &Arc::default());
    let created = first.tickets().create_once(id(), ticket()).await.unwrap();
    assert_eq!(created.look_ups(), 1);
    let second = client(&emulator, &Arc::default());
    let found = second.tickets().create_once(id(), ticket()).await.unwrap();
    assert_eq!((found.how(), found.look_ups()), (How::FoundBefore, 1));
    assert_eq!(found.ticket.id, created.ticket.id);

    let third = client(&emulator, &Arc::default());
    let call = third
        .tickets()
        .create_once(id(), ticket())
        .look_first(false);
    let again = call.await.unwrap();
    assert_eq!((again.how(), again.look_ups()), (How::Sent, 0));
    assert_eq!(emulator.count_with_external_id("order-1"), 2);

    let fourth = client(&emulator, &Arc::default());
    let found = fourth.tickets().create_once(id(), ticket()).await.unwrap();
    assert_eq!(found.ticket.id, created.ticket.id);
    assert_eq!(found.duplicates(), [again.ticket.id]);
    let all = fourth.tickets().find(&id()).await.unwrap();
    assert_eq!(all.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn another_ticket_under_the_same_id_is_an_error() {
    let emulator = emulator();
    let journal = Arc::default();
    let client = client(&emulator, &journal);
    client.tickets().create_once(id(), ticket()).await.unwrap();
    let other = ticket().subject("Another");
    let error = client.tickets().create_once(id(), other).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery()),
        (ErrorKind::KeyReused, Delivery::NotSent)
    );
    let contradicting = ticket().external_id("order-2");
    let error = client
        .tickets()
        .create_once(id(), contradicting)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let agreeing = ticket().external_id("order-1");
    assert!(client.tickets().create_once(id(), agreeing).await.is_ok());
    assert_eq!(posts(&emulator), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refused_ticket_can_be_corrected() {
    let emulator = emulator();
    let journal = Arc::default();
    let client = client(&emulator, &journal);
    emulator.inject(on_create(fault("H11")));
    let error = client
        .tickets()
        .create_once(id(), ticket())
        .await
        .unwrap_err();
    assert_eq!(error.delivery(), Delivery::Rejected);
    let corrected = ticket().subject("Better");
    let created = client.tickets().create_once(id(), corrected).await.unwrap();
    assert_eq!(created.how(), How::Sent);
}

#[tokio::test(start_paused = true)]
async fn a_ticket_in_doubt_stays_so_until_it_is_found() {
    let emulator = emulator();
    let journal = Arc::default();
    let client = client(&emulator, &journal);
    emulator.inject(on_create(fault("F7").applied(Applied::After(300 * SECOND))));
    let start = Instant::now();
    let error = client
        .tickets()
        .create_once(id(), ticket())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InDoubt);
    assert_eq!(start.elapsed(), 52 * SECOND);
    let error = client
        .tickets()
        .create_once(id(), ticket())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InDoubt);
    assert_eq!(posts(&emulator), 1);
    advance(300 * SECOND).await;
    let found = client.tickets().create_once(id(), ticket()).await.unwrap();
    assert_eq!((found.how(), found.attempts()), (How::FoundBefore, 0));
    assert_eq!(posts(&emulator), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_before_anything_was_sent_leaves_nothing() {
    let emulator = emulator();
    let journal = Arc::default();
    let client = client(&emulator, &journal);
    let slow = FaultRule::new(Fault::none().latency(5 * SECOND)).operation("list_tickets");
    emulator.inject(slow);
    let call = client.tickets().create_once(id(), ticket());
    assert!(timeout(SECOND, call.into_future()).await.is_err());
    assert_eq!(posts(&emulator), 0);
    let created = client
        .tickets()
        .create_once(id(), ticket().subject("New"))
        .await
        .unwrap();
    assert_eq!(created.how(), How::Sent);
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_in_flight_is_taken_up_and_never_doubled() {
    for (applied, how, total) in [
        (Applied::AtOnce, How::FoundBefore, 1),
        (Applied::After(20 * SECOND), How::FoundBefore, 1),
        (Applied::Never, How::Sent, 2),
    ] {
        let emulator = emulator();
        let journal = Arc::default();
        let client = client(&emulator, &journal);
        emulator.inject(on_create(
            fault("F12").applied(applied).visibility_lag(20 * SECOND),
        ));
        let call = client.tickets().create_once(id(), ticket());
        assert!(timeout(3 * SECOND, call.into_future()).await.is_err());
        let start = Instant::now();
        let created = client.tickets().create_once(id(), ticket()).await.unwrap();
        assert_eq!(created.how(), how, "{applied:?}");
        assert!(start.elapsed() <= 60 * SECOND);
        assert_eq!(posts(&emulator), total, "{applied:?}");
        assert_eq!(emulator.count_with_external_id("order-1"), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_interrupted_is_not_sent_again_if_that_is_the_policy() {
    let emulator = emulator();
    let journal = Arc::default();
    let client = client(&emulator, &journal);
    emulator.inject(on_create(fault("F12").applied(Applied::Never)));
    let call = client.tickets().create_once(id(), ticket());
    assert!(timeout(3 * SECOND, call.into_future()).await.is_err());
    let strict = SettlePolicy::default().resend(Resend::Never);
    let call = client.tickets().create_once(id(), ticket()).settle(strict);
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InDoubt);
    assert_eq!(error.in_doubt().unwrap().sent_at(), None);
    assert_eq!(posts(&emulator), 1);
    let created = client.tickets().create_once(id(), ticket()).await.unwrap();
    assert_eq!(created.how(), How::Sent);
}

#[tokio::test(start_paused = true)]
async fn too_little_time_to_settle_leaves_it_as_it_was() {
    let emulator = emulator();
    let journal = Arc::default();
    let client = client(&emulator, &journal);
    emulator.inject(on_create(fault("F12").applied(Applied::Never)));
    let call = client.tickets().create_once(id(), ticket());
    assert!(timeout(3 * SECOND, call.into_future()).await.is_err());
    for _ in 0..3 {
        let call = client
            .tickets()
            .create_once(id(), ticket())
            .with_timeout(9 * SECOND);
        assert_eq!(call.await.unwrap_err().kind(), ErrorKind::InDoubt);
    }
    assert_eq!(posts(&emulator), 1);
    let start = Instant::now();
    let created = client.tickets().create_once(id(), ticket()).await.unwrap();
    assert_eq!(created.how(), How::Sent);
    assert!(start.elapsed() >= 52 * SECOND, "each call proves it anew");
}

#[tokio::test(start_paused = true)]
async fn at_least_once_is_there_for_those_who_ask() {
    let policy = SettlePolicy::default().resend(Resend::AfterQuiet(600 * SECOND));
    for (applied, how, total) in [
        (Applied::Never, How::Sent, 2),
        (Applied::After(500 * SECOND), How::FoundAfterAmbiguity, 1),
    ] {
        let emulator = emulator();
        let client = client(&emulator, &Arc::default());
        emulator.inject(on_create(fault("F7").applied(applied)));
        let call = client
            .tickets()
            .create_once(id(), ticket())
            .settle(policy.clone())
            .with_timeout(1_000 * SECOND);
        let created = call.await.unwrap();
        assert_eq!(created.how(), how, "{applied:?}");
        assert_eq!(posts(&emulator), total);
        assert_eq!(emulator.count_with_external_id("order-1"), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn two_writers_of_one_id_make_one_ticket() {
    let emulator = emulator();
    let journal = Arc::default();
    let slow = Fault::none()
        .latency(3 * SECOND)
        .response_latency(3 * SECOND);
    emulator.inject(FaultRule::new(slow).always());
    let (one, other) = (client(&emulator, &journal), client(&emulator, &journal));
    let (one, other) = tokio::join!(
        one.tickets().create_once(id(), ticket()).into_future(),
        other.tickets().create_once(id(), ticket()).into_future(),
    );
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!(one.ticket.id, other.ticket.id);
    assert_eq!((one.how(), other.how()), (How::Sent, How::FoundBefore));
    assert_eq!(posts(&emulator), 1);
}

#[tokio::test(start_paused = true)]
async fn a_holder_that_outlives_the_call_is_an_error() {
    let emulator = emulator();
    let journal = Arc::default();
    let hanging = fault("F12").hold(100 * SECOND);
    emulator.inject(on_create(hanging));
    let one = client(&emulator, &journal);
    let holder = tokio::spawn(one.tickets().create_once(id(), ticket()).into_future());
    tokio::time::sleep(SECOND).await;
    let other = client(&emulator, &journal);
    let call = other
        .tickets()
        .create_once(id(), ticket())
        .with_timeout(5 * SECOND);
    let error = call.await.unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery()),
        (ErrorKind::KeyHeld, Delivery::NotSent)
    );
    assert!(holder.await.unwrap().is_ok());
    assert_eq!(posts(&emulator), 1);
}

#[tokio::test(start_paused = true)]
async fn a_failed_look_up_before_sending_sends_nothing() {
    let emulator = emulator();
    let journal = Arc::default();
    let client = client(&emulator, &journal);
    emulator.inject(FaultRule::new(fault("H9")).operation("list_tickets"));
    let error = client
        .tickets()
        .create_once(id(), ticket())
        .await
        .unwrap_err();
    let seen = (error.kind(), error.delivery(), error.attempts());
    assert_eq!(seen, (ErrorKind::Unauthorized, Delivery::NotSent, 0));
    assert_eq!(posts(&emulator), 0);
    let other = ticket().subject("Changed");
    assert!(client.tickets().create_once(id(), other).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_found_ticket_that_can_not_be_read_is_named() {
    let emulator = emulator();
    let client = client(&emulator, &Arc::default());
    emulator.inject(on_create(fault("F7")));
    emulator.inject(FaultRule::new(fault("H10-role")).operation("get_ticket"));
    let error = client
        .tickets()
        .create_once(id(), ticket())
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery()),
        (ErrorKind::Forbidden, Delivery::Applied)
    );
    assert!(error.resource_id().is_some());
    let found = client.tickets().create_once(id(), ticket()).await.unwrap();
    assert_eq!(Some(found.ticket.id), error.resource_id());
}

#[tokio::test(start_paused = true)]
async fn a_ticket_that_was_deleted_since_is_told_as_gone() {
    let emulator = emulator();
    let client = client(&emulator, &Arc::default());
    let made = client.tickets().create_once(id(), ticket()).await.unwrap();
    emulator.inject(FaultRule::new(fault("H12")).operation("get_ticket"));
    let error = client
        .tickets()
        .create_once(id(), ticket())
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.delivery(), error.resource_id()),
        (ErrorKind::NotFound, Delivery::Applied, Some(made.ticket.id))
    );
    let text = error.to_string();
    assert!(
        text.ends_with("; the ticket was created, and is gone now"),
        "{text}"
    );
    assert!(!text.contains("exists"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_fails_is_told_and_nothing_is_doubled() {
    let emulator = emulator();
    let fails = async |journal: Durable| {
        let client = client_with(&emulator, journal);
        let created = client.tickets().create_once(id(), ticket()).await;
        created.unwrap_err()
    };
    let error = fails(Durable {
        claims_fail: true,
        ..Durable::default()
    })
    .await;
    assert_eq!(
        (error.kind(), error.delivery()),
        (ErrorKind::Journal, Delivery::NotSent)
    );
    assert_eq!(posts(&emulator), 0);

    let error = fails(Durable {
        records_fail: true,
        ..Durable::default()
    })
    .await;
    assert_eq!(
        (error.kind(), error.delivery()),
        (ErrorKind::Journal, Delivery::Applied)
    );
    assert!(error.resource_id().is_some());
    assert_eq!(error.attempts(), 1, "it was this call that made it");
    assert_eq!(posts(&emulator), 1);
}

#[tokio::test(start_paused = true)]
async fn an_id_of_another_case_is_not_the_ticket() {
    let emulator = Emulator::builder()
        .limit(None)
        .strictness(
            gorgias_emulator::Strictness::strict()
                .external_id(gorgias_emulator::ExternalIdMatch::IgnoreCase),
        )
        .build()
        .unwrap();
    let plain = ticket().external_id("ORDER-1");
    let client = client(&emulator, &Arc::default());
    client.tickets().create(plain).await.unwrap();
    let created = client.tickets().create_once(id(), ticket()).await.unwrap();
    assert_eq!(created.how(), How::Sent);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_makes_no_silence_longer_than_it_was() {
    let emulator = emulator();
    let client = client(&emulator, &Arc::default());
    emulator.inject(on_create(fault("F7").applied(Applied::Never)));
    let policy = SettlePolicy::default()
        .waits([2, 5, 8].map(|wait| wait * SECOND))
        .resend(Resend::AfterQuiet(15 * SECOND));
    let call = client
        .tickets()
        .create_once(id(), ticket())
        .settle(policy)
        .with_timeout(20 * SECOND);
    let start = Instant::now();
    let created = call.await.unwrap();
    assert_eq!((created.how(), posts(&emulator)), (How::Sent, 2));
    assert!(start.elapsed() >= 15 * SECOND, "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_day_and_the_time_to_settle_are_no_limit_of_a_call() {
    let emulator = emulator();
    let client = builder()
        .transport(InProcess(emulator.clone()))
        .operation_timeout(24 * 60 * 60 * SECOND)
        .build()
        .unwrap();
    let created = client.tickets().create_once(id(), ticket()).await.unwrap();
    assert_eq!(created.how(), How::Sent);
}

#[tokio::test(start_paused = true)]
async fn known_tickets_may_wait_for_their_turn_to_be_read() {
    let emulator = Emulator::builder().build().unwrap();
    let client = builder().service(emulator.service()).build().unwrap();
    let first = client.tickets().create_once(id(), ticket()).await.unwrap();
    // At two a second these take longer than any one call may.
    let calls = (0..300).map(|_| client.tickets().create_once(id(), ticket()).into_future());
    for found in futures_util::future::join_all(calls).await {
        assert_eq!(found.unwrap().ticket.id, first.ticket.id);
    }
}

#[tokio::test(start_paused = true)]
async fn reading_a_found_ticket_is_no_attempt_to_create_it() {
    let emulator = emulator();
    let journal = Arc::default();
    let client = client(&emulator, &journal);
    client.tickets().create_once(id(), ticket()).await.unwrap();
    emulator.inject(FaultRule::new(fault("H10-role")).operation("get_ticket"));
    let error = client
        .tickets()
        .create_once(id(), ticket())
        .await
        .unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::Applied, 0));
}
