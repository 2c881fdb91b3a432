//! The settings of a single call.

use std::time::Duration;

use tokio::time::Instant;

use super::{Context, TimeLimit};
use crate::connection::Connection;
use crate::error::Error;
use crate::limits::check_timeout;
use crate::pacer::{Lane, Turn};
use crate::retry::RetryPolicy;

/// The settings of one call. They take precedence over those of the client.
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    /// The longest the call may take, with all attempts and waits.
    pub timeout: Option<Duration>,
    /// When and how often a failed attempt is repeated.
    pub retry: Option<RetryPolicy>,
    /// The lane in which the call waits for the rate limit.
    pub lane: Lane,
    /// The deadline of the larger call, if this call is a part of one.
    pub part_until: Option<Instant>,
}

impl CallOptions {
    /// Returns the time limit of a call that starts now. Without a timeout of its
    /// own, the call has the client's operation timeout plus `more`. A part of a
    /// larger call has the deadline of that call.
    pub fn limit(&self, connection: &Connection, more: Duration) -> Result<TimeLimit, Error> {
        if let Some(end) = self.part_until {
            return Ok(TimeLimit::new(end, true));
        }
        let timeout = match self.timeout {
            Some(timeout) => {
                check_timeout("call", timeout).map_err(Error::unbuildable)?;
                timeout
            }
            // The client's timeout was checked when the client was built.
            None => connection.shared.limits.operation.saturating_add(more),
        };
        let now = Instant::now();
        let end = now.checked_add(timeout).unwrap_or(now);
        Ok(TimeLimit::new(end, self.timeout.is_some()))
    }

    /// Returns the call's place in the queue for the rate limit. A call that is
    /// a part of a larger one doesn't start at the end of the queue: the larger
    /// call has waited there before.
    #[must_use]
    pub fn turn(&self) -> Turn {
        let turn = Turn::new(self.lane);
        if self.part_until.is_some() {
            turn.again()
        } else {
            turn
        }
    }

    /// Returns the context of a call that isn't a part of a creation.
    pub fn context<'a>(&self, connection: &Connection, limit: &'a mut TimeLimit) -> Context<'a> {
        Context {
            limit,
            turn: self.turn(),
            retry: self.retry(connection),
            sent_before: 0,
            hook: None,
        }
    }

    /// Returns these options for a call that is a part of a larger call. `end` is
    /// the deadline of the larger call. Without it, the options are those of a call
    /// by itself.
    #[must_use]
    pub fn part_until(&self, end: Option<Instant>) -> Self {
        Self {
            part_until: end,
            ..self.clone()
        }
    }

    /// When and how often a failed attempt is repeated.
    pub fn retry(&self, connection: &Connection) -> RetryPolicy {
        self.retry
            .clone()
            .unwrap_or_else(|| connection.shared.retry.clone())
    }
}

/// Writes the setters that every call has into its `impl` block. The argument is the
/// field in which the call keeps its [`CallOptions`]; without one it is `options`.
#[doc(hidden)]
#[macro_export]
macro_rules! call_options {
    () => {
        $crate::call_options!(options);
    };
    ($($field:ident).+) => {
        /// Sets the time limit of the whole call, with all its attempts and
        /// waits: above zero and at most a day. It replaces the client's
        /// operation timeout and, unlike that one, includes the wait for the
        /// rate limit.
        pub fn with_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.$($field).+.timeout = Some(timeout);
            self
        }

        /// Sets in which lane the call waits for the rate limit. The default is
        /// the interactive lane, for calls that a person waits for.
        pub fn with_lane(mut self, lane: $crate::pacer::Lane) -> Self {
            self.$($field).+.lane = lane;
            self
        }

        /// Sets when and how often a failed attempt of this call is repeated,
        /// in place of the client's policy.
        pub fn with_retry(mut self, policy: $crate::RetryPolicy) -> Self {
            self.$($field).+.retry = Some(policy);
            self
        }
    };
}
