//! Sends one request with credentials, user agent and a deadline.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::{HeaderValue, Request, Response, StatusCode};
use tokio::time::{Instant, timeout_at};

use super::Connection;
use crate::transport::{Body, Deadline, TransportError};

impl Connection {
    /// Sends a request, and waits for the response until the attempt timeout is
    /// over, and until `end` at most.
    pub(crate) async fn exchange(
        &self,
        mut request: Request<Body>,
        end: Instant,
    ) -> Result<Response<Bytes>, TransportError> {
        let shared = &*self.shared;
        // Time limits are checked to be short, so this addition doesn't overflow.
        // If it did, the deadline would be now rather than never.
        let now = Instant::now();
        let deadline = now.checked_add(shared.limits.attempt).unwrap_or(now);
        let deadline = deadline.min(end);
        request.extensions_mut().insert(Deadline(deadline));

        let authorization = shared
            .credentials
            .authorize(deadline)
            .await
            .map_err(|elapsed| TransportError::before_dispatch(elapsed).timed_out())?
            .map_err(TransportError::before_dispatch)?;
        let header = authorization.header.clone();
        let header = header.ok_or_else(|| {
            TransportError::before_dispatch("the credentials can't be sent in a header")
        })?;
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, header);
        headers.insert(USER_AGENT, shared.user_agent.clone());
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));

        // The transport itself knows best how far a request came when the time
        // was up, and its future is polled first. This timeout is for
        // transports that ignore the deadline.
        match timeout_at(deadline, shared.transport.send(request)).await {
            Ok(outcome) => {
                if status_of(&outcome) == Some(StatusCode::UNAUTHORIZED) {
                    shared.credentials.refused(&authorization);
                }
                outcome
            }
            Err(elapsed) => Err(TransportError::after_dispatch(elapsed).timed_out()),
        }
    }
}

/// The status of the response, whether or not the whole body arrived.
fn status_of(outcome: &Result<Response<Bytes>, TransportError>) -> Option<StatusCode> {
    match outcome {
        Ok(response) => Some(response.status()),
        Err(failure) => failure.status(),
    }
}
