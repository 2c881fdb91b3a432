//! The part of every generated call that doesn't depend on its operation.

use std::pin::Pin;
use std::time::Duration;

use super::{CallOptions, Draft, Reader, execute};
use crate::connection::Connection;
use crate::error::Error;
use crate::operation::Operation;
use crate::pacer::Lane;
use crate::response::Response;
use crate::retry::RetryPolicy;

/// The future that a call becomes when it is awaited.
pub type Pending<T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>;

/// The connection that a generated call uses, and its options.
#[derive(Clone, Debug)]
pub struct Call {
    connection: Connection,
    options: CallOptions,
}

impl Call {
    /// Makes a call with default options.
    #[must_use]
    pub fn new(connection: &Connection) -> Self {
        Self {
            connection: connection.clone(),
            options: CallOptions::default(),
        }
    }

    /// Sets all options at once, for a call that is a part of a larger one.
    pub fn set_options(&mut self, options: CallOptions) {
        self.options = options;
    }

    /// Sets the time limit of the whole call.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.options.timeout = Some(timeout);
    }

    /// Sets in which lane the call waits for the rate limit.
    pub fn set_lane(&mut self, lane: Lane) {
        self.options.lane = lane;
    }

    /// Sets when and how often a failed attempt is repeated.
    pub fn set_retry(&mut self, policy: RetryPolicy) {
        self.options.retry = Some(policy);
    }

    /// Finishes the request, unless it breaks a rule, and runs the call.
    ///
    /// # Errors
    ///
    /// As [`execute`]; also
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) with
    /// every violation.
    pub async fn send<T: Send>(
        self,
        operation: &'static Operation,
        mut draft: Draft,
        read: Reader<T>,
    ) -> Result<Response<T>, Error> {
        if self.connection.allows_any_attachment_url() {
            draft.allow_any_address();
        }
        let request = draft.finish(self.options);
        let request = request.map_err(|error| error.of(operation.id(), operation.effect()))?;
        execute(&self.connection, operation, request, read).await
    }
}
