//! Small, seedable randomness for spreading processes apart.

use std::hash::{BuildHasher, Hasher, RandomState};

/// SplitMix64: enough to keep processes from marching in step, nothing more.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A seed that differs from one pacer to the next, also across processes.
    pub(crate) fn fresh_seed() -> u64 {
        RandomState::new().build_hasher().finish()
    }

    /// A number in `low..high`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        let unit = (z >> 11) as f64 / (1u64 << 53) as f64;
        low + (high - low) * unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_numbers_stay_in_their_range() {
        let (mut one, mut other) = (Random::new(7), Random::new(7));
        let mut sum = 0.0;
        for _ in 0..1_000 {
            let number = one.between(2.0, 4.0);
            assert_eq!(number, other.between(2.0, 4.0));
            assert!((2.0..4.0).contains(&number));
            sum += number;
        }
        assert!((2_900.0..3_100.0).contains(&sum), "{sum}");
        assert_ne!(Random::fresh_seed(), Random::fresh_seed());
    }
}
