//! The emulator's faults of connections, over real sockets.

use std::time::Duration;

use gorgias::{Created, Delivery, Error, ErrorKind, NewTicket, RateLimit, RetryPolicy};
use gorgias_emulator::{Emulator, Fault, FaultRule};

use crate::support::{builder, emulator};

use Delivery::{Applied, NotSent, Rejected, Unknown};

/// What a creation may say of each fault. The faults of TLS have a test of
/// their own; those of proxies are for a process with an environment, and F2
/// and F24 for other servers. Of F5 and F6 it is proved that nothing was sent
/// only when the client notices before it writes.
#[rustfmt::skip]
const FATES: &[(&str, &[Delivery])] = &[
    ("F1", &[NotSent]), ("F3", &[NotSent]),
    ("F5", &[NotSent, Unknown]), ("F6", &[NotSent, Unknown]),
    ("F7", &[Unknown]), ("F8", &[Unknown]), ("F9", &[Unknown]), ("F12", &[Unknown]),
    ("F14", &[Unknown]), ("F15", &[Unknown]), ("F16", &[Unknown]), ("F17", &[Unknown]),
    ("F18", &[Applied]), ("F19", &[Applied]), ("F20", &[Applied]), ("F21", &[Applied]),
    ("F22", &[Unknown]), ("F23", &[Rejected]),
];

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

/// Too large for the buffers on the way.
fn large_ticket() -> NewTicket {
    ticket().meta("padding", "x".repeat(8 << 20))
}

async fn create(id: &str, ticket: NewTicket) -> (Emulator, Result<Created, Error>) {
    let emulator = emulator();
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    let client = builder()
        .base_url(server.base_url())
        .connect_timeout(Duration::from_millis(200))
        .attempt_timeout(Duration::from_millis(600))
        .body_idle_timeout(Duration::from_millis(200))
        .retry(RetryPolicy::none())
        .rate_limit(RateLimit::off())
        .build()
        .unwrap();
    let fault = Fault::named(id).unwrap().hold(Duration::from_millis(400));
    emulator.inject(FaultRule::new(fault));
    let result = client.tickets().create(ticket).await;
    (emulator, result)
}

#[tokio::test]
async fn every_fault_of_a_connection_is_told_right() {
    for (id, fates) in FATES {
        let ticket = if *id == "F9" {
            large_ticket()
        } else {
            ticket()
        };
        let (emulator, result) = create(id, ticket).await;
        let error = result.unwrap_err();
        let delivery = error.delivery();
        assert!(fates.contains(&delivery), "{id}: {error:?}");
        assert_eq!(error.attempts(), 1, "{id}");
        let tickets = emulator.ticket_count();
        match delivery {
            Applied => assert_eq!(tickets, 1, "{id}"),
            NotSent | Rejected => assert_eq!(tickets, 0, "{id}"),
            _ => assert!(tickets <= 1, "{id}"),
        }
    }
}

#[tokio::test]
async fn a_slow_answer_is_an_answer() {
    let (emulator, result) = create("F13", ticket()).await;
    assert_eq!(result.unwrap().attempts(), 1);
    assert_eq!(emulator.ticket_count(), 1);
}

#[tokio::test]
async fn the_attempts_that_are_counted_are_those_on_the_wire() {
    let emulator = emulator();
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    let client = builder()
        .base_url(server.base_url())
        .rate_limit(RateLimit::off())
        .build()
        .unwrap();
    emulator.inject(FaultRule::new(Fault::named("H3-past").unwrap()).times(1));
    let created = client.tickets().create(ticket()).await.unwrap();
    assert_eq!((created.attempts(), emulator.request_count()), (2, 2));

    // A lost answer is where clients beneath this one might send again.
    for id in ["F7", "F8", "F10", "H6-502"] {
        let before = emulator.request_count();
        emulator.inject(FaultRule::new(Fault::named(id).unwrap()));
        let error = client.tickets().create(ticket()).await.unwrap_err();
        let sent = emulator.request_count() - before;
        assert_eq!((u64::from(error.attempts()), sent), (1, 1), "{id}");
        client.tickets().create(ticket()).await.unwrap();
    }

    let before = emulator.request_count();
    emulator.inject(FaultRule::new(Fault::named("H6").unwrap()).times(1));
    let read = client.tickets().get(created.ticket.id).await.unwrap();
    assert_eq!(read.metadata().attempts(), 2);
    assert_eq!(emulator.request_count() - before, 2);
}

#[tokio::test]
async fn a_reused_connection_that_dies_leaves_the_fate_unknown() {
    let emulator = emulator();
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    let client = builder()
        .base_url(server.base_url())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    client.tickets().create(ticket()).await.unwrap();
    emulator.inject(Fault::named("F10").unwrap());
    let error = client.tickets().create(ticket()).await.unwrap_err();
    assert_eq!(error.delivery(), Unknown, "{error:?}");
    assert_eq!(emulator.ticket_count(), 2);
}

#[tokio::test]
async fn a_connection_closed_meanwhile_costs_nothing() {
    let emulator = emulator();
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    let client = builder().base_url(server.base_url()).build().unwrap();
    emulator.inject(Fault::named("F11").unwrap());
    client.tickets().create(ticket()).await.unwrap();
    client.tickets().create(ticket()).await.unwrap();
    assert_eq!(emulator.ticket_count(), 2);
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn a_failed_handshake_means_nothing_was_sent() {
    for id in ["F4", "F4-corrupt", "F4-stall"] {
        let emulator = emulator();
        let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
        let secure = server.base_url().to_string().replace("http://", "https://");
        let client = builder()
            .base_url(secure)
            .connect_timeout(Duration::from_millis(300))
            .retry(RetryPolicy::none())
            .build()
            .unwrap();
        let fault = Fault::named(id).unwrap().hold(Duration::from_secs(2));
        emulator.inject(FaultRule::new(fault));
        let error = client.tickets().create(ticket()).await.unwrap_err();
        let seen = (error.kind(), error.delivery());
        assert_eq!(seen, (ErrorKind::Connect, NotSent), "{id}: {error:?}");
        assert_eq!(emulator.ticket_count(), 0);
    }
}
