//! The policy for a write whose outcome is unknown: how long a call looks for the
//! ticket, and when it sends the ticket again.

use std::time::Duration;

/// How a call finds out whether a write whose outcome is unknown was applied.
///
/// The call looks for the ticket by its external id after each of a list of waits:
/// 2, 5, 15 and 30 seconds by default, so 52 seconds in all. The sum is the *settle
/// time*. [`create_once`](crate::Tickets::create_once) assumes that a request is
/// applied, if at all, and that its ticket shows up in the service's list, within
/// this time after the connection died. [`reply_once`](crate::Tickets::reply_once)
/// looks for a reply in the same way, and
/// [`Customers::create`](crate::Customers::create) for the address of a customer.
///
/// ```
/// use std::time::Duration;
///
/// use gorgias::{Resend, SettlePolicy};
///
/// let patient = SettlePolicy::default()
///     .waits([5, 15, 60, 120].map(Duration::from_secs))
///     .resend(Resend::Never);
/// assert_eq!(patient.settle_time(), Duration::from_secs(200));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct SettlePolicy {
    pub(crate) waits: Vec<Duration>,
    pub(crate) resend: Resend,
}

impl SettlePolicy {
    /// Sets the wait before each look-up.
    pub fn waits(mut self, waits: impl IntoIterator<Item = Duration>) -> Self {
        self.waits = waits.into_iter().collect();
        self
    }

    /// Sets when a ticket that wasn't found is sent again.
    pub fn resend(mut self, resend: Resend) -> Self {
        self.resend = resend;
        self
    }

    /// Returns the sum of all waits.
    #[must_use]
    pub fn settle_time(&self) -> Duration {
        self.waits
            .iter()
            .fold(Duration::ZERO, |sum, wait| sum.saturating_add(*wait))
    }
}

impl Default for SettlePolicy {
    fn default() -> Self {
        Self {
            waits: [2, 5, 15, 30].map(Duration::from_secs).to_vec(),
            resend: Resend::default(),
        }
    }
}

/// When a ticket that may have been sent, and isn't found, is sent again. It is sent
/// with the body of the call that sends it, even if an earlier call had another
/// body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resend {
    /// Never. A ticket whose creation was interrupted, and that isn't found, stays in
    /// doubt.
    Never,
    /// Only if the creation was interrupted, by a crash or a dropped future, before
    /// an outcome was known. The ticket is sent again after the service has proven
    /// over the settle time that it doesn't exist. With this policy a ticket in
    /// doubt, whose request got no answer, is not sent again.
    #[default]
    Interrupted,
    /// If the creation was interrupted, as with [`Interrupted`](Self::Interrupted),
    /// and if the ticket is in doubt and its last attempt began at least this long
    /// ago. A duration below the settle time counts as the settle time. Ten minutes
    /// or more are advised. The age alone is no proof: before the ticket is sent
    /// again, the service has to prove over the settle time, on the clock of this
    /// process, that there is no ticket.
    ///
    /// If the ticket of the earlier request shows up even later, there are two
    /// tickets. So this policy creates a ticket at least once, not exactly once. A
    /// ticket that the service said it created is never sent again.
    ///
    /// If a call's time limit ends before that, the ticket stays in doubt, and a
    /// later call continues. By default the time limit is the client's operation
    /// timeout plus the settle time, so it may be too short for this duration.
    AfterQuiet(Duration),
}
