//! Finding out whether, and how fast, used requests are forgotten.

/// Compares what spaced answers report with what was sent in between.
///
/// A leaky bucket loses a little in every interval. A window loses nothing, or
/// everything at once when it starts anew; one such step must not pass for a
/// leak, so the loss has to be spread over the intervals.
#[derive(Debug)]
pub(super) struct LeakEstimate {
    samples: [Option<Sample>; 4],
}

/// What a few spaced requests have shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Leak {
    Undecided,
    /// A bucket that leaks steadily, at about this many requests per second.
    Leaks(f64),
    /// Nothing leaks: a window of some kind.
    Holds,
}

#[derive(Clone, Copy, Debug)]
struct Sample {
    at: f64,
    number: u64,
    used: f64,
    strange: bool,
}

impl Sample {
    /// Requests forgotten between this sample and a later one.
    fn lost(self, later: Self) -> f64 {
        let sent = later.number.saturating_sub(self.number) as f64;
        self.used + sent - later.used
    }
}

impl LeakEstimate {
    /// Seconds between two samples.
    pub const INTERVAL: f64 = 1.0;
    /// Older samples could mix with sends that leave the shortest window.
    const REACH: f64 = 8.0;
    /// More sends than this between two samples blur what was lost.
    const BETWEEN: u64 = 5;
    /// One interval with more than this share of the loss is a step, no leak.
    const STEADY: f64 = 0.7;

    pub fn new() -> Self {
        Self { samples: [None; 4] }
    }

    /// Adds a sample. `slow` is the slowest leak to tell from none, per second;
    /// `strange` is a level that no window can have after what was sent.
    pub fn sample(&mut self, at: f64, number: u64, used: f64, slow: f64, strange: bool) -> Leak {
        if let Some(last) = self.samples[3] {
            if number <= last.number || at - last.at < 0.9 * Self::INTERVAL {
                return Leak::Undecided;
            }
            if number.saturating_sub(last.number) > Self::BETWEEN {
                self.samples = [None; 4];
            }
        }
        self.samples.rotate_left(1);
        self.samples[3] = Some(Sample {
            at,
            number,
            used,
            strange,
        });
        let [Some(a), Some(b), Some(c), Some(d)] = self.samples else {
            return Leak::Undecided;
        };
        let time = d.at - a.at;
        if time > Self::REACH {
            return Leak::Undecided;
        }
        let total = a.lost(d);
        let steady = a.lost(b).max(b.lost(c)).max(c.lost(d)) <= Self::STEADY * total;
        // A bucket that runs dry between samples shows less than its leak.
        let dry = a.used.max(b.used).max(c.used).max(d.used) <= 2.0;
        let enough = if dry {
            2.0
        } else {
            (0.5 * slow * time).max(2.0)
        };
        // Requests that leave a sliding window are a steady loss, too.
        let strange = [a, b, c, d].iter().filter(|sample| sample.strange).count();
        if steady && strange >= 2 && total >= enough {
            Leak::Leaks(total / time)
        } else {
            Leak::Holds
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four samples a second apart, each one request after the last.
    fn verdict(used: [f64; 4], strange: bool) -> Leak {
        let mut estimate = LeakEstimate::new();
        let mut verdict = Leak::Undecided;
        for (number, used) in (0_u32..).zip(used) {
            let (at, number) = (f64::from(number), u64::from(number));
            verdict = estimate.sample(at, number, used, 2.0, strange);
        }
        verdict
    }

    #[test]
    fn a_steady_loss_is_a_leak() {
        assert_eq!(verdict([24.0, 23.0, 22.0, 21.0], true), Leak::Leaks(2.0));
        assert_eq!(verdict([24.0, 21.0, 18.0, 15.0], true), Leak::Leaks(4.0));
    }

    #[test]
    fn a_bucket_that_runs_dry_leaks() {
        assert_eq!(verdict([1.0, 1.0, 1.0, 1.0], true), Leak::Leaks(1.0));
    }

    #[test]
    fn no_loss_is_a_window() {
        assert_eq!(verdict([24.0, 25.0, 26.0, 27.0], true), Leak::Holds);
    }

    #[test]
    fn a_window_that_starts_anew_is_no_leak() {
        assert_eq!(verdict([24.0, 25.0, 1.0, 2.0], true), Leak::Holds);
        assert_eq!(verdict([13.0, 1.0, 2.0, 3.0], true), Leak::Holds);
    }

    #[test]
    fn requests_that_leave_a_window_are_no_leak() {
        assert_eq!(verdict([24.0, 23.0, 22.0, 21.0], false), Leak::Holds);
    }

    #[test]
    fn crowded_or_old_samples_decide_nothing() {
        let mut estimate = LeakEstimate::new();
        for number in 0_u32..20 {
            let crowded = u64::from(number) * 10;
            let at = f64::from(number);
            assert_eq!(
                estimate.sample(at, crowded, 20.0, 2.0, true),
                Leak::Undecided
            );
            let late = f64::from(number) * 5.0 + 100.0;
            let number = u64::from(number) + 1_000;
            assert_eq!(
                estimate.sample(late, number, 20.0, 2.0, true),
                Leak::Undecided
            );
        }
    }
}
