//! Ten thousand bad days, in virtual time.
//!
//! Each seed makes up a schedule: faults of creating and looking, delays, a
//! list that lags behind, look-ups that can't be read, requests that are
//! applied long after their connection died, outages that come again, journals
//! that are lost, callers that lose patience. The same schedules run through
//! a client that retries as most do, which has to make duplicates, or they
//! would prove nothing.
//!
//! A seed that fails is printed. `GORGIAS_SCHEDULE=SEED` runs it alone.

#[path = "../shared/durable.rs"]
mod durable;
#[path = "../../../security-tests/src/in_process/emulator.rs"]
mod in_process;
mod outcome;
mod resource;
mod schedule;
mod world;

use std::time::Duration;

use crate::outcome::{Tally, check};
use crate::resource::Resource;
use crate::schedule::Schedule;
use crate::world::{World, naive, once};

/// The seeds of one test. There are four of each resource, to use more than one core.
const SEEDS: u64 = 2_500;

fn run_all(resource: Resource, quarter: u64) {
    let seeds = match std::env::var("GORGIAS_SCHEDULE") {
        Ok(seed) => {
            let seed: u64 = seed.parse().expect("GORGIAS_SCHEDULE is a number");
            seed..seed.saturating_add(1)
        }
        Err(_) => quarter * SEEDS..(quarter + 1) * SEEDS,
    };
    let mut tally = Tally::default();
    for seed in seeds {
        println!("seed {seed}");
        let schedule = Schedule::from_seed(seed);
        let outcomes = in_virtual_time(|| once(World::new(seed, resource), schedule.clone()));
        check(seed, &schedule, &outcomes);
        tally.count(&outcomes);
    }
    println!("{tally:?}");
    if std::env::var("GORGIAS_SCHEDULE").is_err() {
        tally.assert_varied();
    }
}

fn in_virtual_time<T, F: Future<Output = T>>(work: impl FnOnce() -> F) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async { work().await })
}

#[test]
fn one_ticket_at_most_whatever_happens_first_quarter() {
    run_all(Resource::Ticket, 0);
}

#[test]
fn one_ticket_at_most_whatever_happens_second_quarter() {
    run_all(Resource::Ticket, 1);
}

#[test]
fn one_ticket_at_most_whatever_happens_third_quarter() {
    run_all(Resource::Ticket, 2);
}

#[test]
fn one_ticket_at_most_whatever_happens_last_quarter() {
    run_all(Resource::Ticket, 3);
}

#[test]
fn one_reply_at_most_whatever_happens_first_quarter() {
    run_all(Resource::Reply, 0);
}

#[test]
fn one_reply_at_most_whatever_happens_second_quarter() {
    run_all(Resource::Reply, 1);
}

#[test]
fn one_reply_at_most_whatever_happens_third_quarter() {
    run_all(Resource::Reply, 2);
}

#[test]
fn one_reply_at_most_whatever_happens_last_quarter() {
    run_all(Resource::Reply, 3);
}

#[test]
fn retrying_three_times_makes_duplicates_of_the_same_schedules() {
    for resource in Resource::ALL {
        let duplicated = (0..500)
            .filter(|seed| {
                let schedule = Schedule::from_seed(*seed);
                in_virtual_time(|| naive(World::new(*seed, resource), schedule)) > 1
            })
            .count();
        assert!(duplicated >= 50, "only {duplicated} of 500, {resource:?}");
    }
}

#[test]
fn a_schedule_repeats_from_its_seed() {
    for (resource, seed) in [
        (Resource::Ticket, 0),
        (Resource::Reply, 17),
        (Resource::Ticket, 4_711),
    ] {
        let run = || {
            let schedule = Schedule::from_seed(seed);
            in_virtual_time(|| once(World::new(seed, resource), schedule)).summary()
        };
        assert_eq!(run(), run());
    }
}

/// Long enough for everything that was ever to be applied and seen.
const LONG_AFTER: Duration = Duration::from_secs(200);
