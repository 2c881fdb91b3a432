//! Measures how unevenly requests travel.

/// The shortest and the longest of the recent round trips.
///
/// Requests that are sent evenly arrive unevenly, because their travel times to
/// the service differ. These times are assumed to differ by at most as much as the
/// round trips do.
#[derive(Debug)]
pub(super) struct Network {
    started: f64,
    recent: Extremes,
    previous: Extremes,
}

#[derive(Clone, Copy, Debug)]
struct Extremes {
    min: f64,
    max: f64,
}

impl Extremes {
    const NONE: Self = Self {
        min: f64::INFINITY,
        max: f64::NEG_INFINITY,
    };
}

impl Network {
    /// The seconds that a period lasts. The extremes of the current and the
    /// last period count, so an old extreme is forgotten within a minute.
    const PERIOD: f64 = 30.0;
    /// The largest spread, in seconds. A single answer that took very long says
    /// little about the other requests.
    const MAX_SPREAD: f64 = 1.0;

    pub fn new() -> Self {
        Self {
            started: 0.0,
            recent: Extremes::NONE,
            previous: Extremes::NONE,
        }
    }

    pub fn observe(&mut self, now: f64, round_trip: f64) {
        if now - self.started > Self::PERIOD {
            self.previous = self.recent;
            self.recent = Extremes::NONE;
            self.started = now;
        }
        self.recent.min = self.recent.min.min(round_trip);
        self.recent.max = self.recent.max.max(round_trip);
    }

    /// The most, in seconds, by which the travel times of two requests differ.
    pub fn spread(&self) -> f64 {
        let min = self.recent.min.min(self.previous.min);
        let max = self.recent.max.max(self.previous.max);
        (max - min).clamp(0.0, Self::MAX_SPREAD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_round_trips_have_no_spread() {
        let mut network = Network::new();
        assert_eq!(network.spread(), 0.0);
        for second in 0_u32..100 {
            network.observe(f64::from(second), 0.25);
        }
        assert_eq!(network.spread(), 0.0);
    }

    #[test]
    fn the_spread_is_bounded_and_forgotten() {
        let mut network = Network::new();
        network.observe(0.0, 0.1);
        network.observe(1.0, 0.4);
        assert!((network.spread() - 0.3).abs() < 1e-9);
        network.observe(2.0, 60.0);
        assert_eq!(network.spread(), Network::MAX_SPREAD);
        for second in 3_u32..100 {
            network.observe(f64::from(second), 0.2);
        }
        assert_eq!(network.spread(), 0.0);
    }
}
