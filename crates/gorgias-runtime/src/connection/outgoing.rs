//! What every request gets on its way out.

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
/// It sits between the generated client and the transport, so that requests
/// made through the escape hatch get the same.
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
        let mut deadline = far(Instant::now(), self.attempt_timeout);
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

        // The transport knows best how far it came when time is up. This is
        // for those that don't look at the deadline, and comes second: the
        // inner future is polled first.
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

/// The status that arrived, with or without a whole body.
fn status_of(outcome: &Result<Response<Bytes>, TransportError>) -> Option<StatusCode> {
    match outcome {
        Ok(response) => Some(response.status()),
        Err(failure) => failure.status(),
    }
}

/// The moment a duration from now. Limits are checked to be short enough for
/// every clock; should one not be, the wait ends at once instead of never.
fn far(now: Instant, wait: Duration) -> Instant {
    now.checked_add(wait).unwrap_or(now)
}

impl Transport for Outgoing {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(self.exchange(request))
    }
}
