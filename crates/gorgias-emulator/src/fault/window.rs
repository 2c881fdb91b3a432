//! The time in which a rule is in force.

use std::time::Duration;

/// The time in which a rule is in force, counted from when the rule was added. By default
/// a rule is always in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) after: Duration,
    pub(super) lasting: Option<Duration>,
    /// The period of a repeated window, from one start to the next.
    pub(super) every: Option<Duration>,
}

/// Whether a rule is in force, and how much longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InForce {
    No,
    For(Duration),
    /// In force until it is removed.
    Open,
}

impl Window {
    pub(super) fn at(self, since_added: Duration) -> InForce {
        let Some(since) = since_added.checked_sub(self.after) else {
            return InForce::No;
        };
        let Some(lasting) = self.lasting else {
            return InForce::Open;
        };
        let since = self.every.map_or(since, |every| remainder(since, every));
        match lasting.checked_sub(since) {
            Some(left) if left > Duration::ZERO => InForce::For(left),
            _ => InForce::No,
        }
    }
}

/// Returns the time since the start of the current period, to the microsecond.
fn remainder(since: Duration, period: Duration) -> Duration {
    let micros = since.as_micros().checked_rem(period.as_micros());
    let micros = micros.and_then(|micros| u64::try_from(micros).ok());
    micros.map_or(since, Duration::from_micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(window: Window, at: u64) -> Option<u64> {
        match window.at(Duration::from_secs(at)) {
            InForce::No => None,
            InForce::For(left) => Some(left.as_secs()),
            InForce::Open => Some(u64::MAX),
        }
    }

    #[test]
    fn a_rule_is_in_force_from_its_start_to_its_end() {
        let always = Window::default();
        assert_eq!(seconds(always, 0), Some(u64::MAX));
        let late = Window {
            after: Duration::from_secs(10),
            ..always
        };
        assert_eq!([9, 10].map(|at| seconds(late, at)), [None, Some(u64::MAX)]);
        let once = Window {
            lasting: Some(Duration::from_secs(5)),
            ..late
        };
        let seen = [9, 10, 14, 15, 70].map(|at| seconds(once, at));
        assert_eq!(seen, [None, Some(5), Some(1), None, None]);
        let flapping = Window {
            every: Some(Duration::from_secs(60)),
            ..once
        };
        let seen = [9, 10, 15, 69, 70, 74, 75].map(|at| seconds(flapping, at));
        assert_eq!(seen, [None, Some(5), None, None, Some(5), Some(1), None]);
    }
}
