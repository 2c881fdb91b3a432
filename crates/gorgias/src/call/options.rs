//! What can be set for a single call.

use std::time::Duration;

use tokio::time::Instant;

use super::TimeLimit;
use crate::client::{Shared, check_timeout};
use crate::error::Error;
use crate::pacer::Lane;
use crate::retry::RetryPolicy;

/// The settings of one call, over those of the client.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) lane: Lane,
}

impl CallOptions {
    /// When the call must be over, if it starts now.
    pub(crate) fn deadline(&self, shared: &Shared) -> Result<TimeLimit, Error> {
        let timeout = self.timeout.unwrap_or(shared.limits.operation);
        check_timeout("call", timeout).map_err(Error::unbuildable)?;
        let now = Instant::now();
        let end = now.checked_add(timeout).unwrap_or(now);
        Ok(TimeLimit::new(end, self.timeout.is_some()))
    }

    pub(crate) fn retry(&self, shared: &Shared) -> RetryPolicy {
        self.retry.clone().unwrap_or_else(|| shared.retry.clone())
    }
}

/// The options that every call has.
macro_rules! call_options {
    () => {
        /// Bounds the whole call with all its attempts and waits, in place of
        /// the client's operation timeout: above zero and at most a day.
        /// Unlike that, it includes the wait for the rate limit.
        pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.options.timeout = Some(timeout);
            self
        }

        /// Sets which queue for the rate limit the call waits in. The default
        /// is for calls that somebody waits for.
        pub fn lane(mut self, lane: $crate::pacer::Lane) -> Self {
            self.options.lane = lane;
            self
        }

        /// Sets how persistent this call is, in place of the client's policy.
        pub fn retry(mut self, policy: $crate::RetryPolicy) -> Self {
            self.options.retry = Some(policy);
            self
        }
    };
}
pub(crate) use call_options;
