//! Reads the header that reports the use of the rate limit.

use http::{HeaderMap, HeaderName};

/// The header that carries `used/limit` on every answer.
static HEADER: HeaderName = HeaderName::from_static("x-gorgias-account-api-call-limit");

/// The most digits that are read as a number. All limits seen so far have two
/// digits.
const MAX_DIGITS: usize = 6;

/// The account's rate limit as one response reported it.
///
/// All clients of the account share the limit, so the value is out of date as
/// soon as another client sends a request. Accounts were seen with 40 requests
/// (API keys) and 80 requests (OAuth apps) per 20 seconds; enterprise plans
/// have the same counts per 10 seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RateLimitSnapshot {
    pub(super) used: u32,
    pub(super) limit: u32,
}

impl RateLimitSnapshot {
    /// Reads the header, for the caller's own [`Pacer`](crate::pacer::Pacer).
    /// Returns `None` if the header is absent or malformed, or has several values
    /// that differ: a wrong value would make the client too slow or too fast.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(&HEADER).iter();
        let first = values.next()?;
        if values.any(|other| other != first) {
            return None;
        }
        let (used, limit) = first.to_str().ok()?.split_once('/')?;
        let snapshot = Self {
            used: number(used)?,
            limit: number(limit)?,
        };
        (snapshot.limit >= 1).then_some(snapshot)
    }

    /// The requests that counted against the limit when the service answered,
    /// the answered request included.
    #[must_use]
    pub fn used(&self) -> u32 {
        self.used
    }

    /// The requests allowed per window, at least 1.
    #[must_use]
    pub fn limit(&self) -> u32 {
        self.limit
    }

    /// The requests left when the service answered.
    #[must_use]
    pub fn remaining(&self) -> u32 {
        self.limit.saturating_sub(self.used)
    }
}

fn number(text: &str) -> Option<u32> {
    let digits = (1..=MAX_DIGITS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn read(value: &[u8]) -> Option<(u32, u32)> {
        let mut headers = HeaderMap::new();
        headers.insert(&HEADER, HeaderValue::from_bytes(value).ok()?);
        RateLimitSnapshot::from_headers(&headers).map(|seen| (seen.used(), seen.limit()))
    }

    #[test]
    fn the_recorded_value_is_read() {
        assert_eq!(read(b"4/80"), Some((4, 80)));
        assert_eq!(read(b"0/1"), Some((0, 1)));
        assert_eq!(read(b"99999/40"), Some((99_999, 40)));
        assert_eq!(read(b"000004/000080"), Some((4, 80)));
    }

    #[test]
    fn what_is_left_never_goes_below_nothing() {
        let mut headers = HeaderMap::new();
        headers.insert(&HEADER, HeaderValue::from_static("41/40"));
        assert_eq!(
            RateLimitSnapshot::from_headers(&headers).map(|seen| seen.remaining()),
            Some(0)
        );
    }

    #[test]
    fn hostile_values_are_ignored() {
        let long = "9".repeat(10_240);
        for value in [
            "",
            "/",
            "4",
            "4/",
            "/80",
            "40/0",
            "-1/40",
            "4/-80",
            "+4/80",
            "4/80/1",
            " 4/80",
            "4 /80",
            "4/80 ",
            "4.0/80",
            "4e1/80",
            "0x4/80",
            "1234567/80",
            "4/1234567",
            "NaN/80",
            "4\\80",
            &long,
        ] {
            assert_eq!(read(value.as_bytes()), None, "{value:.40}");
        }
        assert_eq!(read("４/８０".as_bytes()), None);
        assert_eq!(RateLimitSnapshot::from_headers(&HeaderMap::new()), None);
    }

    #[test]
    fn contradicting_headers_are_ignored_and_repeated_ones_read() {
        let mut headers = HeaderMap::new();
        headers.append(&HEADER, HeaderValue::from_static("4/80"));
        headers.append(&HEADER, HeaderValue::from_static("4/80"));
        assert!(RateLimitSnapshot::from_headers(&headers).is_some());
        headers.append(&HEADER, HeaderValue::from_static("5/80"));
        assert!(RateLimitSnapshot::from_headers(&headers).is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panicking(value in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Some((used, limit)) = read(&value) {
                prop_assert!(limit >= 1);
                prop_assert!(used <= 999_999 && limit <= 999_999);
            }
        }
    }
}
