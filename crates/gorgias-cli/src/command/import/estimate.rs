//! Estimating how long an import takes.

use std::time::Duration;

use super::rate::Rate;
use super::words::{count, duration, time_for};

/// The least limit of an account, in requests and seconds.
const LEAST: (u32, u32) = (40, 20);

/// The time that this number of lines takes, and the rate limit that the estimate
/// assumes. `None` without a limit.
pub(super) fn time(lines: u64, rate: Rate, is_limited: bool) -> Option<(Duration, (u32, u32))> {
    let limit = match rate {
        Rate::Fixed { requests, seconds } => (requests, seconds),
        Rate::Off => return None,
        Rate::Auto if is_limited => LEAST,
        Rate::Auto => return None,
    };
    let pages = lines.div_ceil(100);
    let per_second = f64::from(limit.0) / f64::from(limit.1.max(1));
    let time = time_for(lines.saturating_add(pages), per_second)?;
    Some((time, limit))
}

/// The estimate as a sentence.
pub(super) fn sentence(lines: u64, rate: Rate, is_limited: bool) -> String {
    let lines_told = count(lines, "line");
    match time(lines, rate, is_limited) {
        Some((time, (requests, seconds))) => format!(
            "{lines_told}; at {} in {seconds} s about {}",
            count(requests.into(), "request"),
            duration(time)
        ),
        None => format!("{lines_told}, as fast as it can unless the service tells a limit"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_takes_a_request_for_each_line_and_the_audit() {
        assert_eq!(
            sentence(100_000, Rate::Auto, true),
            "100,000 lines; at 40 requests in 20 s about 14 h 1 min"
        );
        let fixed = Rate::Fixed {
            requests: 80,
            seconds: 10,
        };
        assert_eq!(
            sentence(1, fixed, false),
            "1 line; at 80 requests in 10 s about 0 s"
        );
        assert!(sentence(5, Rate::Off, true).contains("as fast as it can"));
    }
}
