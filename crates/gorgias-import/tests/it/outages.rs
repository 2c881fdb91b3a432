//! Tests with services that can't be reached or don't work for a while.

use std::time::Duration;

use gorgias::SettlePolicy;
use gorgias_emulator::{Applied, Fault, FaultRule};
use gorgias_import::{Halted, Import, Notice, Reason, Summary};
use tokio::time::{Instant, sleep};

use crate::support::{Watch, World, lines};

const CONCURRENCY: u64 = 16;

/// The most lines in doubt after an outage with this many fresh lines sent as
/// probes.
fn most_in_doubt(probes: u64) -> u64 {
    CONCURRENCY + 5 + probes
}

/// Makes creates fail from the fortieth on, for this long.
fn outage(world: &World, fault: &str, applied: Applied, lasts: Duration) {
    let fault = Fault::named(fault).unwrap().applied(applied);
    let works = FaultRule::new(Fault::none()).operation("create_ticket");
    world.emulator.inject(works.times(40));
    let rule = FaultRule::new(fault).operation("create_ticket").always();
    world.emulator.inject(rule);
    let emulator = world.emulator.clone();
    tokio::spawn(async move {
        sleep(lasts).await;
        emulator.clear_faults();
    });
}

fn quick(import: Import) -> Import {
    let waits = [1, 1].map(Duration::from_secs);
    import.settle(SettlePolicy::default().waits(waits))
}

fn outage_notices(watch: &Watch) -> (usize, usize) {
    let began = |notice: &&Notice| matches!(notice, Notice::OutageBegan { .. });
    let ended = |notice: &&Notice| matches!(notice, Notice::OutageEnded);
    (
        watch.notices.iter().filter(began).count(),
        watch.notices.iter().filter(ended).count(),
    )
}

#[tokio::test(start_paused = true)]
async fn an_outage_that_answers_leaves_few_lines_in_doubt_and_the_rest_goes_on() {
    for fault in ["H6-502", "H6-503", "H16", "F7", "F12"] {
        let world = World::new();
        outage(&world, fault, Applied::Never, Duration::from_secs(300));
        let text = lines(300);
        let mut watch = Watch::default();
        let import = quick(world.import()).run(text.as_bytes(), &mut watch);
        let summary = import.await.unwrap();
        assert_eq!(outage_notices(&watch), (1, 1), "{fault}");
        let probes = 300 / 30 + 6;
        let in_doubt = summary.in_doubt;
        assert!(
            (5..=most_in_doubt(probes)).contains(&in_doubt),
            "{fault}: {in_doubt}"
        );
        assert_eq!(summary.created + in_doubt, 300, "{fault}");
        assert_eq!(
            world.emulator.ticket_count() as u64,
            summary.created,
            "{fault}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_ticket_that_is_applied_late_is_found_and_never_sent_again() {
    let world = World::new();
    let late = Applied::After(Duration::from_secs(120));
    outage(&world, "H6-502", late, Duration::from_secs(100));
    let text = lines(200);
    let import = quick(world.import()).audit(false);
    let summary = import.run(text.as_bytes(), &mut ()).await.unwrap();
    assert!(summary.in_doubt >= 5, "{summary:?}");
    sleep(Duration::from_secs(200)).await;
    let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.in_doubt, summary.found), (0, 200));
    assert_eq!(world.emulator.ticket_count(), 200);
}

#[tokio::test(start_paused = true)]
async fn an_outage_that_outlasts_the_patience_ends_it_with_the_rest_unsent() {
    let world = World::new();
    outage(
        &world,
        "H6-503",
        Applied::Never,
        Duration::from_secs(10_000),
    );
    let text = lines(300);
    let started = Instant::now();
    let import = quick(world.import()).patience(Duration::from_secs(120));
    let import = import.expected_lines(300);
    let halted = import.run(text.as_bytes(), &mut ()).await.unwrap_err();
    assert!(matches!(halted.reason(), Reason::Outage(_)), "{halted:?}");
    let summary = halted.summary();
    assert_eq!(summary.total, 300);
    assert!(summary.in_doubt <= most_in_doubt(10), "{summary:?}");
    assert_eq!((summary.created, summary.rejected), (40, 0));
    assert_eq!(summary.unsent + summary.in_doubt, 260);
    let elapsed = started.elapsed();
    assert!(elapsed >= Duration::from_secs(120), "{elapsed:?}");
    assert!(elapsed <= Duration::from_secs(200), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_service_that_flaps_leaves_few_lines_in_doubt() {
    let world = World::new();
    // One answer in ten leaves a line in doubt, but never five in a row.
    for _ in 0..40 {
        let works = FaultRule::new(Fault::none()).operation("create_ticket");
        world.emulator.inject(works.times(9));
        let fails = Fault::named("H6-502").unwrap().applied(Applied::Never);
        world
            .emulator
            .inject(FaultRule::new(fails).operation("create_ticket"));
    }
    let text = lines(400);
    let mut watch = Watch::default();
    let import = quick(world.import()).run(text.as_bytes(), &mut watch);
    let summary = import.await.unwrap();
    assert!(outage_notices(&watch).0 >= 1, "{:?}", watch.notices);
    assert_eq!(summary.created + summary.in_doubt, 400);
    assert_eq!(world.emulator.ticket_count() as u64, summary.created);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_gets_out_of_reach_is_waited_for() {
    let world = World::new();
    outage(&world, "F1", Applied::Never, Duration::from_secs(300));
    let text = lines(100);
    let mut watch = Watch::default();
    let import = world.import().run(text.as_bytes(), &mut watch);
    let summary = import.await.unwrap();
    assert_eq!((summary.created, summary.in_doubt), (100, 0));
    assert!(summary.elapsed >= Duration::from_secs(300));
    assert_eq!(outage_notices(&watch), (1, 1));
}

fn never_reached(result: Result<Summary, Halted>) -> Summary {
    let halted = result.unwrap_err();
    assert!(
        matches!(halted.reason(), Reason::NeverReached(_)),
        "{halted:?}"
    );
    halted.summary().clone()
}

#[tokio::test(start_paused = true)]
async fn an_address_that_never_answers_is_reported_within_seconds() {
    // The last one is a page of another server at that address.
    for fault in ["F1", "F2", "F4", "login-page"] {
        let world = World::new();
        let rule = FaultRule::new(Fault::named(fault).unwrap()).always();
        world.emulator.inject(rule);
        let text = lines(40);
        let result = world.import().run(text.as_bytes(), &mut ()).await;
        let summary = never_reached(result);
        assert_eq!((summary.created, summary.in_doubt), (0, 0), "{fault}");
        assert!(summary.elapsed <= Duration::from_secs(30), "{summary:?}");
        world.emulator.clear_faults();
        let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
        assert_eq!(summary.created, 40);
    }
}

#[tokio::test(start_paused = true)]
async fn an_import_that_is_stopped_in_an_outage_ends_soon() {
    let world = World::new();
    outage(
        &world,
        "H6-503",
        Applied::Never,
        Duration::from_secs(10_000),
    );
    let text = lines(300);
    let started = Instant::now();
    let import = world.import().stop_on(sleep(Duration::from_secs(100)));
    let halted = import.run(text.as_bytes(), &mut ()).await.unwrap_err();
    assert!(matches!(halted.reason(), Reason::Stopped));
    assert!(started.elapsed() <= Duration::from_secs(115));
    let summary = halted.summary();
    assert!(summary.in_doubt >= 5, "{summary:?}");
    assert_eq!(
        summary.unsent + summary.created + summary.in_doubt,
        summary.total
    );
}
