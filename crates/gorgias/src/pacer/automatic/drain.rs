//! Finding out whether, and how fast, used requests are forgotten.

/// Compares what spaced answers report with what was sent in between.
///
/// A leaky bucket loses a little in every interval. A window loses nothing, or
/// everything at once when it starts anew; one such step must not pass for a
/// leak, so the loss has to be spread over the intervals.
#[derive(Debug)]
pub(super) struct Drain {
    samples: [Option<Sample>; 4],
}

/// What a few spaced requests have shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
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
}

impl Sample {
    /// Requests forgotten between this sample and a later one.
    fn lost(self, later: Self) -> f64 {
        let sent = later.number.saturating_sub(self.number) as f64;
        self.used + sent - later.used
    }
}

impl Drain {
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
    /// `recent` is how many own requests were sent in the ten seconds before.
    pub fn sample(&mut self, at: f64, number: u64, used: f64, slow: f64, recent: f64) -> Verdict {
        if let Some(last) = self.samples[3] {
            if number <= last.number || at - last.at < 0.9 * Self::INTERVAL {
                return Verdict::Undecided;
            }
            if number.saturating_sub(last.number) > Self::BETWEEN {
                self.samples = [None; 4];
            }
        }
        self.samples.rotate_left(1);
        self.samples[3] = Some(Sample { at, number, used });
        let [Some(a), Some(b), Some(c), Some(d)] = self.samples else {
            return Verdict::Undecided;
        };
        let time = d.at - a.at;
        if time > Self::REACH {
            return Verdict::Undecided;
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
        // No window can have forgotten requests this young.
        let forgotten = recent - d.used >= 2.0;
        if steady && forgotten && total >= enough {
            Verdict::Leaks(total / time)
        } else {
            Verdict::Holds
        }
    }
}
