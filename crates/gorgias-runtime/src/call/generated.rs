//! What the generated calls have in common.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{CallOptions, Draft, Reader, execute};
use crate::connection::Connection;
use crate::error::Error;
use crate::operation::Operation;
use crate::pacer::Lane;
use crate::response::Response;
use crate::retry::RetryPolicy;
use crate::transport::{Body, Multipart};

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

/// A body that a call keeps until it is sent. Clones share it: one that can be
/// sent once is sent by one of them.
#[derive(Clone)]
pub struct KeptBody(Arc<Mutex<Option<Body>>>);

impl KeptBody {
    /// Keeps a body.
    pub fn new(body: impl Into<Body>) -> Self {
        Self(Arc::new(Mutex::new(Some(body.into()))))
    }

    /// The body, unless it was sent and can't be sent again.
    #[must_use]
    pub fn take(&self) -> Option<Body> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.as_ref().and_then(Body::try_clone) {
            Some(copy) => Some(copy),
            None => kept.take(),
        }
    }
}

/// The same for a body of several parts, with its content type.
#[derive(Clone, Debug)]
pub struct KeptForm {
    content_type: String,
    body: KeptBody,
}

impl KeptForm {
    /// Keeps a body.
    #[must_use]
    pub fn new(form: Multipart) -> Self {
        let (content_type, body) = form.into_body();
        Self {
            content_type,
            body: KeptBody::new(body),
        }
    }

    /// Its content type.
    pub(super) fn content_type(&self) -> &str {
        &self.content_type
    }

    /// The body, as [`KeptBody::take`] gives it.
    pub(super) fn take(&self) -> Option<Body> {
        self.body.take()
    }
}

impl fmt::Debug for KeptBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptBody").finish_non_exhaustive()
    }
}
