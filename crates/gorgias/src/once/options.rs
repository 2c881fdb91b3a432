//! The settings of a call that creates a ticket or a reply once.

use gorgias_runtime::Error;
use gorgias_runtime::support::CallOptions;

use super::SettlePolicy;
use super::run::Run;
use super::subject::Subject;
use crate::tickets::CreationDetails;

/// The settings that only a call that creates something once has.
#[derive(Clone, Debug, Default)]
pub(super) struct OnceOptions {
    pub(super) settle: Option<SettlePolicy>,
    pub(super) look_first: Option<bool>,
}

/// Writes the setters into the `impl` block of a call that has its [`CallOptions`]
/// in a field `options` and [`OnceOptions`] in a field `once`.
macro_rules! once_options {
    () => {
        call_options!();

        /// Sets how the call finds out whether a request was applied, in place of the
        /// client's policy.
        pub fn settle(mut self, policy: SettlePolicy) -> Self {
            self.once.settle = Some(policy);
            self
        }

        /// Sets whether the call looks for the ticket or reply before it sends the
        /// first request. That takes one more request.
        ///
        /// By default it does if the journal doesn't outlive the process, because
        /// an earlier process may have sent the request.
        pub fn look_first(mut self, look: bool) -> Self {
            self.once.look_first = Some(look);
            self
        }
    };
}
pub(super) use once_options;

impl OnceOptions {
    /// Starts a call with these settings. Its time limit begins now.
    pub(super) fn start<'a, S: Subject, P>(
        &self,
        subject: &'a S,
        options: &CallOptions,
        prepared: P,
    ) -> Result<Run<'a, S, P>, Error> {
        let shared = subject.client().shared();
        let policy = self.settle.clone().unwrap_or_else(|| shared.settle.clone());
        Ok(Run {
            subject,
            limit: options.limit(&shared.connection, policy.settle_time())?,
            prepared,
            policy,
            retry: options.retry(&shared.connection),
            lane: options.lane,
            details: CreationDetails::default(),
            sent_at: None,
        })
    }
}
