//! Reads arguments that are durations.

use std::time::Duration;

/// The longest duration, in seconds.
const LONGEST: u64 = 366 * 24 * 60 * 60;

/// Reads a duration such as `30s`, `15m`, `2h` or `1d`. A number without a unit is in
/// seconds.
pub(crate) fn parse(text: &str) -> Result<Duration, &'static str> {
    const EXPECTED: &str = "expected a number with a unit, as in 30s, 15m, 2h or 1d";
    let unit = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = text.strip_suffix(unit).unwrap_or_default();
    let unit = match unit {
        _ if digits.is_empty() => return Err(EXPECTED),
        "" | "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return Err(EXPECTED),
    };
    let number: Option<u64> = digits.parse().ok();
    match number.and_then(|number| number.checked_mul(unit)) {
        Some(seconds) if seconds <= LONGEST => Ok(Duration::from_secs(seconds)),
        _ => Err("is longer than a year"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_with_a_unit() {
        for (text, seconds) in [
            ("0", 0),
            ("90", 90),
            ("30s", 30),
            ("15m", 900),
            ("2h", 7_200),
            ("1d", 86_400),
        ] {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in [
            "",
            "s",
            "-1",
            "-1s",
            "+1s",
            "1.5h",
            "1 h",
            "1w",
            "1ms",
            "h1",
            "1h30m",
            "٣s",
            "367d",
            "99999999999999999999s",
            "18446744073709551615d",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
