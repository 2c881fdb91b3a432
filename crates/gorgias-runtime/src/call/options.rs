//! What can be set for a single call.

use std::time::Duration;

use tokio::time::Instant;

use super::TimeLimit;
use crate::connection::Connection;
use crate::error::Error;
use crate::limits::check_timeout;
use crate::pacer::{Lane, Turn};
use crate::retry::RetryPolicy;

/// The settings of one call, over those of the client.
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    /// The longest it may take, all attempts and waits included.
    pub timeout: Option<Duration>,
    /// How persistent it is.
    pub retry: Option<RetryPolicy>,
    /// Which queue for the rate limit it waits in.
    pub lane: Lane,
    /// The end of a call that this one is a later part of.
    pub part_until: Option<Instant>,
}

impl CallOptions {
    /// When the call must be over, if it starts now. By default it has the
    /// client's operation timeout and something more.
    pub fn limit(&self, connection: &Connection, more: Duration) -> Result<TimeLimit, Error> {
        if let Some(end) = self.part_until {
            return Ok(TimeLimit::new(end, true));
        }
        let timeout = match self.timeout {
            Some(timeout) => {
                check_timeout("call", timeout).map_err(Error::unbuildable)?;
                timeout
            }
            // The client's was checked when it was built.
            None => connection.limits().operation.saturating_add(more),
        };
        let now = Instant::now();
        let end = now.checked_add(timeout).unwrap_or(now);
        Ok(TimeLimit::new(end, self.timeout.is_some()))
    }

    /// Its place in the queue for the rate limit. A call that is a part of
    /// another waited there before.
    #[must_use]
    pub fn turn(&self) -> Turn {
        let turn = Turn::new(self.lane);
        if self.part_until.is_some() {
            turn.again()
        } else {
            turn
        }
    }

    /// How persistent it is.
    pub fn retry(&self, connection: &Connection) -> RetryPolicy {
        self.retry
            .clone()
            .unwrap_or_else(|| connection.retry().clone())
    }
}

/// The options that every call has, which keeps its [`CallOptions`] in a field
/// `options`.
#[doc(hidden)]
#[macro_export]
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
