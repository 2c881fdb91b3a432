//! Tests of imports that end early and go on later.

use std::sync::Arc;
use std::time::Duration;

use gorgias::{Client, ErrorKind};
use gorgias_emulator::{Fault, FaultRule};
use gorgias_import::{Halted, Import, LineReport, Observer, ObserverError, Reason, Summary};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::Notify;
use tokio::time::sleep;

use crate::support::{Watch, World, lines};

fn halted(result: Result<Summary, Halted>) -> (ErrorKind, Summary) {
    let halted = result.unwrap_err();
    match halted.reason() {
        Reason::Client(error) => (error.kind(), halted.summary().clone()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn an_outage_during_the_audit_is_waited_out() {
    for fault in ["H8", "H6-502"] {
        let world = World::new();
        let rule = FaultRule::new(Fault::named(fault).unwrap());
        world
            .emulator
            .inject(rule.operation("list_tickets").times(20));
        let text = lines(3);
        let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
        assert_eq!((summary.created, summary.missing), (3, Some(0)), "{fault}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_import_stops_when_asked_to_and_goes_on_later() {
    let world = World::new();
    let slow = Fault::none().response_latency(Duration::from_secs(1));
    world
        .emulator
        .inject(FaultRule::new(slow).operation("create_ticket").always());
    let text = lines(200);
    let stop = Arc::new(Notify::new());
    let asked = Arc::clone(&stop);
    let import = world
        .import()
        .stop_on(async move { asked.notified().await });
    tokio::spawn(async move {
        sleep(Duration::from_millis(3_500)).await;
        stop.notify_one();
    });
    let mut watch = Watch::default();
    let halted = import.run(text.as_bytes(), &mut watch).await.unwrap_err();
    assert!(matches!(halted.reason(), Reason::Stopped));
    let stopped = halted.summary();
    // Requests under way were finished.
    assert_eq!((stopped.created, stopped.in_doubt), (64, 0));
    assert_eq!(watch.reports.len() as u64, stopped.total);

    let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.created, summary.found), (136, 64));
    assert_eq!(world.emulator.ticket_count(), 200);
}

#[tokio::test(start_paused = true)]
async fn requests_that_outlast_the_grace_are_left_to_the_journal() {
    let world = World::new();
    let slow = Fault::none().response_latency(Duration::from_secs(25));
    world
        .emulator
        .inject(FaultRule::new(slow).operation("create_ticket").always());
    let text = lines(40);
    let import = world
        .import()
        .grace(Duration::from_secs(5))
        .stop_on(sleep(Duration::from_secs(10)));
    let mut watch = Watch::default();
    let halted = import.run(text.as_bytes(), &mut watch).await.unwrap_err();
    let stopped = halted.summary();
    assert_eq!((stopped.created, stopped.in_doubt), (0, 16));
    assert!(stopped.elapsed <= Duration::from_secs(16));
    let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.created, summary.found), (24, 16));
    assert_eq!(world.emulator.ticket_count(), 40);
}

/// Yields some lines, and then fails.
struct Broken<'a>(&'a [u8]);

impl AsyncRead for Broken<'_> {
    fn poll_read(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        if self.0.is_empty() {
            return std::task::Poll::Ready(Err(std::io::Error::other("gone")));
        }
        let (part, rest) = self.0.split_at(self.0.len().min(buffer.remaining()));
        buffer.put_slice(part);
        self.0 = rest;
        std::task::Poll::Ready(Ok(()))
    }
}

#[tokio::test(start_paused = true)]
async fn an_input_that_breaks_off_loses_nothing_before_it() {
    let world = World::new();
    let text = lines(30);
    let input = tokio::io::BufReader::new(Broken(text.as_bytes()));
    let halted = world.import().run(input, &mut ()).await.unwrap_err();
    assert!(matches!(halted.reason(), Reason::Input(_)));
    assert_eq!(halted.summary().created, 30);
}

struct Full(u32);

impl Observer for Full {
    fn line(&mut self, _: &LineReport) -> Result<(), ObserverError> {
        match self.0.checked_sub(1) {
            Some(left) => {
                self.0 = left;
                Ok(())
            }
            None => Err("no space left".into()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_report_that_can_not_be_written_ends_it() {
    let world = World::new();
    let text = lines(100);
    let halted = world.import().run(text.as_bytes(), &mut Full(20)).await;
    assert!(matches!(halted.unwrap_err().reason(), Reason::Observer(_)));
    let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!(summary.created + summary.found, 100);
    assert_eq!(world.emulator.ticket_count(), 100);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_can_not_be_built_is_reported() {
    let world = World::new();
    let client = gorgias::Client::builder("not a subdomain");
    let import = gorgias_import::Import::new(client, Arc::clone(&world.journal));
    let (kind, summary) = halted(import.run(lines(1).as_bytes(), &mut ()).await);
    assert_eq!((kind, summary.total), (ErrorKind::Configuration, 0));
}

#[tokio::test(start_paused = true)]
async fn tickets_of_another_helpdesk_do_not_count_as_imported() {
    let world = World::new();
    let text = lines(3);
    world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    let before = world.emulator.request_count();
    let other = Client::builder("umbrella")
        .api_key("agent@umbrella.example", "key")
        .service(world.emulator.service());
    let import = Import::new(other, Arc::clone(&world.journal)).pacer(None);
    let (kind, summary) = halted(import.run(text.as_bytes(), &mut ()).await);
    assert_eq!((kind, summary.found), (ErrorKind::Journal, 0));
    assert_eq!(world.emulator.request_count(), before);
}
