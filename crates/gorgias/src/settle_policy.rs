//! How long a call looks for a ticket that may exist.

use std::time::Duration;

/// How a write whose fate isn't known is settled.
///
/// The ticket is looked for by its external id after each of a list of waits:
/// 2, 5, 15 and 30 seconds by default, so 52 seconds in all. The sum is the
/// *settle time*: the longest that a request may take to be applied after its
/// connection died, and to show up in the list, for
/// [`create_once`](crate::Tickets::create_once) to tell for certain. The same is
/// said of replies and [`reply_once`](crate::Tickets::reply_once), and
/// [`Customers::create`](crate::Customers::create) looks for an address so often.
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

    /// All waits together.
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

/// When a ticket that may have been sent, and isn't found, is sent again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resend {
    /// Never. Whatever was interrupted and isn't found stays in doubt.
    Never,
    /// Only what was interrupted, by a crash or a dropped future, before an
    /// outcome was known, once the service has proven over the settle time that
    /// there is no ticket. A request that was answered with silence is never
    /// repeated.
    #[default]
    Interrupted,
    /// What was interrupted, as with [`Interrupted`](Self::Interrupted), and
    /// what is in doubt once its last attempt began this long ago; less than
    /// the settle time counts as that. Ten minutes or more are advised. The age
    /// only makes it worth trying: before it is sent again, the service has to
    /// prove over the settle time, on the clock of this process, that there is
    /// no ticket. It may be sent with another body than before.
    ///
    /// A ticket that shows up later still is a second one: this is at least
    /// once, not exactly once. What the service said it made is never sent
    /// again.
    ///
    /// A call whose time is up before that ends in doubt; a later one goes on
    /// from there. The client's operation timeout leaves room for the settle
    /// time and not for this.
    AfterQuiet(Duration),
}
