use proptest::prelude::*;

use super::*;

const MODELS: [LimiterModel; 3] = [
    LimiterModel::LeakyBucket,
    LimiterModel::FixedWindow,
    LimiterModel::SlidingLog,
];

fn at(seconds: f64) -> Timestamp {
    Timestamp::from_micros((seconds * 1e6) as i64)
}

fn limiter(config: RateLimit) -> Limiter {
    Limiter::new(config, 7, at(0.0))
}

#[test]
fn every_model_takes_the_whole_capacity_at_once_and_no_more() {
    for model in MODELS {
        let mut limiter = limiter(RateLimit::api_key().model(model));
        for used in 1..=40 {
            let decision = limiter.call(at(0.0));
            assert_eq!((decision.used, decision.retry_after), (used, None));
        }
        let decision = limiter.call(at(0.0));
        assert_eq!((decision.used, decision.limit), (40, 40));
        assert!(decision.retry_after.is_some(), "{model:?}");
    }
}

#[test]
fn the_wait_is_to_one_slot_or_to_the_whole_budget() {
    let wait = |model, retry_after| {
        let mut limiter = limiter(RateLimit::api_key().model(model).retry_after(retry_after));
        for _ in 0..40 {
            limiter.call(at(0.0));
        }
        limiter.call(at(0.0)).retry_after
    };
    use LimiterModel::*;
    assert_eq!(wait(LeakyBucket, RetryAfter::OneSlot), Some(1));
    assert_eq!(wait(LeakyBucket, RetryAfter::EmptyBucket), Some(20));
    assert_eq!(wait(FixedWindow, RetryAfter::OneSlot), Some(20));
    assert_eq!(wait(SlidingLog, RetryAfter::OneSlot), Some(20));
}

#[test]
fn a_window_starts_again_at_its_boundary_and_a_log_does_not() {
    let used_after = |model| {
        let mut limiter = limiter(RateLimit::api_key().model(model));
        for _ in 0..40 {
            limiter.call(at(19.0));
        }
        limiter.call(at(21.0)).retry_after.is_none()
    };
    assert!(used_after(LimiterModel::FixedWindow));
    assert!(!used_after(LimiterModel::SlidingLog));
}

#[test]
fn rejected_calls_use_the_budget_only_when_they_count() {
    for (count, accepted) in [(false, true), (true, false)] {
        let config = RateLimit::api_key()
            .model(LimiterModel::SlidingLog)
            .count_rejected(count);
        let mut limiter = limiter(config);
        for _ in 0..40 {
            limiter.call(at(0.0));
        }
        for _ in 0..40 {
            limiter.call(at(10.0));
        }
        let decision = limiter.call(at(20.5));
        assert_eq!(decision.retry_after.is_none(), accepted);
    }
}

#[test]
fn foreign_calls_use_the_budget_at_about_their_rate() {
    let mut limiter = limiter(RateLimit::api_key().foreign_rate(1.0));
    let levels: Vec<u32> = (1..=400)
        .map(|second| limiter.level(at(f64::from(second))).used)
        .collect();
    // The bucket leaks twice as fast as calls arrive, so its level is low.
    assert!(levels.iter().any(|&level| level > 0));
    assert!(levels.iter().all(|&level| level < 20));
}

#[test]
fn limits_are_read_from_text() {
    assert_eq!("40/20".parse(), Ok(RateLimit::api_key()));
    for bad in ["40", "40/", "0/20", "40/0", "a/b", "-1/20", "40/20/1"] {
        assert!(bad.parse::<RateLimit>().is_err(), "{bad}");
    }
}

proptest! {
    /// No model accepts more than its window allows, and a single client that
    /// waits for `Retry-After` is accepted.
    #[test]
    fn limits_hold_and_waits_are_long_enough(
        gaps in prop::collection::vec(0.0_f64..3.0, 1..200),
        model in prop::sample::select(MODELS.to_vec()),
        count_rejected: bool,
    ) {
        let config = RateLimit::new(10, Duration::from_secs(5))
            .model(model)
            .count_rejected(count_rejected);
        let mut limiter = limiter(config);
        let (mut now, mut accepted) = (0.0, Vec::new());
        for gap in gaps {
            now += gap / 10.0;
            let decision = limiter.call(at(now));
            prop_assert!(decision.used <= decision.limit);
            match decision.retry_after {
                None => accepted.push(now),
                Some(wait) => {
                    now += wait as f64;
                    prop_assert_eq!(limiter.call(at(now)).retry_after, None);
                    accepted.push(now);
                }
            }
        }
        // A bucket accepts its capacity and what leaks meanwhile. A fixed
        // window accepts twice its capacity around a boundary.
        let allowed = if model == LimiterModel::SlidingLog { 10 } else { 20 };
        for (index, start) in accepted.iter().enumerate() {
            let within = accepted[index..].iter().filter(|at| **at < start + 4.999).count();
            prop_assert!(within <= allowed, "{within} calls in one window");
        }
    }
}
