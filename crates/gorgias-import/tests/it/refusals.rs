//! Tests with refusals of one line, or of all.

use gorgias::ErrorKind;
use gorgias_emulator::{Fault, FaultRule};
use gorgias_import::{Ended, LineOutcome, Reason};

use crate::support::{Watch, World, lines};

/// Refuses creates, after letting the first ones through.
fn refuse(world: &World, fault: &str, after: u64, times: Option<u64>) {
    let works = FaultRule::new(Fault::none()).operation("create_ticket");
    world.emulator.inject(works.times(after));
    let rule = FaultRule::new(Fault::named(fault).unwrap()).operation("create_ticket");
    world.emulator.inject(match times {
        Some(times) => rule.times(times),
        None => rule.always(),
    });
}

#[tokio::test(start_paused = true)]
async fn a_line_that_is_refused_is_rejected_and_the_others_are_created() {
    for (fault, status) in [
        ("H9", 401),
        ("H10", 403),
        ("H10-role", 403),
        ("H12", 404),
        ("H12-html", 404),
        ("H11", 400),
    ] {
        let world = World::new();
        refuse(&world, fault, 50, Some(1));
        let text = lines(100);
        let mut watch = Watch::default();
        let import = world.import().concurrency(1);
        let summary = import.run(text.as_bytes(), &mut watch).await.unwrap();
        assert_eq!((summary.created, summary.rejected), (99, 1), "{fault}");
        let LineOutcome::Rejected(rejection) = watch.outcome(51) else {
            panic!("{fault}: {:?}", watch.outcome(51));
        };
        assert_eq!(rejection.status, Some(status), "{fault}");
        // The next run sends only the refused line.
        let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
        assert_eq!((summary.created, summary.found), (1, 99), "{fault}");
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_may_read_and_not_create_end_it() {
    for fault in ["H9", "H10", "H10-role", "H12", "H12-html"] {
        let world = World::new();
        refuse(&world, fault, 20, None);
        let text = lines(300);
        let result = world.import().run(text.as_bytes(), &mut ()).await;
        let halted = result.unwrap_err();
        assert!(
            matches!(halted.reason(), Reason::RefusesAll(_)),
            "{fault}: {halted:?}"
        );
        let summary = halted.summary();
        assert_eq!(summary.created, 20, "{fault}");
        assert!((5..=21).contains(&summary.rejected), "{fault}: {summary:?}");
        assert_eq!(summary.in_doubt, 0);
        world.emulator.clear_faults();
        let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
        assert_eq!((summary.created, summary.found), (280, 20), "{fault}");
    }
}

#[tokio::test(start_paused = true)]
async fn any_number_of_lines_may_be_invalid() {
    let world = World::new();
    refuse(&world, "H11", 10, Some(60));
    let text = lines(100);
    let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.created, summary.rejected), (40, 60));
}

#[tokio::test(start_paused = true)]
async fn refused_credentials_end_it_at_once() {
    for (fault, kind) in [
        ("H9", ErrorKind::Unauthorized),
        ("H10", ErrorKind::QuotaExceeded),
        ("H10-role", ErrorKind::Forbidden),
        ("H12-html", ErrorKind::WrongEndpoint),
    ] {
        let world = World::new();
        let text = lines(500);
        let rule = FaultRule::new(Fault::named(fault).unwrap()).always();
        world.emulator.inject(rule);
        let result = world.import().run(text.as_bytes(), &mut ()).await;
        let halted = result.unwrap_err();
        let Reason::Client(error) = halted.reason() else {
            panic!("{halted:?}");
        };
        assert_eq!(error.kind(), kind);
        // No line is rejected.
        let summary = halted.summary();
        assert_eq!((summary.rejected, summary.created), (0, 0));
        assert!(summary.unsent <= 64, "{summary:?}");
        assert_eq!(summary.missing, None);

        world.emulator.clear_faults();
        let summary = world.import().run(text.as_bytes(), &mut ()).await.unwrap();
        assert_eq!(summary.created, 500);
    }
}

#[tokio::test(start_paused = true)]
async fn refused_credentials_cost_one_request_whatever_is_asked_first() {
    for (earlier_run, look_first) in [(false, false), (true, false), (false, true)] {
        let world = World::new();
        if earlier_run {
            let text = lines(10);
            world.import().run(text.as_bytes(), &mut ()).await.unwrap();
        }
        let before = world.emulator.requests().len();
        let rule = FaultRule::new(Fault::named("H9").unwrap()).always();
        world.emulator.inject(rule);
        let text = lines(200);
        let import = world.import().look_first(look_first).concurrency(16);
        let halted = import.run(text.as_bytes(), &mut ()).await.unwrap_err();
        assert!(matches!(halted.reason(), Reason::Client(_)), "{halted:?}");
        let summary = halted.summary();
        assert_eq!(summary.ended, Ended::Refused);
        let requests = world.emulator.requests().len() - before;
        assert_eq!(requests, 1, "{earlier_run} {look_first}");
    }
}
