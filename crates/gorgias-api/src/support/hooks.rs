//! Where a generated client meets the runtime.

use std::fmt;

use bytes::Bytes;
use gorgias_runtime::support::{Connection, Operation};

use super::transport::{Body, TransportError};

/// What a generated client carries beside its address: the connection that its
/// requests go through.
#[derive(Clone)]
pub struct Inner {
    connection: Connection,
}

impl Inner {
    #[doc(hidden)]
    #[must_use]
    pub fn new(connection: Connection) -> Self {
        Self { connection }
    }

    #[doc(hidden)]
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.connection.fmt(f)
    }
}

/// Runs one request of a generated client through its connection.
pub(crate) async fn exec(
    inner: &Inner,
    request: reqwest::Request,
    operation: Option<&'static Operation>,
) -> reqwest::Result<reqwest::Response> {
    let request = match whole(request) {
        Ok(request) => request,
        Err(error) => return Err(as_reqwest(error).await),
    };
    let outcome = match operation {
        Some(operation) => inner.connection.exchange(operation, request).await,
        None => {
            let operation = Operation::undescribed(request.method().clone());
            inner.connection.exchange(&operation, request).await
        }
    };
    match outcome {
        Ok(response) => Ok(response.into()),
        Err(error) => Err(as_reqwest(error).await),
    }
}

/// Generated requests hold their body in memory. A streamed one comes only
/// from another document, and has no place behind this seam.
fn whole(request: reqwest::Request) -> Result<http::Request<Body>, TransportError> {
    let request = http::Request::<reqwest::Body>::try_from(request)
        .map_err(TransportError::before_dispatch)?;
    let (head, body) = request.into_parts();
    match body.as_bytes() {
        Some(bytes) => {
            let bytes = Bytes::copy_from_slice(bytes);
            Ok(http::Request::from_parts(head, bytes.into()))
        }
        None => Err(TransportError::before_dispatch(
            "a streamed body cannot go through a transport",
        )),
    }
}

/// The trait's signature wants a [`reqwest::Error`], which nobody else can
/// build. One that already lies in the chain is handed on; any other failure
/// is wrapped by reading it from a body, which keeps it as the source.
async fn as_reqwest(error: TransportError) -> reqwest::Error {
    let boxed = match error.into_source().downcast::<reqwest::Error>() {
        Ok(error) => return *error,
        Err(source) => source,
    };
    let mut failure: Result<Bytes, _> = Err(boxed);
    loop {
        let stream = futures_util::stream::iter([failure]);
        let response = http::Response::new(reqwest::Body::wrap_stream(stream));
        match reqwest::Response::from(response).bytes().await {
            Err(error) => return error,
            Ok(_) => failure = Err("the exchange failed".into()),
        }
    }
}
