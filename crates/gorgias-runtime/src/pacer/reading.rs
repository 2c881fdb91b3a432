//! Reads what an answer reports about the rate limit.

use std::time::SystemTime;

use http::{HeaderMap, StatusCode};

use super::retry_after::retry_after;
use super::snapshot::RateLimitSnapshot;

/// The requests used, and the limit, which is at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CallLimit {
    pub used: u32,
    pub limit: u32,
}

/// The facts in an answer about the rate limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    /// Whether the request was refused because of the rate limit.
    pub throttled: bool,
    pub call_limit: Option<CallLimit>,
    /// The seconds that the service asked to wait.
    pub retry_after: Option<f64>,
}

impl Reading {
    pub(super) fn of(status: StatusCode, headers: &HeaderMap) -> Self {
        let throttled = status == StatusCode::TOO_MANY_REQUESTS;
        let call_limit = RateLimitSnapshot::from_headers(headers)
            .map(|seen| CallLimit {
                used: seen.used(),
                limit: seen.limit(),
            })
            // Refused requests may be counted too, so up to twice the limit is
            // plausible.
            .filter(|seen| seen.used / 2 <= seen.limit);
        let wait = if throttled {
            retry_after(headers, SystemTime::now())
        } else {
            None
        };
        Self {
            throttled,
            call_limit,
            retry_after: wait.map(|wait| wait.as_secs_f64()),
        }
    }
}
