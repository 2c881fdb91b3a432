//! The transport over the network.

use std::{fmt, time::Duration};

use bytes::{Bytes, BytesMut};
use tokio::time::{Instant, timeout_at};

use super::{
    Body, Deadline, Transport, TransportError, TransportFuture, address::Addresses,
    unsent::is_unsent,
};
use crate::BoxError;
use crate::limits::Limits;

/// Sends requests with [`reqwest`], and limits the size of the response.
///
/// The client must have `redirect::Policy::none()` and `retry::never()`, so that
/// one exchange is one request on the wire.
pub(crate) struct HttpTransport {
    client: reqwest::Client,
    addresses: Addresses,
    max_response_bytes: usize,
    body_idle_timeout: Duration,
}

impl HttpTransport {
    pub(crate) fn new(client: reqwest::Client, limits: &Limits) -> Self {
        Self {
            client,
            addresses: Addresses::default(),
            max_response_bytes: limits.response_bytes,
            body_idle_timeout: limits.body_idle,
        }
    }

    async fn exchange(
        &self,
        mut request: http::Request<Body>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let deadline = request.extensions_mut().remove::<Deadline>();
        let request = self.addresses.address(request);
        let request =
            request.map_err(|error| TransportError::before_dispatch(error.without_url()))?;
        let response = self.client.execute(request).await;
        self.read(response.map_err(in_dispatch)?, deadline).await
    }

    async fn read(
        &self,
        mut response: reqwest::Response,
        deadline: Option<Deadline>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let mut whole = http::Response::new(Bytes::new());
        *whole.status_mut() = response.status();
        *whole.version_mut() = response.version();
        *whole.headers_mut() = std::mem::take(response.headers_mut());

        // If the declared length is above the limit, the exchange fails before
        // the body is read.
        let declared = response.content_length().unwrap_or(0);
        if declared > self.max_response_bytes as u64 {
            return Err(self.too_long(&whole));
        }
        let mut body = Bytes::new();
        loop {
            match timeout_at(self.next_piece_deadline(deadline), response.chunk()).await {
                Err(elapsed) => return Err(in_body(&whole, elapsed).timed_out()),
                Ok(Ok(Some(chunk)))
                    if chunk.len() > self.max_response_bytes.saturating_sub(body.len()) =>
                {
                    return Err(self.too_long(&whole));
                }
                Ok(Ok(Some(chunk))) => body = append(body, chunk),
                Ok(Ok(None)) => break,
                Ok(Err(error)) => {
                    let timeout = error.is_timeout();
                    let error = in_body(&whole, error.without_url());
                    return Err(if timeout { error.timed_out() } else { error });
                }
            }
        }
        *whole.body_mut() = body;
        Ok(whole)
    }

    fn too_long(&self, head: &http::Response<Bytes>) -> TransportError {
        let most = self.max_response_bytes;
        in_body(head, format!("the response is longer than {most} bytes"))
    }

    /// Returns the moment until which to wait for the next piece of a body.
    fn next_piece_deadline(&self, deadline: Option<Deadline>) -> Instant {
        let now = Instant::now();
        let idle = now.checked_add(self.body_idle_timeout).unwrap_or(now);
        deadline.map_or(idle, |Deadline(deadline)| idle.min(deadline))
    }
}

/// Joins two pieces of a body. A body in a single piece, the usual case, is not
/// copied.
fn append(body: Bytes, chunk: Bytes) -> Bytes {
    if body.is_empty() {
        return chunk;
    }
    let mut joined = BytesMut::from(body);
    joined.extend_from_slice(&chunk);
    joined.freeze()
}

fn in_dispatch(error: reqwest::Error) -> TransportError {
    let timeout = error.is_timeout();
    let unsent = is_unsent(&error);
    let error = error.without_url();
    let error = if unsent {
        TransportError::before_dispatch(error)
    } else {
        TransportError::after_dispatch(error)
    };
    if timeout { error.timed_out() } else { error }
}

fn in_body(head: &http::Response<Bytes>, source: impl Into<BoxError>) -> TransportError {
    TransportError::in_body(head.status(), head.headers().clone(), source)
}

impl Transport for HttpTransport {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(self.exchange(request))
    }
}

// reqwest prints default headers, which may hold credentials.
impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport")
            .field("max_response_bytes", &self.max_response_bytes)
            .field("body_idle_timeout", &self.body_idle_timeout)
            .finish_non_exhaustive()
    }
}
