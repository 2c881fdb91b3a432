//! Decides the [`Delivery`] of a request by how the exchange ended.

use http::{HeaderMap, StatusCode};

use super::Delivery;
use crate::response::content::is_declared_json;
use crate::transport::{Phase, TransportError};

/// Returns the delivery of a request by the head of its response. Whether the body
/// followed makes no difference.
///
/// A response that proves nothing, such as a gateway's 502, leaves the delivery
/// unknown.
pub(crate) fn of_head(status: StatusCode, headers: &HeaderMap) -> Delivery {
    if status.is_success() {
        // A success that isn't JSON is the HTML page of a proxy or a captive
        // portal. The request may not have reached the service.
        return match is_declared_json(headers) {
            true => Delivery::Applied,
            false => Delivery::Unknown,
        };
    }
    match is_refusal(status) {
        true => Delivery::Rejected,
        false => Delivery::Unknown,
    }
}

/// Returns the delivery of a request that got no complete response.
pub(crate) fn of_failure(failure: &TransportError) -> Delivery {
    match failure.head() {
        Some((status, headers)) => of_head(status, headers),
        None if failure.phase() == Phase::BeforeDispatch => Delivery::NotSent,
        // Neither a timeout nor a reset shows whether the service applied the
        // request.
        None => Delivery::Unknown,
    }
}

/// Whether a status says that the service did not apply the request. 408
/// doesn't say so: a gateway sends 408 after it has waited too long, and the
/// service behind the gateway may have applied the request.
fn is_refusal(status: StatusCode) -> bool {
    [
        400, 401, 402, 403, 404, 405, 409, 410, 413, 414, 415, 422, 423, 429, 431, 451,
    ]
    .contains(&status.as_u16())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::CONTENT_TYPE;

    use super::*;

    const JSON: &str = "application/json";
    const PAGE: &str = "text/html";

    const REFUSALS: [u16; 16] = [
        400, 401, 402, 403, 404, 405, 409, 410, 413, 414, 415, 422, 423, 429, 431, 451,
    ];

    fn head(status: u16, content_type: &'static str) -> Delivery {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        of_head(StatusCode::from_u16(status).unwrap(), &headers)
    }

    #[test]
    fn without_a_response_only_the_dispatch_counts() {
        let unsent = TransportError::before_dispatch("refused");
        assert_eq!(of_failure(&unsent), Delivery::NotSent);
        let lost = TransportError::after_dispatch("reset");
        assert_eq!(of_failure(&lost), Delivery::Unknown);
    }

    #[test]
    fn a_success_is_applied_only_when_the_service_said_it() {
        for status in [200, 201, 202, 204] {
            assert_eq!(head(status, JSON), Delivery::Applied);
            assert_eq!(head(status, PAGE), Delivery::Unknown);
        }
    }

    #[test]
    fn refusals_count_whatever_their_content() {
        for status in REFUSALS {
            assert_eq!(head(status, JSON), Delivery::Rejected);
            assert_eq!(head(status, PAGE), Delivery::Rejected);
        }
    }

    #[test]
    fn every_other_status_leaves_the_delivery_unknown() {
        for status in (100..1000).filter(|s| !(200..300).contains(s) && !REFUSALS.contains(s)) {
            assert_eq!(head(status, JSON), Delivery::Unknown, "{status}");
        }
    }

    #[test]
    fn only_what_was_not_applied_may_be_resent() {
        assert!(Delivery::NotSent.is_safe_to_resend());
        assert!(Delivery::Rejected.is_safe_to_resend());
        assert!(!Delivery::Applied.is_safe_to_resend());
        assert!(!Delivery::Unknown.is_safe_to_resend());
    }
}
