//! Decides whether a failed request is sent again. `retry` decides how long to wait
//! before that.

use std::error::Error as _;
use std::iter::successors;

use crate::delivery::Delivery;
use crate::error::{Error, ErrorKind};
use crate::operation::Effect;
use crate::retry::Cause;

/// Returns the cause to send the request again, or `None` when it must not or
/// need not be sent again.
pub(super) fn cause(error: &Error, effect: Effect) -> Option<Cause> {
    match error.kind() {
        ErrorKind::RateLimited => Some(Cause::RateLimited(error.retry_after())),
        ErrorKind::Connect if error.delivery() == Delivery::NotSent => not_sent(error),
        _ if effect == Effect::Write => None,
        ErrorKind::Timeout | ErrorKind::Transport | ErrorKind::UnexpectedResponse => {
            Some(Cause::Transient)
        }
        ErrorKind::Service => Some(error.retry_after().map_or(Cause::Transient, Cause::Asked)),
        _ => None,
    }
}

/// Returns the cause to repeat a request that was not sent. A certificate that was
/// refused stays refused, so such a request is not repeated. Only the text of the
/// transport's error shows why the request was not sent. A wrong guess is harmless,
/// because the request was never sent.
fn not_sent(error: &Error) -> Option<Cause> {
    if has_cause(error, "certificate") {
        None
    } else if has_cause(error, "dns error") {
        Some(Cause::Unresolved)
    } else {
        Some(Cause::Transient)
    }
}

/// Whether the text of one of the error's causes contains these words.
fn has_cause(error: &Error, words: &str) -> bool {
    successors(error.source(), |&cause| cause.source())
        .any(|cause| cause.to_string().to_ascii_lowercase().contains(words))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use http::{HeaderMap, Response, StatusCode};

    use super::*;
    use crate::credentials::Credentials;
    use crate::transport::TransportError;

    fn answered(status: u16, retry_after: Option<&str>) -> Error {
        let mut response = Response::builder().status(status);
        if let Some(wait) = retry_after {
            response = response.header("retry-after", wait);
        }
        let response = response.body(Bytes::new()).unwrap();
        Error::of_response(&response, &Credentials::bearer("token").unwrap())
    }

    fn failed(failure: TransportError) -> Error {
        Error::transport(failure, &Credentials::bearer("token").unwrap())
    }

    #[test]
    fn a_write_is_repeated_only_when_it_was_not_applied() {
        let write = |error| cause(&error, Effect::Write);
        let five = Duration::from_secs(5);
        assert_eq!(
            write(answered(429, Some("5"))),
            Some(Cause::RateLimited(Some(five)))
        );
        assert_eq!(write(answered(429, None)), Some(Cause::RateLimited(None)));
        assert_eq!(
            write(failed(TransportError::before_dispatch("refused"))),
            Some(Cause::Transient)
        );
        for status in (300..600).filter(|status| *status != 429) {
            assert_eq!(write(answered(status, Some("5"))), None, "{status}");
        }
        assert_eq!(write(failed(TransportError::after_dispatch("reset"))), None);
        assert_eq!(
            write(failed(TransportError::after_dispatch("late").timed_out())),
            None
        );
        let cut = TransportError::in_body(StatusCode::CREATED, HeaderMap::new(), "cut");
        assert_eq!(write(failed(cut)), None);
        let cut = TransportError::in_body(StatusCode::BAD_GATEWAY, HeaderMap::new(), "cut");
        assert_eq!(write(failed(cut)), None);
    }

    #[test]
    fn a_read_is_repeated_after_anything_that_may_pass() {
        let read = |error| cause(&error, Effect::Read);
        for status in [408, 429, 500, 502, 503, 504] {
            assert!(read(answered(status, None)).is_some(), "{status}");
        }
        for status in [301, 307, 400, 401, 403, 404, 405, 409, 413, 415, 422] {
            assert_eq!(read(answered(status, None)), None, "{status}");
        }
        let five = Duration::from_secs(5);
        assert_eq!(read(answered(503, Some("5"))), Some(Cause::Asked(five)));
        for failure in [
            TransportError::before_dispatch("refused"),
            TransportError::after_dispatch("reset"),
            TransportError::after_dispatch("late").timed_out(),
            TransportError::in_body(StatusCode::OK, HeaderMap::new(), "cut"),
        ] {
            assert_eq!(read(failed(failure)), Some(Cause::Transient));
        }
    }

    #[test]
    fn a_refused_certificate_is_final_and_an_unknown_name_slow() {
        for effect in [Effect::Read, Effect::Write] {
            let refused = TransportError::before_dispatch("invalid peer certificate: Expired");
            assert_eq!(cause(&failed(refused), effect), None);
            let unknown = TransportError::before_dispatch("dns error");
            assert_eq!(cause(&failed(unknown), effect), Some(Cause::Unresolved));
        }
    }
}
