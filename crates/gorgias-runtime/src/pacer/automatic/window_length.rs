//! Checks during use whether a window has the assumed length.

/// Watches the answers for signs that the service counts more leniently, or
/// more strictly, than assumed.
#[derive(Debug)]
pub(super) struct WindowLength {
    last: f64,
    leaky_since: f64,
    /// The last time that the service was seen to forget requests: it had
    /// forgotten the requests sent up to the first of these times, and still
    /// counted those sent from the second on.
    forgot: Option<(f64, f64)>,
}

/// The finding from the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    Nothing,
    /// Less is used than was sent in ten seconds, for longer than a window
    /// explains: a leaky bucket.
    Leaks,
    /// Requests are forgotten after ten seconds: a short window.
    Short,
    /// Requests older than ten seconds count: a long window.
    Long,
}

impl WindowLength {
    /// The seconds for which the use has to be lower than a window explains, until
    /// the service counts as a leaky bucket. In a window that has just started
    /// anew, the use is that low for 7 or 8 seconds at most.
    const LEAK_AFTER: f64 = 13.0;
    /// The longest time between two answers, in seconds. Answers further apart
    /// could miss the part of a window that contradicts a leak.
    const GAP: f64 = 3.0;

    pub fn new(now: f64) -> Self {
        Self {
            last: now,
            leaky_since: now,
            forgot: None,
        }
    }

    /// Compares the answer to a request sent at `at` with the assumed length.
    pub fn note(&mut self, at: f64, seen: WindowSample) -> Finding {
        if at - self.last > Self::GAP || seen.used > 0.75 * seen.short_at_least - 2.0 {
            self.leaky_since = at;
        }
        self.last = at;
        if at - self.leaky_since > Self::LEAK_AFTER {
            return Finding::Leaks;
        }
        if seen.used > seen.short_at_most + 0.5 {
            self.forgot = None;
            return Finding::Long;
        }
        if seen.long - seen.used < 4.0 {
            return Finding::Nothing;
        }
        // A long window forgets requests too, but only every twenty seconds.
        let (after, before) = (seen.forgot_after, seen.forgot_before);
        if let Some((first_after, first_before)) = self.forgot {
            if after - first_before >= 3.0 && before - first_after <= 18.0 {
                return Finding::Short;
            }
            if before - first_after < 18.0 && before >= first_before {
                return Finding::Nothing;
            }
        }
        self.forgot = Some((after, before));
        Finding::Nothing
    }
}

/// The use that an answer reports, and our requests before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct WindowSample {
    pub used: f64,
    /// The least and the most of our requests that can have arrived in the last
    /// ten seconds, because they may have arrived unevenly.
    pub short_at_least: f64,
    pub short_at_most: f64,
    /// Our requests of the last twenty seconds.
    pub long: f64,
    /// The service has forgotten the requests sent up to `forgot_after`, and
    /// counts those from `forgot_before` on.
    pub forgot_after: f64,
    pub forgot_before: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The findings of a client that sends twice a second under a window.
    fn findings(used: impl Fn(u32) -> u32) -> Vec<Finding> {
        let mut length = WindowLength::new(0.0);
        let mut findings = Vec::new();
        for number in 40_u32..160 {
            let at = f64::from(number) / 2.0;
            let used = used(number);
            let seen = WindowSample {
                used: f64::from(used),
                short_at_least: 20.0,
                short_at_most: 20.0,
                long: 40.0,
                forgot_after: f64::from(number - used) / 2.0,
                forgot_before: f64::from(number + 1 - used) / 2.0,
            };
            let finding = length.note(at, seen);
            if finding != Finding::Nothing && !findings.contains(&finding) {
                findings.push(finding);
            }
        }
        findings
    }

    #[test]
    fn short_windows_are_told_from_long_ones() {
        assert_eq!(findings(|_| 20), [Finding::Short]);
        assert_eq!(findings(|number| number % 20 + 1), [Finding::Short]);
        assert_eq!(findings(|_| 40), [Finding::Long]);
        assert_eq!(findings(|number| number % 40 + 1), [Finding::Long]);
    }

    #[test]
    fn a_level_far_below_what_was_sent_is_a_leak() {
        assert!(findings(|_| 3).contains(&Finding::Leaks));
    }
}
