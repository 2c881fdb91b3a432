//! The arguments that say how long to look for a ticket or a message that may exist, and
//! when to send it again.

use std::time::Duration;

use clap::Args;
use gorgias::{Resend, SettlePolicy};

use crate::duration;

#[derive(Args)]
pub(crate) struct SettleTimeArguments {
    /// How long to look for a ticket or message that may exist, in seconds: at most
    /// a day, 86400; 52 by default
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(..=LONGEST))]
    settle_time: Option<u64>,
}

#[derive(Args)]
pub(crate) struct ResendArguments {
    /// Send a ticket in doubt again once it was last sent this long ago (30s,
    /// 15m, 2h, 1d) and the service proves over the settle time that there is
    /// none; by default never. This assumes that no request is applied later
    /// than that
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    resend_after: Option<Duration>,
}

impl ResendArguments {
    pub(super) fn is_given(&self) -> bool {
        self.resend_after.is_some()
    }
}

/// The longest settle time, in seconds. A ticket that hasn't appeared after a day is
/// assumed never to appear.
const LONGEST: u64 = 86_400;

/// The settle time of the library's own policy, in seconds.
const SETTLE_TIME: u64 = 52;

impl SettleTimeArguments {
    pub(super) fn is_given(&self) -> bool {
        self.settle_time.is_some()
    }

    /// The policy that the arguments set: how long to look, and when to send again.
    pub(super) fn policy(&self, resend: &ResendArguments) -> SettlePolicy {
        let policy = SettlePolicy::default().waits(self.waits());
        match resend.resend_after {
            Some(age) => policy.resend(Resend::AfterQuiet(age)),
            None => policy,
        }
    }

    /// The waits before the look-ups. They get longer, and add up to the settle time.
    pub(in crate::command) fn waits(&self) -> Vec<Duration> {
        let mut left = self.settle_time.unwrap_or(SETTLE_TIME);
        let mut waits = Vec::new();
        for wait in [2, 5, 15].into_iter().chain(std::iter::repeat(30)) {
            let wait = left.min(wait);
            if wait == 0 {
                break;
            }
            waits.push(Duration::from_secs(wait));
            left = left.saturating_sub(wait);
        }
        waits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(settle_time: u64) -> Vec<u64> {
        let arguments = SettleTimeArguments {
            settle_time: Some(settle_time),
        };
        arguments.waits().iter().map(Duration::as_secs).collect()
    }

    #[test]
    fn waits_add_up_to_the_whole_time() {
        assert_eq!(waits(0), [0; 0]);
        assert_eq!(waits(1), [1]);
        assert_eq!(waits(10), [2, 5, 3]);
        assert_eq!(waits(100), [2, 5, 15, 30, 30, 18]);
    }

    #[test]
    fn the_default_is_the_librarys() {
        let policy = SettlePolicy::default();
        let arguments = SettleTimeArguments { settle_time: None };
        assert_eq!(policy.settle_time().as_secs(), SETTLE_TIME);
        assert_eq!(policy.clone().waits(arguments.waits()), policy);
    }
}
