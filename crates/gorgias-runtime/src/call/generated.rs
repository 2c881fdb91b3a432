//! What the generated calls have in common.

use std::pin::Pin;
use std::time::Duration;

use super::{CallOptions, Draft, Reader, execute};
use crate::connection::Connection;
use crate::error::Error;
use crate::operation::Operation;
use crate::pacer::Lane;
use crate::response::Response;
use crate::retry::RetryPolicy;

/// The future of a call that was awaited.
pub type Pending<T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>;

/// The part of every generated call that has nothing to do with its operation:
/// what it runs on, and its options.
#[derive(Clone, Debug)]
pub struct Call {
    connection: Connection,
    options: CallOptions,
}

impl Call {
    /// A call on a connection.
    #[must_use]
    pub fn new(connection: &Connection) -> Self {
        Self {
            connection: connection.clone(),
            options: CallOptions::default(),
        }
    }

    /// Sets all options at once, for a call that is made of others.
    pub fn set_options(&mut self, options: CallOptions) {
        self.options = options;
    }

    /// Bounds the whole call.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.options.timeout = Some(timeout);
    }

    /// Sets which queue for the rate limit it waits in.
    pub fn set_lane(&mut self, lane: Lane) {
        self.options.lane = lane;
    }

    /// Sets how persistent it is.
    pub fn set_retry(&mut self, policy: RetryPolicy) {
        self.options.retry = Some(policy);
    }

    /// Sends the request of an operation, if it may be sent.
    ///
    /// # Errors
    ///
    /// As [`execute`], and every violation in the request.
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
