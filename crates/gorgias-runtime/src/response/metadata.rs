//! The facts about the response that a result came with.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use super::request_id;
use crate::pacer::RateLimitSnapshot;

/// The facts about a successful call: status, headers, the body as it was
/// received, and the number of attempts.
///
/// `Debug` leaves out headers and body, which may hold personal data.
#[derive(Clone)]
pub struct Metadata {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    attempts: u32,
}

impl Metadata {
    pub(crate) fn new(response: Response<Bytes>, attempts: u32) -> Self {
        let (head, body) = response.into_parts();
        Self {
            status: head.status,
            headers: head.headers,
            body,
            attempts,
        }
    }

    /// Builds the response again: status, headers and body.
    pub(crate) fn to_response(&self) -> Response<Bytes> {
        let mut response = Response::new(self.body.clone());
        *response.status_mut() = self.status;
        response.headers_mut().clone_from(&self.headers);
        response
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it was received. The typed result keeps unknown fields, but
    /// drops values of an unexpected type; the body has those too.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The service's id for the request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The account's rate limit, from the headers of this response.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimitSnapshot> {
        RateLimitSnapshot::from_headers(&self.headers)
    }

    /// The number of requests sent for this result, at least 1.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field("status", &self.status.as_u16())
            .field("request_id", &self.request_id())
            .field("rate_limit", &self.rate_limit())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
