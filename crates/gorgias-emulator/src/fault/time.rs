//! Times as text, such as `200ms`, `5s` or `2m`, and when a request is applied.

use std::time::Duration;

use super::info::Applied;

/// Reads a whole number and a unit.
pub(super) fn read_time(text: &str) -> Option<Duration> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(digits)?;
    let number: u32 = number.parse().ok()?;
    let unit = match unit {
        "ms" => Duration::from_millis(1),
        "s" => Duration::from_secs(1),
        "m" => Duration::from_secs(60),
        _ => return None,
    };
    unit.checked_mul(number)
}

/// Writes a time in seconds, or in milliseconds if it isn't a whole number of seconds.
pub(super) fn write_time(time: Duration) -> String {
    match time.subsec_millis() {
        0 => format!("{}s", time.as_secs()),
        _ => format!("{}ms", time.as_millis()),
    }
}

pub(super) fn read_applied(text: &str) -> Option<Applied> {
    match text {
        "never" => Some(Applied::Never),
        "at-once" => Some(Applied::AtOnce),
        "when-over" => Some(Applied::WhenOver),
        after => read_time(after).map(Applied::After),
    }
}

pub(super) fn write_applied(applied: Applied) -> String {
    match applied {
        Applied::Never => "never".to_owned(),
        Applied::AtOnce => "at-once".to_owned(),
        Applied::WhenOver => "when-over".to_owned(),
        Applied::After(time) => write_time(time),
    }
}
