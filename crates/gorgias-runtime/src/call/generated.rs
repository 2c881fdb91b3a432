//! The part of every generated call that doesn't depend on its operation.

use std::pin::Pin;
use std::time::Duration;

use super::{CallOptions, Draft, Reader, Request, execute};
use crate::connection::Connection;
use crate::error::Error;
use crate::operation::Operation;
use crate::pacer::Lane;
use crate::response::Response;
use crate::retry::RetryPolicy;

/// The future that a call becomes when it is awaited.
pub type Pending<T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>;

/// A generated call, for code that makes it a part of a larger one.
pub trait OperationCall: Sized + Send {
    /// The operation.
    const OPERATION: &'static Operation;

    /// Returns the connection and the options of the call.
    fn call(&mut self) -> &mut Call;

    /// Returns the request of the call as a draft.
    fn draft(&self) -> Draft;

    /// Sets all options of the call at once.
    #[must_use]
    fn with_options(mut self, options: CallOptions) -> Self {
        self.call().options = options;
        self
    }

    /// Sends the request, and reads the answer with another reader than that of
    /// the operation.
    fn read_as<T: Send>(
        mut self,
        read: Reader<T>,
    ) -> impl Future<Output = Result<Response<T>, Error>> + Send {
        let (call, draft) = (self.call().clone(), self.draft());
        call.send(Self::OPERATION, draft, read)
    }
}

/// The connection that a generated call uses, and its options.
#[derive(Clone, Debug)]
pub struct Call {
    pub(super) connection: Connection,
    pub(super) options: CallOptions,
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
    /// As [`execute`](super::execute()); also
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) with
    /// every violation.
    pub async fn send<T: Send>(
        self,
        operation: &Operation,
        draft: Draft,
        read: Reader<T>,
    ) -> Result<Response<T>, Error> {
        let request = self.request(operation, draft)?;
        let mut limit = self.options.limit(&self.connection, Duration::ZERO)?;
        let context = self.options.context(&self.connection, &mut limit);
        execute(&self.connection, operation, request, context, read).await
    }

    fn request(&self, operation: &Operation, mut draft: Draft) -> Result<Request, Error> {
        draft.allow_addresses_of(&self.connection);
        let request = draft.finish();
        request.map_err(|error| error.of(operation))
    }
}
