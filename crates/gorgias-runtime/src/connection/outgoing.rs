//! A transport around the caller's, which adds credentials, user agent and
//! deadline to each request.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::{HeaderValue, Request, Response, StatusCode};
use tokio::time::{Instant, timeout_at};

use crate::credentials::Credentials;
use crate::transport::{Body, Deadline, Transport, TransportError, TransportFuture};

/// Adds credentials, user agent and a deadline to each request.
///
/// It is the transport of all calls, so that raw requests get these headers
/// too.
#[derive(Debug)]
pub(crate) struct Outgoing {
    transport: Arc<dyn Transport>,
    credentials: Arc<Credentials>,
    user_agent: HeaderValue,
    attempt_timeout: Duration,
}

impl Outgoing {
    pub(crate) fn new(
        transport: Arc<dyn Transport>,
        credentials: Arc<Credentials>,
        user_agent: HeaderValue,
        attempt_timeout: Duration,
    ) -> Self {
        Self {
            transport,
            credentials,
            user_agent,
            attempt_timeout,
        }
    }

    async fn exchange(
        &self,
        mut request: Request<Body>,
    ) -> Result<Response<Bytes>, TransportError> {
        let mut deadline = deadline_after(Instant::now(), self.attempt_timeout);
        match request.extensions_mut().get_mut() {
            Some(Deadline(earlier)) => {
                deadline = deadline.min(*earlier);
                *earlier = deadline;
            }
            None => {
                request.extensions_mut().insert(Deadline(deadline));
            }
        }

        let authorization = timeout_at(deadline, self.credentials.authorize())
            .await
            .map_err(|elapsed| TransportError::before_dispatch(elapsed).timed_out())?
            .map_err(TransportError::before_dispatch)?;
        let header = authorization.header.clone();
        let header = header
            .ok_or_else(|| TransportError::before_dispatch("the credentials fit no header"))?;
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, header);
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));

        // The transport itself knows best how far a request came when the time
        // was up, and its future is polled first. This timeout is for
        // transports that ignore the deadline.
        match timeout_at(deadline, self.transport.send(request)).await {
            Ok(outcome) => {
                if status_of(&outcome) == Some(StatusCode::UNAUTHORIZED) {
                    self.credentials.refused(&authorization);
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

/// Returns the moment `wait` after `now`. Time limits are checked to be short
/// enough for every clock. If one were not, the deadline would be now, not
/// never.
fn deadline_after(now: Instant, wait: Duration) -> Instant {
    now.checked_add(wait).unwrap_or(now)
}

impl Transport for Outgoing {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(self.exchange(request))
    }
}
