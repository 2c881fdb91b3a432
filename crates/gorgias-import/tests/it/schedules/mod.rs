//! Runs imports through random schedules of failures, in virtual time.
//!
//! Each seed makes a schedule: faults of creates, look-ups and reads, lists
//! that lag behind, repeated outages that apply requests late, killed runs,
//! wrong clocks, restored or lost journals, and inputs that are complete or
//! not, in order or shuffled. A naive import, which only notes what it created,
//! has to make duplicates in the same schedules; otherwise they would prove
//! nothing.
//!
//! A seed that fails is printed. `GORGIAS_SCHEDULE=SEED` runs it alone.

mod draw;
mod naive;
mod world;

use std::time::Duration;

use gorgias::Resend;
use gorgias_import::{LineOutcome, Reason};

use self::draw::{JournalFate, Run, Schedule};
use self::world::{End, World};
use crate::support::Watch;

/// The seeds of one test. There are four, to use more than one core.
const SEEDS: u64 = 50;

/// Long enough for every request to be applied and listed.
const LONG_AFTER: Duration = Duration::from_secs(200);

/// Counts of the outcomes, to check that the schedules lead to all kinds of
/// them.
#[derive(Debug, Default)]
struct Tally {
    /// Whether a single schedule runs, and is printed in full.
    alone: bool,
    /// The number of requests that were printed.
    printed: usize,
    killed: usize,
    ended_early: usize,
    in_doubt: usize,
    found: usize,
    rejected: usize,
}

impl Tally {
    /// Prints a run, with the requests that the service received.
    fn print(&mut self, world: &World, run: &Run, end: &End, watch: &Watch) {
        if self.alone {
            let requests = world.emulator.requests();
            println!("{run:?}\n{end:?}");
            for exchange in &requests[self.printed..] {
                println!("  {exchange} {:?}", exchange.ticket_id);
            }
            self.printed = requests.len();
            for report in &watch.reports {
                println!("  {} {:?}", report.line, report.outcome);
            }
        }
    }

    fn count(&mut self, end: &End, watch: &Watch) {
        match end {
            None => self.killed += 1,
            Some(Err(_)) => self.ended_early += 1,
            Some(Ok(_)) => {}
        }
        for report in &watch.reports {
            match report.outcome {
                LineOutcome::InDoubt { .. } => self.in_doubt += 1,
                LineOutcome::Found { .. } => self.found += 1,
                LineOutcome::Rejected(_) => self.rejected += 1,
                _ => {}
            }
        }
    }
}

/// Checks that no line has two tickets, and that the reported outcomes are
/// true.
fn check(world: &World, run: &Run, end: &End, watch: &Watch) {
    match end {
        Some(Err(halted)) => {
            let own = matches!(
                halted.reason(),
                Reason::Input(_) | Reason::Observer(_) | Reason::Journal(_) | Reason::Scratch(_)
            );
            assert!(!own, "{halted:?}");
        }
        Some(Ok(summary)) => {
            assert_eq!(summary.total, run.lines.len() as u64);
            assert_eq!(watch.reports.len(), run.lines.len());
            assert_eq!(summary.duplicates.unwrap_or_default(), 0);
        }
        None => {}
    }
    for report in &watch.reports {
        let number = run.lines[report.line as usize - 1];
        let tickets = world.count(number);
        match &report.outcome {
            LineOutcome::Created { .. } | LineOutcome::Found { .. } => {
                assert_eq!(tickets, 1, "{number}")
            }
            _ => assert!(tickets <= 1, "{number}: {tickets}"),
        }
    }
}

/// Runs a schedule, and then two more runs without faults: the first settles
/// all lines that can be settled, and the second sends those that stayed in
/// doubt.
async fn play(schedule: &Schedule, tally: &mut Tally) {
    let mut world = World::new(schedule);
    for run in &schedule.runs {
        let (end, watch) = world.run(run, None).await;
        tally.print(&world, run, &end, &watch);
        check(&world, run, &end, &watch);
        tally.count(&end, &watch);
    }
    world.emulator.clear_faults();
    let quiet = Run {
        journal: JournalFate::Intact,
        rest: LONG_AFTER,
        lines: (0..schedule.lines).collect(),
        clock: 0,
        concurrency: 4,
        killed: None,
    };
    let (end, watch) = world.run(&quiet, None).await;
    tally.print(&world, &quiet, &end, &watch);
    assert!(matches!(end, Some(Ok(_))), "{end:?}");
    check(&world, &quiet, &end, &watch);
    for report in &watch.reports {
        let doubt = matches!(report.outcome, LineOutcome::InDoubt { .. });
        let number = report.line as usize - 1;
        assert_eq!(world.count(number) == 0, doubt, "{number}: {report:?}");
    }
    let resend = Resend::AfterQuiet(Duration::from_secs(60));
    let (end, watch) = world.run(&quiet, Some(resend)).await;
    tally.print(&world, &quiet, &end, &watch);
    check(&world, &quiet, &end, &watch);
    for number in 0..schedule.lines {
        assert_eq!(
            world.count(number),
            1,
            "{number}: {watch:?}",
            watch = watch.reports
        );
    }
}

fn in_virtual_time<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(work)
}

fn run_all(quarter: u64) {
    let alone = std::env::var("GORGIAS_SCHEDULE").ok();
    let alone: Option<u64> = alone.map(|seed| seed.parse().expect("GORGIAS_SCHEDULE is a number"));
    let seeds = alone.map_or(quarter * SEEDS..(quarter + 1) * SEEDS, |seed| {
        seed..seed.saturating_add(1)
    });
    let mut tally = Tally {
        alone: alone.is_some(),
        ..Tally::default()
    };
    for seed in seeds {
        println!("seed {seed}");
        let schedule = Schedule::from_seed(seed);
        in_virtual_time(play(&schedule, &mut tally));
    }
    if alone.is_none() {
        let Tally {
            killed,
            ended_early,
            in_doubt,
            found,
            rejected,
            ..
        } = tally;
        for count in [killed, ended_early, in_doubt, found, rejected] {
            assert!(
                count >= 5,
                "{count} of {killed} {ended_early} {in_doubt} {found} {rejected}"
            );
        }
    }
}

#[test]
fn every_line_has_one_ticket_or_is_in_doubt_whatever_happens_first_quarter() {
    run_all(0);
}

#[test]
fn every_line_has_one_ticket_or_is_in_doubt_whatever_happens_second_quarter() {
    run_all(1);
}

#[test]
fn every_line_has_one_ticket_or_is_in_doubt_whatever_happens_third_quarter() {
    run_all(2);
}

#[test]
fn every_line_has_one_ticket_or_is_in_doubt_whatever_happens_last_quarter() {
    run_all(3);
}

#[test]
fn noting_what_was_created_makes_duplicates_of_the_same_schedules() {
    let duplicated = (0..4 * SEEDS)
        .filter(|&seed| in_virtual_time(naive::import(&Schedule::from_seed(seed))) > 0)
        .count();
    assert!(duplicated >= 50, "only {duplicated} of {}", 4 * SEEDS);
}
