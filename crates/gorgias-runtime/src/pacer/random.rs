//! A small random generator with a seed, for jitter. Don't use it for secrets: its
//! numbers can be guessed.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

/// The SplitMix64 generator.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Creates a generator from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a seed that differs at each call, also between processes.
    #[must_use]
    pub fn fresh_seed() -> u64 {
        // The standard library seeds its hash maps from the operating system.
        RandomState::new().build_hasher().finish()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number in `low..high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        low + (high - low) * unit
    }

    /// Returns a duration from zero up to and including `most`, evenly
    /// distributed.
    pub fn up_to(&mut self, most: Duration) -> Duration {
        let nanos = u64::try_from(most.as_nanos()).unwrap_or(u64::MAX);
        let scaled = u128::from(self.next())
            .saturating_mul(u128::from(nanos).saturating_add(1))
            .checked_shr(64)
            .unwrap_or_default();
        Duration::from_nanos(u64::try_from(scaled).unwrap_or(nanos))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_a_fresh_one_does_not() {
        let (mut one, mut other) = (Random::new(7), Random::new(7));
        assert!((0..10).all(|_| one.next() == other.next()));
        assert_ne!(Random::fresh_seed(), Random::fresh_seed());
    }

    #[test]
    fn numbers_stay_in_their_range() {
        let mut random = Random::new(7);
        let mut sum = 0.0;
        for _ in 0..1_000 {
            let number = random.between(2.0, 4.0);
            assert!((2.0..4.0).contains(&number));
            sum += number;
        }
        assert!((2_900.0..3_100.0).contains(&sum), "{sum}");
    }

    #[test]
    fn durations_are_spread_over_the_whole_range() {
        let mut random = Random::new(1);
        let second = Duration::from_secs(1);
        let draws: Vec<_> = (0..1_000).map(|_| random.up_to(second)).collect();
        assert!(draws.iter().all(|draw| *draw <= second));
        for tenth in 0..10_u32 {
            let low = second / 10 * tenth;
            let count = draws
                .iter()
                .filter(|draw| (low..low + second / 10).contains(draw))
                .count();
            assert!((60..140).contains(&count), "{tenth}: {count}");
        }
        assert_eq!(random.up_to(Duration::ZERO), Duration::ZERO);
        assert!(random.up_to(Duration::MAX) <= Duration::from_nanos(u64::MAX));
    }
}
