//! What can be set for one call that creates something once.

use gorgias_runtime::Error;
use gorgias_runtime::support::CallOptions;

use super::SettlePolicy;
use super::run::Run;
use super::subject::Subject;
use crate::tickets::Story;

/// The settings beside those of every call.
#[derive(Clone, Debug, Default)]
pub(super) struct OnceOptions {
    pub(super) settle: Option<SettlePolicy>,
    pub(super) look_first: Option<bool>,
}

/// The setters of a call that has its [`CallOptions`] in a field `options` and
/// [`OnceOptions`] in a field `once`.
macro_rules! once_options {
    () => {
        call_options!();

        /// Sets how an unknown fate is settled, in place of the client's policy.
        pub fn settle(mut self, policy: SettlePolicy) -> Self {
            self.once.settle = Some(policy);
            self
        }

        /// Sets whether the service is asked for what is to be created before it
        /// is sent the first time, which takes one more request.
        ///
        /// By default it is when the journal doesn't outlive the process, since
        /// an earlier process may have sent it.
        pub fn look_first(mut self, look: bool) -> Self {
            self.once.look_first = Some(look);
            self
        }
    };
}
pub(super) use once_options;

impl OnceOptions {
    /// A call with these settings, whose time begins now.
    pub(super) fn start<'a, S: Subject>(
        &self,
        subject: &'a S,
        options: &CallOptions,
        prepared: S::Prepared,
    ) -> Result<Run<'a, S>, Error> {
        let shared = subject.client().shared();
        let policy = self.settle.clone().unwrap_or_else(|| shared.settle.clone());
        Ok(Run {
            subject,
            limit: options.limit(&shared.connection, policy.settle_time())?,
            prepared,
            policy,
            retry: options.retry(&shared.connection),
            lane: options.lane,
            story: Story::default(),
            sent_at: None,
        })
    }
}
