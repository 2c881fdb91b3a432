//! Raw requests: calls of any path, whether or not the document describes it.

use std::fmt;

use bytes::Bytes;
use http::Method;
use serde::Serialize;

use super::{Call, CallOptions, Draft, Pending, Reader};
use crate::connection::Connection;
use crate::error::Error;
use crate::operation::Operation;
use crate::response::{Response, bytes, json_bytes};
use crate::transport::{Body, Multipart};

/// A request to any path of the API, for operations without a method of their
/// own. `Client::request` makes one.
///
/// Like other calls it has credentials, pacing, time limits, retries and an
/// [`Error`] with the delivery. GET and HEAD are repeated after any failure
/// that may pass; another method is sent again only when it provably was not
/// applied. The body of the answer is returned unchanged.
///
/// Await the request itself, or call [`send`](Self::send).
#[must_use = "nothing is sent until the call is awaited"]
pub struct RawRequest {
    connection: Connection,
    operation: Operation,
    draft: Draft,
    options: CallOptions,
}

impl RawRequest {
    #[doc(hidden)]
    pub fn new(connection: Connection, method: Method, path: String) -> Self {
        Self {
            connection,
            operation: Operation::undescribed(method),
            draft: Draft::of_path(path),
            options: CallOptions::default(),
        }
    }

    /// Adds a parameter to the query.
    pub fn query(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.draft.query.push(name, &value.to_string());
        self
    }

    /// Sets the body to a value, encoded as JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => self.draft.body("application/json", Some(json.into())),
            Err(error) => self.draft.fail(error),
        }
        self
    }

    /// Sets the body and its content type, such as `text/csv`.
    pub fn body(mut self, content_type: &str, body: impl Into<Body>) -> Self {
        self.draft.body(content_type, Some(body.into()));
        self
    }

    /// Sets the body to several parts, such as files. If one of them is a stream,
    /// the request is sent only once.
    pub fn multipart(mut self, form: Multipart) -> Self {
        let (content_type, body) = form.into_body();
        self.draft.body(&content_type, Some(body));
        self
    }

    crate::call_options!();

    /// Sends the request, and waits for the answer.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) when the
    /// path doesn't start with a single slash, has dot segments or a fragment,
    /// or has characters other than visible ASCII, and when the body can't be
    /// encoded. Like every call, it also fails for any status other than a
    /// success, and when there is no answer.
    ///
    /// # Cancel safety
    ///
    /// Not cancel safe for a write: when its future is dropped after the
    /// request was sent, the write may or may not have been applied.
    pub async fn send(self) -> Result<Response<Bytes>, Error> {
        // An HTML page in answer to a write doesn't come from the service, so
        // it is no success.
        let read: Reader<Bytes> = match self.operation.effect().is_write() {
            true => json_bytes,
            false => bytes,
        };
        let call = Call {
            connection: self.connection,
            options: self.options,
        };
        call.send(&self.operation, self.draft, read).await
    }
}

impl IntoFuture for RawRequest {
    type Output = Result<Response<Bytes>, Error>;
    type IntoFuture = Pending<Bytes>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

// A path may hold personal data.
impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", self.operation.method())
            .finish_non_exhaustive()
    }
}
