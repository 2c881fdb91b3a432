//! The argument `--rate`, and the time that an import takes at it.

use std::str::FromStr;
use std::time::Duration;

use gorgias::RateLimit;
use gorgias_import::Import;

use super::numbers::{count, duration, time_for};

/// The lowest rate limit that an account has, in requests and seconds.
const LEAST: (u32, u32) = (40, 20);

/// How fast requests are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rate {
    /// At the rate limit that the service reports.
    Auto,
    /// Without a limit.
    Off,
    /// This many requests in this many seconds.
    Fixed { requests: u32, seconds: u32 },
}

impl FromStr for Rate {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected auto, off, or requests and seconds, as in 40/20";
        match text {
            "auto" => return Ok(Self::Auto),
            "off" => return Ok(Self::Off),
            _ => {}
        }
        let (requests, seconds) = text.split_once('/').ok_or(EXPECTED)?;
        let seconds = seconds.strip_suffix('s').unwrap_or(seconds);
        match (requests.parse(), seconds.parse()) {
            (Ok(requests), Ok(seconds)) if requests > 0 && seconds > 0 => {
                Ok(Self::Fixed { requests, seconds })
            }
            _ => Err(EXPECTED),
        }
    }
}

impl Rate {
    /// Sets the rate of an import. `is_limited` says that the import goes to the
    /// helpdesk itself, for which `Auto` assumes a limit until the service reports one.
    pub(super) fn set(self, import: Import, is_limited: bool) -> Import {
        match self {
            Self::Auto => import.assume_limit(is_limited),
            Self::Off => import.pacer(None),
            Self::Fixed { requests, seconds } => {
                let window = Duration::from_secs(seconds.into());
                import.pacer(Some(RateLimit::fixed(requests, window).pacer()))
            }
        }
    }

    /// The rate limit that an estimate assumes, in requests and seconds. `None` without
    /// a limit.
    fn limit(self, is_limited: bool) -> Option<(u32, u32)> {
        match self {
            Self::Fixed { requests, seconds } => Some((requests, seconds)),
            Self::Off => None,
            Self::Auto => is_limited.then_some(LEAST),
        }
    }

    /// The time that this number of lines takes: a request for each line, and one for
    /// each page of 100 tickets in the audit. `None` without a limit.
    pub(super) fn time(self, lines: u64, is_limited: bool) -> Option<Duration> {
        let (requests, seconds) = self.limit(is_limited)?;
        let pages = lines.div_ceil(100);
        let per_second = f64::from(requests) / f64::from(seconds.max(1));
        time_for(lines.saturating_add(pages), per_second)
    }

    /// The estimate as a sentence.
    pub(super) fn estimate(self, lines: u64, is_limited: bool) -> String {
        let time = self.time(lines, is_limited);
        let lines = count(lines, "line");
        match self.limit(is_limited).zip(time) {
            Some(((requests, seconds), time)) => format!(
                "{lines}; at {} in {seconds} s about {}",
                count(requests.into(), "request"),
                duration(time)
            ),
            None => format!("{lines}, as fast as it can unless the service reports a limit"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_requests_and_seconds_or_a_word() {
        let fixed = |requests, seconds| Ok(Rate::Fixed { requests, seconds });
        assert_eq!("40/20".parse(), fixed(40, 20));
        assert_eq!("80/10s".parse(), fixed(80, 10));
        assert_eq!(
            ("auto".parse(), "off".parse()),
            (Ok(Rate::Auto), Ok(Rate::Off))
        );
        for wrong in [
            "", "40", "40/", "/20", "0/20", "40/0", "-1/20", "4.5/20", "fast", "40/20/1",
        ] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_estimate_has_a_request_per_line_and_the_audit() {
        assert_eq!(
            Rate::Auto.estimate(100_000, true),
            "100,000 lines; at 40 requests in 20 s about 14 h 1 min"
        );
        let fixed = Rate::Fixed {
            requests: 80,
            seconds: 10,
        };
        assert_eq!(
            fixed.estimate(1, false),
            "1 line; at 80 requests in 10 s about 0 s"
        );
        assert!(Rate::Off.estimate(5, true).contains("as fast as it can"));
    }
}
