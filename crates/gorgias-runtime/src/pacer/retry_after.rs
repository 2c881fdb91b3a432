//! Reads the header `retry-after`.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// The longest wait that is returned. A year is as good as never, and can't
/// overflow a clock.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Reads `retry-after` in both of its forms, a number of seconds and an HTTP
/// date. Other text and dates in the past count as absent. Of several values
/// the longest wait counts.
#[must_use]
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    headers
        .get_all(RETRY_AFTER)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .filter_map(|value| seconds(value).or_else(|| until(value, headers, now)))
        .max()
}

/// Reads a number of seconds. A fraction, which some proxies send, is rounded
/// up.
fn seconds(value: &str) -> Option<Duration> {
    let value = value.trim_matches([' ', '\t']);
    let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    // The text is all digits, so parsing fails only for a number above
    // `u64::MAX`.
    let seconds: u64 = whole.parse().unwrap_or(u64::MAX);
    let rest = u64::from(fraction.bytes().any(|digit| digit != b'0'));
    Some(Duration::from_secs(seconds.saturating_add(rest)).min(LONGEST))
}

/// Reads an HTTP date, and returns the time until then. The current time is that
/// of the header `date`, if there is one, and otherwise `now`: the client's clock
/// may be wrong by hours.
fn until(value: &str, headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let date = httpdate::parse_http_date(value).ok()?;
    let now = headers
        .get(DATE)
        .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok())
        .unwrap_or(now);
    let left = date.duration_since(now).ok()?;
    (!left.is_zero()).then(|| left.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT.
    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
    }

    fn read(values: &[&str]) -> Option<u64> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(RETRY_AFTER, HeaderValue::from_str(value).unwrap());
        }
        retry_after(&headers, now()).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_are_read() {
        assert_eq!(read(&["5"]), Some(5));
        assert_eq!(read(&["0"]), Some(0));
        assert_eq!(read(&[" 12\t"]), Some(12));
        assert_eq!(read(&["600"]), Some(600));
        assert_eq!(read(&["30.25"]), Some(31));
        assert_eq!(read(&["30.0"]), Some(30));
        assert_eq!(read(&["0.001"]), Some(1));
    }

    #[test]
    fn absurd_numbers_are_bounded() {
        let year = LONGEST.as_secs();
        assert_eq!(read(&["1000000000"]), Some(year));
        assert_eq!(read(&["18446744073709551616"]), Some(year));
        assert_eq!(read(&[&"9".repeat(40)]), Some(year));
    }

    #[test]
    fn garbage_counts_as_absent() {
        for value in [
            "",
            " ",
            "-1",
            "+5",
            "5.",
            ".5",
            "5.5.5",
            "5.x",
            "1e308",
            "NaN",
            "inf",
            "0x5",
            "5 seconds",
            "soon",
            "5,6",
            "Sun, 06 Nov",
            "1994-11-06T08:49:37Z",
        ] {
            assert_eq!(read(&[value]), None, "{value:?}");
        }
        assert_eq!(read(&[]), None);
    }

    #[test]
    fn a_date_is_the_time_until_then() {
        assert_eq!(read(&["Sun, 06 Nov 1994 08:49:49 GMT"]), Some(12));
        assert_eq!(read(&["Sunday, 06-Nov-94 08:49:49 GMT"]), Some(12));
        assert_eq!(read(&["Sun Nov  6 08:49:49 1994"]), Some(12));
        assert_eq!(
            read(&["Fri, 31 Dec 9999 23:59:59 GMT"]),
            Some(LONGEST.as_secs())
        );
    }

    #[test]
    fn a_date_that_has_passed_counts_as_absent() {
        assert_eq!(read(&["Sun, 06 Nov 1994 08:49:37 GMT"]), None);
        assert_eq!(read(&["Thu, 01 Jan 1970 00:00:00 GMT"]), None);
    }

    #[test]
    fn the_clock_of_the_service_is_preferred_to_ours() {
        let mut headers = HeaderMap::new();
        headers.insert(
            DATE,
            HeaderValue::from_static("Mon, 07 Nov 1994 10:00:00 GMT"),
        );
        headers.insert(
            RETRY_AFTER,
            HeaderValue::from_static("Mon, 07 Nov 1994 10:00:03 GMT"),
        );
        assert_eq!(retry_after(&headers, now()), Some(Duration::from_secs(3)));
    }

    #[test]
    fn of_several_values_the_longest_wins() {
        assert_eq!(read(&["5", "30", "x"]), Some(30));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panicking(value in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut headers = HeaderMap::new();
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                headers.insert(RETRY_AFTER, value);
            }
            prop_assert!(retry_after(&headers, now()).is_none_or(|wait| wait <= LONGEST));
        }
    }
}
