//! Finds out from the answers to a few spaced requests whether the service counts
//! as a leaky bucket, and how fast the bucket leaks.

/// Compares the use reported in the answers to spaced requests with the number of
/// requests sent.
///
/// A leaky bucket loses a little in every interval. A window loses nothing, or
/// everything at once when a new window starts. A loss in one step must not count
/// as a leak, so the loss has to be spread over the intervals.
#[derive(Debug)]
pub(super) struct LeakEstimate {
    samples: [Option<Sample>; 4],
}

/// The finding from the answers to a few spaced requests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Leak {
    Undecided,
    /// The service is a bucket that leaks at about this many requests per
    /// second.
    Rate(f64),
    /// The service is a window.
    Absent,
}

#[derive(Clone, Copy, Debug)]
struct Sample {
    at: f64,
    number: u64,
    used: f64,
}

impl Sample {
    /// The requests that the service forgot between this sample and a later
    /// one.
    fn lost(self, later: Self) -> f64 {
        let sent = later.number.saturating_sub(self.number) as f64;
        self.used + sent - later.used
    }
}

impl LeakEstimate {
    /// Seconds between two samples.
    pub const INTERVAL: f64 = 1.0;
    /// The longest time, in seconds, between the first and the last sample. It
    /// is shorter than the shortest window, so that no request sent after the
    /// first sample leaves a window before the last sample.
    const LONGEST: f64 = 8.0;
    /// The largest share of the whole loss that one interval may have in a leak.
    /// A larger share means that a window started anew. An even leak loses a
    /// third in each of the three intervals.
    const STEADY: f64 = 0.7;

    pub fn new() -> Self {
        Self { samples: [None; 4] }
    }

    /// Adds a sample. `slow` is the slowest documented leak, in requests per
    /// second. Half of it counts as a leak, because rounding hides a part.
    pub fn sample(&mut self, at: f64, number: u64, used: f64, slow: f64) -> Leak {
        if let Some(last) = self.samples[3]
            && (number <= last.number || at - last.at < 0.9 * Self::INTERVAL)
        {
            return Leak::Undecided;
        }
        self.samples.rotate_left(1);
        self.samples[3] = Some(Sample { at, number, used });
        let [Some(a), Some(b), Some(c), Some(d)] = self.samples else {
            return Leak::Undecided;
        };
        let time = d.at - a.at;
        if time > Self::LONGEST {
            return Leak::Undecided;
        }
        let total = a.lost(d);
        let steady = a.lost(b).max(b.lost(c)).max(c.lost(d)) <= Self::STEADY * total;
        let enough = (0.5 * slow * time).max(2.0);
        if steady && total >= enough {
            Leak::Rate(total / time)
        } else {
            Leak::Absent
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four samples a second apart, each one request after the last.
    fn verdict(used: [f64; 4]) -> Leak {
        let mut estimate = LeakEstimate::new();
        let mut verdict = Leak::Undecided;
        for (number, used) in (0_u32..).zip(used) {
            let (at, number) = (f64::from(number), u64::from(number));
            verdict = estimate.sample(at, number, used, 2.0);
        }
        verdict
    }

    #[test]
    fn a_steady_loss_is_a_leak() {
        assert_eq!(verdict([24.0, 23.0, 22.0, 21.0]), Leak::Rate(2.0));
        assert_eq!(verdict([24.0, 21.0, 18.0, 15.0]), Leak::Rate(4.0));
    }

    #[test]
    fn a_bucket_that_runs_dry_leaks() {
        assert_eq!(verdict([1.0, 1.0, 1.0, 1.0]), Leak::Rate(1.0));
    }

    #[test]
    fn no_loss_is_a_window() {
        assert_eq!(verdict([24.0, 25.0, 26.0, 27.0]), Leak::Absent);
    }

    #[test]
    fn a_window_that_starts_anew_is_no_leak() {
        assert_eq!(verdict([24.0, 25.0, 1.0, 2.0]), Leak::Absent);
        assert_eq!(verdict([13.0, 1.0, 2.0, 3.0]), Leak::Absent);
    }

    #[test]
    fn old_samples_decide_nothing() {
        let mut estimate = LeakEstimate::new();
        for number in 0_u32..20 {
            let at = 5.0 * f64::from(number);
            let leak = estimate.sample(at, u64::from(number), 20.0, 2.0);
            assert_eq!(leak, Leak::Undecided);
        }
    }
}
