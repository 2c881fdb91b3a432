//! Timestamps, as the service stores and writes them.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The start of the year 0.
const FIRST: i64 = -62_167_219_200_000_000;

/// The last microsecond of the year 9999.
const LAST: i64 = 253_402_300_799_999_999;

/// Microseconds since the Unix epoch: the precision the service keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Timestamp(i64);

impl Timestamp {
    pub(crate) fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub(crate) fn micros(self) -> i64 {
        self.0
    }

    /// Returns the time after a duration.
    pub(crate) fn after(self, time: Duration) -> Self {
        let micros = i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(micros))
    }

    /// Returns the duration since an earlier time, or zero.
    pub(crate) fn since(self, then: Self) -> Duration {
        let micros = self.0.saturating_sub(then.0);
        Duration::from_micros(u64::try_from(micros).unwrap_or_default())
    }

    /// Writes the time without an offset and with six digits, as in the
    /// service's cursors.
    pub(crate) fn naive(self) -> String {
        let at = DateTime::from_timestamp_micros(self.0).unwrap_or_default();
        at.format("%Y-%m-%dT%H:%M:%S%.6f").to_string()
    }

    /// Reads RFC 3339, and the form without an offset as UTC. The document's
    /// formats decide which of the two a request may use.
    ///
    /// A time with an offset may, in UTC, lie outside the years 0 to 9999, which RFC 3339
    /// can write. Then the nearest time within these years is used.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text)
            .map(|at| at.timestamp_micros())
            .or_else(|_| parse_naive(text).map(|at| at.and_utc().timestamp_micros()))
            .ok()
            .map(|micros| Self(micros.clamp(FIRST, LAST)))
    }
}

/// Reads `2025-02-07T09:55:18.82`, with `T` or a space, and no offset.
pub(crate) fn parse_naive(text: &str) -> Result<NaiveDateTime, chrono::ParseError> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f"))
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Self::from_micros(at.timestamp_micros())
    }
}

/// Writes `2025-02-07T09:55:18.820000+00:00`; the fraction is left out when it
/// is zero, as the service does.
impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = DateTime::from_timestamp_micros(self.0).unwrap_or_default();
        let precision = match at.timestamp_subsec_micros() {
            0 => SecondsFormat::Secs,
            _ => SecondsFormat::Micros,
        };
        out.write_str(&at.to_rfc3339_opts(precision, false))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a date and time"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_six_digits_and_a_zero_offset() {
        let at = Timestamp::parse("2025-02-07T09:55:18.820Z").unwrap();
        assert_eq!(at.to_string(), "2025-02-07T09:55:18.820000+00:00");
    }

    #[test]
    fn leaves_a_zero_fraction_out() {
        let at = Timestamp::parse("2025-02-07T10:55:18+01:00").unwrap();
        assert_eq!(at.to_string(), "2025-02-07T09:55:18+00:00");
    }

    #[test]
    fn stays_within_the_years_it_can_write() {
        let text = |text| Timestamp::parse(text).unwrap().to_string();
        assert_eq!(
            text("9999-12-31T23:59:59-12:00"),
            "9999-12-31T23:59:59.999999+00:00"
        );
        assert_eq!(
            text("0000-01-01T00:00:00+12:00"),
            "0000-01-01T00:00:00+00:00"
        );
    }

    #[test]
    fn reads_a_time_without_an_offset_as_utc() {
        let expected = Timestamp::parse("2026-01-26T14:02:00.384938Z");
        assert_eq!(Timestamp::parse("2026-01-26T14:02:00.384938"), expected);
        assert_eq!(Timestamp::parse("2026-01-26 14:02:00.384938"), expected);
        assert_eq!(Timestamp::parse("tomorrow"), None);
    }
}
