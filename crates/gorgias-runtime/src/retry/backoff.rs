//! Decides how long to wait before the next attempt of a call, and whether
//! there is one.

use std::time::Duration;

use super::RetryPolicy;
use crate::pacer::Random;

/// The reason to repeat a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A failure that may be temporary.
    Transient,
    /// The host name can't be resolved, which seldom changes within a second.
    Unresolved,
    /// A 429, with the wait that the service asked for, if any. The pacer
    /// waits, for all calls of the client together.
    RateLimited(Option<Duration>),
    /// An error other than a 429 whose answer has a `retry-after`.
    Asked(Duration),
}

/// The shortest wait after a host name couldn't be resolved.
const UNRESOLVED_STEP: Duration = Duration::from_secs(2);

/// The most jitter after a `retry-after`. It spreads clients that got the same
/// wait, and makes sure that the wait is over by the service's clock.
const AFTER_WAIT: Duration = Duration::from_millis(250);

/// Computes the waits of one call.
#[derive(Debug)]
pub struct Backoff {
    policy: RetryPolicy,
    random: Random,
}

impl Backoff {
    /// Creates the backoff of one call, which waits as the policy says.
    #[must_use]
    pub fn new(policy: RetryPolicy) -> Self {
        let random = Random::new(policy.seed.unwrap_or_else(Random::fresh_seed));
        Self { policy, random }
    }

    /// Returns the wait after this number of attempts. Returns `None` when there
    /// is no further attempt, because all attempts are used up or the service
    /// asks for a longer wait than the policy allows.
    pub fn wait(&mut self, attempts: u32, cause: Cause) -> Option<Duration> {
        if attempts >= self.policy.max_attempts {
            return None;
        }
        let patience = self.policy.max_retry_after;
        match cause {
            Cause::RateLimited(asked) => {
                let asked = asked.unwrap_or_default();
                return (asked <= patience).then_some(Duration::ZERO);
            }
            Cause::Asked(asked) => {
                let jitter = self.random.up_to(AFTER_WAIT);
                return (asked <= patience).then(|| asked.saturating_add(jitter));
            }
            Cause::Transient | Cause::Unresolved => {}
        }
        let doublings = attempts.saturating_sub(1).min(20);
        let most = self
            .policy
            .base_delay
            .saturating_mul(1_u32.checked_shl(doublings).unwrap_or(u32::MAX))
            .min(self.policy.max_delay);
        let least = match cause {
            Cause::Unresolved => UNRESOLVED_STEP,
            _ => Duration::ZERO,
        };
        let least = least.min(self.policy.max_delay);
        Some(least.max(self.random.up_to(most)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn backoff(seed: u64) -> Backoff {
        Backoff::new(RetryPolicy::default().max_attempts(1_000).seed(seed))
    }

    #[test]
    fn waits_double_up_to_the_longest_with_full_jitter() {
        for attempts in 1..40 {
            let most = (SECOND / 2)
                .saturating_mul(1 << (attempts - 1).min(10))
                .min(20 * SECOND);
            let waits: Vec<_> = (0..400)
                .map(|seed| backoff(seed).wait(attempts, Cause::Transient).unwrap())
                .collect();
            assert!(waits.iter().all(|wait| *wait <= most));
            assert!(waits.iter().any(|wait| *wait < most / 10));
            assert!(waits.iter().any(|wait| *wait > most / 10 * 9));
        }
    }

    #[test]
    fn attempts_are_limited() {
        let mut backoff = Backoff::new(RetryPolicy::default());
        assert!(backoff.wait(3, Cause::Transient).is_some());
        assert_eq!(backoff.wait(4, Cause::Transient), None);
        assert_eq!(
            Backoff::new(RetryPolicy::none()).wait(1, Cause::Transient),
            None
        );
        let least = RetryPolicy::default().max_attempts(0);
        assert_eq!(Backoff::new(least).wait(1, Cause::Transient), None);
    }

    #[test]
    fn a_wish_of_the_service_is_waited_out_but_not_beyond_the_cap() {
        let wait = backoff(1).wait(1, Cause::Asked(5 * SECOND)).unwrap();
        assert!((5 * SECOND..=5 * SECOND + AFTER_WAIT).contains(&wait));
        for cause in [|wish| Cause::RateLimited(Some(wish)), Cause::Asked] {
            assert!(backoff(1).wait(1, cause(120 * SECOND)).is_some());
            assert_eq!(backoff(1).wait(1, cause(121 * SECOND)), None);
        }
        let patient = RetryPolicy::default().max_retry_after(Duration::MAX);
        assert_eq!(patient.max_retry_after, 120 * SECOND);
    }

    #[test]
    fn an_unresolved_name_is_not_asked_for_in_a_tight_loop() {
        for seed in 0..100 {
            assert!(backoff(seed).wait(1, Cause::Unresolved).unwrap() >= 2 * SECOND);
        }
    }

    proptest! {
        #[test]
        fn no_policy_overflows(
            attempts in any::<u32>(),
            base in any::<u64>(),
            most in any::<u64>(),
            asked in any::<u64>(),
        ) {
            let policy = RetryPolicy::default()
                .max_attempts(u32::MAX)
                .base_delay(Duration::from_secs(base))
                .max_delay(Duration::from_secs(most));
            let mut backoff = Backoff::new(policy);
            for cause in [
                Cause::Transient,
                Cause::Unresolved,
                Cause::RateLimited(None),
                Cause::RateLimited(Some(Duration::from_secs(asked))),
            ] {
                let _: Option<Duration> = backoff.wait(attempts, cause);
            }
        }
    }
}
