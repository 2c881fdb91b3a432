//! Writes numbers and durations for people.

use std::time::Duration;

/// A number with a comma between the thousands.
pub(super) fn number(number: u64) -> String {
    indicatif::HumanCount(number).to_string()
}

/// A count with its noun, whose plural must end with an s.
pub(super) fn count(count: u64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", number(count))
}

/// A duration in its two largest units.
pub(super) fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let largest = units
        .iter()
        .position(|(size, _)| seconds >= *size)
        .unwrap_or(3);
    let mut left = seconds;
    let mut parts = Vec::new();
    for (size, unit) in units.iter().skip(largest).take(2) {
        let amount = left.checked_div(*size).unwrap_or_default();
        left = left.checked_rem(*size).unwrap_or_default();
        if amount > 0 || parts.is_empty() {
            parts.push(format!("{amount} {unit}"));
        }
    }
    parts.join(" ")
}

/// Returns the time that a number of things takes at a rate, in things per second.
/// `None` if a `Duration` can't hold the time, as at a rate of zero.
pub(super) fn time_for(things: u64, per_second: f64) -> Option<Duration> {
    #[expect(clippy::cast_precision_loss, reason = "it is an estimate")]
    let seconds = things as f64 / per_second;
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_thousands_apart() {
        for (value, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(
            (count(1, "line"), count(0, "line")),
            ("1 line".into(), "0 lines".into())
        );
    }

    #[test]
    fn durations_have_two_units_at_most() {
        for (seconds, text) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (61, "1 min 1 s"),
            (3_600, "1 h"),
            (3_661, "1 h 1 min"),
            (90_000, "1 d 1 h"),
            (86_461, "1 d"),
        ] {
            assert_eq!(duration(Duration::from_secs(seconds)), text);
        }
    }

    #[test]
    fn an_endless_time_is_none() {
        assert_eq!(time_for(10, 2.0), Some(Duration::from_secs(5)));
        assert_eq!(time_for(0, 0.0), None);
        assert_eq!(time_for(10, 0.0), None);
        assert_eq!(time_for(u64::MAX, 1e-9), None);
    }
}
