//! The argument `--rate`.

use std::str::FromStr;
use std::time::Duration;

use gorgias::RateLimit;
use gorgias_import::Import;

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
    /// Sets the rate of an import. Only for the helpdesk itself a limit is assumed before
    /// it is reported.
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
}
