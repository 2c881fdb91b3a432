//! Tests with journals that lack tickets of an earlier run.

use std::time::Duration;

use gorgias_emulator::{Fault, FaultRule};
use gorgias_import::{Notice, Reason, Summary};

use crate::support::{Watch, World, input, key, line};

/// Returns the lines of the tickets with these numbers.
fn text(numbers: impl IntoIterator<Item = usize>) -> String {
    let lines: Vec<_> = numbers
        .into_iter()
        .map(|number| line(&key(number)))
        .collect();
    input(&lines)
}

async fn run(world: &World, text: &str, watch: &mut Watch) -> Summary {
    let lines = text.lines().count() as u64;
    let import = world.import().expected_lines(lines);
    import.run(text.as_bytes(), watch).await.unwrap()
}

/// Checks that each of these tickets exists once.
#[track_caller]
fn none_twice(world: &World, numbers: impl IntoIterator<Item = usize>) {
    for number in numbers {
        assert_eq!(world.count(&key(number)), 1, "{}", key(number));
    }
}

fn has_notice(watch: &Watch, wanted: impl Fn(&Notice) -> bool) -> bool {
    watch.notices.iter().any(wanted)
}

fn is_incomplete(notice: &Notice) -> bool {
    matches!(notice, Notice::Incomplete { .. })
}

#[tokio::test(start_paused = true)]
async fn a_lost_journal_doubles_nothing() {
    // Dense, sparse, shuffled, none, and a single one at the end.
    let dense: Vec<usize> = (0..60).collect();
    let sparse: Vec<usize> = (0..200).filter(|number| number % 3 == 0).collect();
    let shuffled: Vec<usize> = (0..60).map(|number| number * 37 % 200).collect();
    for sent in [dense, sparse, shuffled, vec![], vec![199]] {
        let mut world = World::new();
        run(&world, &text(sent.clone()), &mut Watch::default()).await;
        world.lose_journal();
        let mut watch = Watch::default();
        let summary = run(&world, &text(0..200), &mut watch).await;
        let found = sent.len() as u64;
        assert_eq!((summary.found, summary.created), (found, 200 - found));
        assert_eq!((summary.missing, summary.duplicates), (Some(0), Some(0)));
        assert_eq!(has_notice(&watch, is_incomplete), found > 0);
        none_twice(&world, 0..200);
        // The journal knows the adopted tickets from now on.
        let summary = run(&world, &text(0..200), &mut Watch::default()).await;
        assert_eq!((summary.found, summary.requests), (200, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn a_new_journal_costs_one_request_per_hundred_tickets() {
    let mut world = World::new();
    run(&world, &text(0..250), &mut Watch::default()).await;
    world.lose_journal();
    let summary = run(&world, &text(0..250), &mut Watch::default()).await;
    assert_eq!((summary.found, summary.requests), (250, 3));
}

#[tokio::test(start_paused = true)]
async fn a_stale_journal_doubles_nothing() {
    let mut world = World::new();
    run(&world, &text(0..20), &mut Watch::default()).await;
    let backup = world.back_up_journal();
    run(&world, &text(0..150), &mut Watch::default()).await;
    world.restore_journal(backup);
    let mut watch = Watch::default();
    let summary = run(&world, &text(0..300), &mut watch).await;
    assert_eq!((summary.found, summary.created), (150, 150));
    assert_eq!(summary.duplicates, Some(0));
    assert!(has_notice(&watch, is_incomplete));
    none_twice(&world, 0..300);
}

#[tokio::test(start_paused = true)]
async fn tickets_too_young_for_the_list_are_waited_for() {
    for lag in [1, 20, 50] {
        let mut world = World::new();
        run(&world, &text(0..40), &mut Watch::default()).await;
        let fault = Fault::none().visibility_lag(Duration::from_secs(lag));
        let rule = FaultRule::new(fault).operation("create_ticket");
        world.emulator.inject(rule.times(24));
        let import = world.import().audit(false);
        import.run(text(40..64).as_bytes(), &mut ()).await.unwrap();
        world.emulator.clear_faults();
        world.lose_journal();
        let summary = run(&world, &text(0..200), &mut Watch::default()).await;
        assert_eq!((summary.found, summary.created), (64, 136), "{lag}");
        none_twice(&world, 0..200);
    }
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_is_not_new_has_few_lines_looked_up() {
    let world = World::new();
    run(&world, &text(0..10), &mut Watch::default()).await;
    let mut watch = Watch::default();
    let summary = run(&world, &text(0..1_000), &mut watch).await;
    assert_eq!((summary.found, summary.created), (10, 990));
    let looked_up = world.requests("GET", "/api/tickets?external_id");
    assert_eq!(looked_up, 32 + 990 / 50);
    assert!(has_notice(&watch, |notice| *notice == Notice::Sampling));
}

#[tokio::test(start_paused = true)]
async fn every_line_can_be_looked_up() {
    let mut world = World::new();
    run(&world, &text((0..100).step_by(7)), &mut Watch::default()).await;
    world.lose_journal();
    let import = world.import().look_first(true);
    let summary = import.run(text(0..100).as_bytes(), &mut ()).await.unwrap();
    assert_eq!((summary.found, summary.created), (15, 85));
    none_twice(&world, 0..100);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_too_long_is_left_and_a_surprise_ends_the_sampling() {
    let mut world = World::new();
    // More than a hundred pages of other tickets come first.
    let older = (0..10_050).map(|number| serde_json::json!({"id": number + 1}));
    let older: Vec<_> = older.collect();
    world.emulator.load(serde_json::Value::from(older)).unwrap();
    run(&world, &text(0..30), &mut Watch::default()).await;
    world.lose_journal();
    let mut watch = Watch::default();
    let summary = run(&world, &text(0..120), &mut watch).await;
    assert_eq!((summary.found, summary.created), (30, 90));
    assert!(has_notice(&watch, |notice| *notice == Notice::Sampling));
    assert!(has_notice(&watch, is_incomplete));
    none_twice(&world, 0..120);
}

#[tokio::test(start_paused = true)]
async fn look_ups_without_evidence_send_nothing() {
    for fault in [
        "data-null",
        "200-maintenance",
        "login-page",
        "external-id-missing",
    ] {
        let mut world = World::new();
        run(&world, &text(0..30), &mut Watch::default()).await;
        world.lose_journal();
        let rule = format!("{fault},operation=list_tickets,times=always");
        world.emulator.inject_named(&rule).unwrap();
        let posts = world.requests("POST", "/");
        let import = world.import().patience(Duration::from_secs(60));
        let result = import.run(text(0..60).as_bytes(), &mut ()).await;
        let halted = result.unwrap_err();
        let reason = halted.reason();
        // A page that is the first answer may come from any server.
        let expected = match reason {
            Reason::NeverReached(_) => fault == "login-page",
            reason => matches!(reason, Reason::Outage(_) | Reason::NoEvidence(_)),
        };
        assert!(expected, "{fault}: {reason:?}");
        if let Reason::NoEvidence(lack) = reason {
            assert_eq!(
                halted.to_string(),
                format!("look-ups prove nothing: {lack}")
            );
        }
        assert_eq!(world.requests("POST", "/"), posts, "{fault}");
        assert_eq!(halted.summary().in_doubt, 0, "{fault}");
        world.emulator.clear_faults();
        let summary = run(&world, &text(0..60), &mut Watch::default()).await;
        assert_eq!((summary.found, summary.created), (30, 30), "{fault}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_filter_that_can_not_be_trusted_has_the_list_read_once() {
    for fault in ["filter-ignored", "filter-ignores-case", "filter-by-prefix"] {
        let mut world = World::new();
        run(&world, &text(0..20), &mut Watch::default()).await;
        let backup = world.back_up_journal();
        run(&world, &text(20..60), &mut Watch::default()).await;
        world.restore_journal(backup);
        let rule = format!("{fault},operation=list_tickets,times=always");
        world.emulator.inject_named(&rule).unwrap();
        let import = world
            .import()
            .patience(Duration::from_secs(60))
            .audit(false);
        let summary = import.run(text(0..100).as_bytes(), &mut ()).await.unwrap();
        assert_eq!((summary.found, summary.created), (60, 40), "{fault}");
        none_twice(&world, 0..100);
    }
}
