//! Tests with random schedules: in all of them the pacer goes on, and its
//! timers don't spin.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;

use super::client::{Answers, Client, Happening, What};
use super::limiter::{Details, Limiter, Model, Rounding};
use crate::pacer::lane::Lane;

/// Three tests with this many schedules each.
const SCHEDULES: u32 = 34_000;
fn happening() -> impl Strategy<Value = Happening> {
    let lane = prop_oneof![Just(Lane::Interactive), Just(Lane::Bulk)];
    let answers = prop_oneof![
        4 => Just(Answers::Honest),
        1 => Just(Answers::Silent),
        1 => any::<u64>().prop_map(Answers::Hostile),
        1 => Just(Answers::Lost),
        1 => Just(Answers::NotSent),
    ];
    let what = prop_oneof![
        6 => (lane, 1_u8..12).prop_map(|(lane, count)| What::Enter { lane, count }),
        1 => Just(What::GiveUp),
        2 => (1_u8..60).prop_map(What::Foreign),
        2 => answers.prop_map(What::Answers),
    ];
    let after = prop_oneof![4 => 0_u32..2_000, 1 => 0_u32..60_000];
    (after, what).prop_map(|(after, what)| Happening { after, what })
}

fn limiter(model: Model) -> impl Strategy<Value = Limiter> {
    let capacity = prop_oneof![Just(40), Just(80), 1_u32..200];
    let window = prop_oneof![Just(10), Just(20), 1_u32..60];
    let rounding = prop_oneof![
        Just(Rounding::Up),
        Just(Rounding::Down),
        Just(Rounding::Nearest)
    ];
    (capacity, window, rounding, any::<[bool; 2]>(), 0.0..1.0_f64).prop_map(
        move |(capacity, window, rounding, [refused_count, waits_for_empty], phase)| {
            let details = Details {
                rounding,
                refused_count,
                waits_for_empty,
                phase,
            };
            Limiter::new(model, capacity, window, details)
        },
    )
}

fn check(limiter: Limiter, schedule: &[Happening], seed: u64) {
    let mut client = Client::new(limiter, seed);
    for happening in schedule {
        client.pass(client.now + f64::from(happening.after) / 1_000.0);
        client.happen(happening.what);
    }
    client.answers = Answers::Honest;
    let end = client.now + 50_000.0;
    while !client.waiting.is_empty() && client.now < end {
        client.pass(client.now + 60.0);
    }
    assert!(
        client.waiting.is_empty(),
        "{} never had their turn",
        client.waiting.len()
    );
    // A timer may go off early when the limit or the number of clients has changed; that
    // must not become a habit.
    let allowed = 50 + client.events + 2 * client.now as u32;
    assert!(
        client.idle_timers <= allowed,
        "{} idle timers",
        client.idle_timers
    );
}

/// The cases are small and many, so a cheaper generator halves the time.
fn config() -> ProptestConfig {
    ProptestConfig {
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::with_cases(SCHEDULES)
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_schedule_gets_through_a_leaky_bucket(
        limiter in limiter(Model::Leaky),
        schedule in vec(happening(), 1..10),
        seed: u64,
    ) {
        check(limiter, &schedule, seed);
    }

    #[test]
    fn any_schedule_gets_through_a_fixed_window(
        limiter in limiter(Model::Fixed),
        schedule in vec(happening(), 1..10),
        seed: u64,
    ) {
        check(limiter, &schedule, seed);
    }

    #[test]
    fn any_schedule_gets_through_a_sliding_window(
        limiter in limiter(Model::Sliding),
        schedule in vec(happening(), 1..10),
        seed: u64,
    ) {
        check(limiter, &schedule, seed);
    }
}
