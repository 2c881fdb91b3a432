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
    response: Response<Bytes>,
    attempts: u32,
}

impl Metadata {
    pub(crate) fn new(response: Response<Bytes>, attempts: u32) -> Self {
        Self { response, attempts }
    }

    pub(crate) fn response(&self) -> &Response<Bytes> {
        &self.response
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The body as it was received. The typed result keeps unknown fields, but
    /// drops values of an unexpected type; the body contains those values too.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.response.body()
    }

    /// The service's id for the request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// The account's rate limit, from the headers of this response.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimitSnapshot> {
        RateLimitSnapshot::from_headers(self.headers())
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
            .field("status", &self.status().as_u16())
            .field("request_id", &self.request_id())
            .field("rate_limit", &self.rate_limit())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
