//! Slow evidence about a window, gathered while it is in use.

/// Watches the answers of a window client for signs that the limiter is kinder,
/// or stricter, than assumed.
#[derive(Debug)]
pub(super) struct WindowLength {
    last: f64,
    leaky_since: f64,
    /// When requests were forgotten: after the first time and before the second.
    forgot: Option<(f64, f64)>,
}

/// What the answers have shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    Nothing,
    /// Less is used than was sent in ten seconds, for longer than a window explains.
    Leaks,
    /// Requests are forgotten after ten seconds.
    Short,
    /// Requests older than ten seconds count.
    Long,
}

impl WindowLength {
    /// No place within a window looks like a leak for this long.
    const NEEDED: f64 = 13.0;
    /// Answers further apart could miss the part of a window that contradicts.
    const GAP: f64 = 3.0;

    pub fn new(now: f64) -> Self {
        Self {
            last: now,
            leaky_since: now,
            forgot: None,
        }
    }

    /// Takes an answer to a request sent at `at`.
    pub fn note(&mut self, at: f64, seen: Seen) -> Finding {
        if at - self.last > Self::GAP || seen.used > 0.75 * seen.short_at_least - 2.0 {
            self.leaky_since = at;
        }
        self.last = at;
        if at - self.leaky_since > Self::NEEDED {
            return Finding::Leaks;
        }
        if seen.used > seen.short_at_most + 0.5 {
            self.forgot = None;
            return Finding::Long;
        }
        if seen.long - seen.used < 4.0 {
            return Finding::Nothing;
        }
        // A long window forgets everything, but only every twenty seconds.
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

/// One answer, beside what was sent before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub used: f64,
    /// Own sends of the last ten seconds, with uneven arrival counted both ways.
    pub short_at_least: f64,
    pub short_at_most: f64,
    /// Own sends of the last twenty seconds.
    pub long: f64,
    /// Requests sent up to the first time are forgotten, from the second on they count.
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
            let seen = Seen {
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
