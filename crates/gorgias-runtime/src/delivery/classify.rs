//! Tells the [`Delivery`] of a request from how far the exchange came.

use http::StatusCode;

use super::Delivery;
use crate::response::content::ContentType;

/// How far an exchange came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    /// The request was not sent.
    Nothing,
    /// The request was sent, or may have been; no response head arrived.
    Dispatch,
    /// A response head arrived. Whether the body followed makes no difference.
    Head(StatusCode, ContentType),
}

/// Returns the delivery of a request.
///
/// An outcome that proves nothing is [`Delivery::Unknown`]: neither a gateway's
/// 502 nor a timeout tells whether the service applied the request.
pub(crate) fn classify(reached: Reached) -> Delivery {
    match reached {
        Reached::Nothing => Delivery::NotSent,
        Reached::Dispatch => Delivery::Unknown,
        // A success that isn't JSON is the page of a proxy or a captive portal.
        // The request may not have reached the service.
        Reached::Head(status, content) if status.is_success() => match content {
            ContentType::Json => Delivery::Applied,
            ContentType::Other => Delivery::Unknown,
        },
        Reached::Head(status, _) if is_refusal(status) => Delivery::Rejected,
        Reached::Head(..) => Delivery::Unknown,
    }
}

/// Whether a status says that the service did not apply the request. 408
/// doesn't: a gateway sends it after it has waited too long, and the service
/// behind it may have applied the request.
fn is_refusal(status: StatusCode) -> bool {
    matches!(
        status.as_u16(),
        400 | 401
            | 402
            | 403
            | 404
            | 405
            | 409
            | 410
            | 413
            | 414
            | 415
            | 422
            | 423
            | 429
            | 431
            | 451
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSALS: [u16; 16] = [
        400, 401, 402, 403, 404, 405, 409, 410, 413, 414, 415, 422, 423, 429, 431, 451,
    ];

    fn head(status: u16, content: ContentType) -> Delivery {
        classify(Reached::Head(
            StatusCode::from_u16(status).unwrap(),
            content,
        ))
    }

    #[test]
    fn without_a_response_only_the_dispatch_counts() {
        assert_eq!(classify(Reached::Nothing), Delivery::NotSent);
        assert_eq!(classify(Reached::Dispatch), Delivery::Unknown);
    }

    #[test]
    fn a_success_is_applied_only_when_the_service_said_it() {
        for status in [200, 201, 202, 204] {
            assert_eq!(head(status, ContentType::Json), Delivery::Applied);
            assert_eq!(head(status, ContentType::Other), Delivery::Unknown);
        }
    }

    #[test]
    fn refusals_count_whatever_their_content() {
        for status in REFUSALS {
            assert_eq!(head(status, ContentType::Json), Delivery::Rejected);
            assert_eq!(head(status, ContentType::Other), Delivery::Rejected);
        }
    }

    #[test]
    fn every_other_status_leaves_the_fate_unknown() {
        for status in (100..1000).filter(|s| !(200..300).contains(s) && !REFUSALS.contains(s)) {
            assert_eq!(
                head(status, ContentType::Json),
                Delivery::Unknown,
                "{status}"
            );
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
