//! Reads the times of an export.

use crate::input::Json;
use chrono::{
    DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset as _,
    TimeZone as _, Utc,
};

/// Formats without a zone, tried after RFC 3339.
const WITHOUT_ZONE: [&str; 6] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
];

/// Formats with a zone that aren't RFC 3339.
const WITH_ZONE: [&str; 4] = [
    "%Y-%m-%d %H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S%.f %z",
    "%Y-%m-%dT%H:%M:%S%.f%#z",
    "%Y/%m/%d %H:%M:%S %z",
];

/// The format of an export's times.
#[derive(Clone, Debug)]
pub(crate) struct TimeFormat {
    /// The format that the map sets, as chrono writes formats. It is tried first.
    pub(crate) format: Option<String>,
    /// The offset of times without a zone.
    pub(crate) offset: FixedOffset,
}

impl Default for TimeFormat {
    fn default() -> Self {
        Self {
            format: None,
            offset: Utc.fix(),
        }
    }
}

impl TimeFormat {
    /// Reads a time from a number or a text. `None` if the value isn't a time.
    pub(crate) fn read(&self, value: &Json<'_>) -> Option<DateTime<Utc>> {
        match value {
            Json::Text(text) => self.parse(text),
            Json::Number(number) => epoch(number.as_f64()?),
            _ => None,
        }
        .filter(writable)
    }

    /// Reads a time from a text. `None` if the text isn't a time.
    pub(crate) fn parse(&self, text: &str) -> Option<DateTime<Utc>> {
        let text = text.trim();
        self.own(text)
            .or_else(|| self.common(text))
            .filter(writable)
    }

    fn own(&self, text: &str) -> Option<DateTime<Utc>> {
        let format = self.format.as_deref()?;
        if let Ok(at) = DateTime::parse_from_str(text, format) {
            return Some(at.to_utc());
        }
        if let Ok(at) = NaiveDateTime::parse_from_str(text, format) {
            return self.local(at);
        }
        let day = NaiveDate::parse_from_str(text, format).ok()?;
        self.local(day.and_time(NaiveTime::MIN))
    }

    fn common(&self, text: &str) -> Option<DateTime<Utc>> {
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Some(at.to_utc());
        }
        if let Ok(number) = text.parse::<f64>() {
            return epoch(number);
        }
        let text = text.strip_suffix(" UTC").unwrap_or(text);
        let mut zoned = WITH_ZONE.iter();
        let zoned = zoned.find_map(|format| DateTime::parse_from_str(text, format).ok());
        if let Some(at) = zoned.or_else(|| DateTime::parse_from_rfc2822(text).ok()) {
            return Some(at.to_utc());
        }
        let mut naive = WITHOUT_ZONE.iter();
        let naive = naive.find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
        let naive = naive.or_else(|| {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            Some(day.and_time(NaiveTime::MIN))
        });
        self.local(naive?)
    }

    fn local(&self, at: NaiveDateTime) -> Option<DateTime<Utc>> {
        let at = self.offset.from_local_datetime(&at).single()?;
        Some(at.to_utc())
    }
}

/// Whether RFC 3339 can write a time.
fn writable(at: &DateTime<Utc>) -> bool {
    (0..=9999).contains(&at.year())
}

/// Reads seconds, milliseconds or microseconds since 1970. The size of the number
/// decides between these units, because milliseconds that are read as seconds would be
/// thousands of years in the future.
fn epoch(number: f64) -> Option<DateTime<Utc>> {
    let size = number.abs();
    // A small number, such as the year 2024, isn't a time.
    if !(1e8..1e17).contains(&size) {
        return None;
    }
    let micros = match size {
        ..1e11 => number * 1e6,
        ..1e14 => number * 1e3,
        _ => number,
    };
    #[expect(clippy::cast_possible_truncation, reason = "each arm is below 1e17")]
    DateTime::from_timestamp_micros(micros.round() as i64)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(value: Value) -> Option<String> {
        let text = value.to_string();
        let value = serde_json::from_str(&text).unwrap();
        TimeFormat::default().read(&value).map(|at| at.to_rfc3339())
    }

    #[test]
    fn the_usual_shapes_are_read() {
        let noon = Some("2024-05-06T12:00:00+00:00".to_owned());
        for text in [
            "2024-05-06T12:00:00Z",
            "2024-05-06T14:00:00+02:00",
            "2024-05-06T14:00:00+0200",
            "2024-05-06 12:00:00",
            "2024-05-06 12:00:00 UTC",
            "2024-05-06 12:00:00+00",
            "2024-05-06 14:00:00 +0200",
            "2024-05-06T12:00:00",
            "2024-05-06 12:00",
            "2024/05/06 14:00:00 +0200",
            "Mon, 06 May 2024 12:00:00 +0000",
            " 1714996800 ",
            "1714996800000",
        ] {
            assert_eq!(read(json!(text)), noon, "{text}");
        }
        for number in [1_714_996_800_i64, 1_714_996_800_000, 1_714_996_800_000_000] {
            assert_eq!(read(json!(number)), noon, "{number}");
        }
        assert_eq!(
            read(json!("2024-05-06")).unwrap(),
            "2024-05-06T00:00:00+00:00"
        );
    }

    #[test]
    fn other_values_are_no_time() {
        for value in [
            json!("05/06/2024"),
            json!("yesterday"),
            json!(""),
            json!(2024),
            json!(null),
            json!(1e300),
            json!("NaN"),
            json!("inf"),
            json!("+12345-01-01T00:00:00Z"),
        ] {
            assert_eq!(read(value.clone()), None, "{value}");
        }
    }

    #[test]
    fn a_format_and_a_zone_can_be_named() {
        let format = TimeFormat {
            format: Some("%d/%m/%Y %H:%M".to_owned()),
            offset: FixedOffset::east_opt(7200).unwrap(),
        };
        let at = format.parse("06/05/2024 14:00").unwrap();
        assert_eq!(at.to_rfc3339(), "2024-05-06T12:00:00+00:00");
        let at = format.parse("2024-05-06 14:00:00").unwrap();
        assert_eq!(at.to_rfc3339(), "2024-05-06T12:00:00+00:00");
    }
}
