//! Reads what an answer reports about the rate limit.

use std::time::SystemTime;

use http::{HeaderMap, StatusCode};

use super::retry_after::retry_after;
use super::snapshot::RateLimitSnapshot;

/// The facts in an answer about the rate limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    /// Whether the request was refused because of the rate limit.
    pub throttled: bool,
    /// The use of the limit, if it is plausible.
    pub reported: Option<RateLimitSnapshot>,
    /// The seconds that the service asked to wait.
    pub retry_after: Option<f64>,
}

impl Reading {
    pub(super) fn of(status: StatusCode, headers: &HeaderMap) -> Self {
        let throttled = status == StatusCode::TOO_MANY_REQUESTS;
        // The service may count refused requests too, so a use of up to twice
        // the limit is plausible.
        let reported = RateLimitSnapshot::from_headers(headers)
            .filter(|reported| reported.used() / 2 <= reported.limit());
        let wait = if throttled {
            retry_after(headers, SystemTime::now())
        } else {
            None
        };
        Self {
            throttled,
            reported,
            retry_after: wait.map(|wait| wait.as_secs_f64()),
        }
    }
}
