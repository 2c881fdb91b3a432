//! Reads datetimes in every form that recorded answers of the service contain.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::{
    Lenient,
    scalar::read_text,
    source::{Broken, Source},
};

/// The format of a datetime without an offset, with or without a fraction.
const WITHOUT_OFFSET: &str = "%Y-%m-%dT%H:%M:%S%.f";

impl Lenient for DateTime<Utc> {
    fn lenient(source: &mut dyn Source<'_>, value: &mut Option<Self>) -> Result<bool, Broken> {
        read_text(source, &mut |text| *value = parse_datetime(text))
    }
}

/// Parses a datetime with or without an offset, with a `T` or a space between date
/// and time, and with or without a fraction. A datetime without an offset is in
/// UTC.
#[must_use]
pub fn parse_datetime(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(datetime) = DateTime::parse_from_rfc3339(text) {
        return Some(datetime.to_utc());
    }
    let text = text.replacen(' ', "T", 1);
    NaiveDateTime::parse_from_str(&text, WITHOUT_OFFSET)
        .map(|naive| naive.and_utc())
        .or_else(|_| {
            DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%#z").map(|at| at.to_utc())
        })
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recorded_shape_reads_as_the_same_instant() {
        let expected = parse_datetime("2026-01-26T14:02:00.384938Z");
        assert!(expected.is_some());
        for text in [
            "2026-01-26T14:02:00.384938+00:00",
            "2026-01-26T16:02:00.384938+02:00",
            "2026-01-26T14:02:00.384938",
            "2026-01-26 14:02:00.384938+00:00",
            "2026-01-26 14:02:00.384938",
            "2026-01-26T14:02:00.384938+0000",
        ] {
            assert_eq!(parse_datetime(text), expected, "{text}");
        }
    }

    #[test]
    fn a_fraction_may_be_missing() {
        assert_eq!(
            parse_datetime("2026-01-26T14:02:00"),
            parse_datetime("2026-01-26T14:02:00.000000+00:00")
        );
    }

    #[test]
    fn what_is_no_datetime_reads_as_nothing() {
        for text in [
            "",
            "soon",
            "2020-07-1300:00:00-05:00",
            "2026-13-01T00:00:00Z",
        ] {
            assert_eq!(parse_datetime(text), None, "{text}");
        }
    }
}
