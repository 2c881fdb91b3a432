//! The string formats that are checked.

use chrono::{DateTime, NaiveDate};

use super::{Format, is_email_address};

impl Format {
    pub(super) fn matches(self, text: &str) -> bool {
        match self {
            Self::Date => text.len() == 10 && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok(),
            Self::DateTime => {
                let separator = text.as_bytes().get(10);
                matches!(separator, Some(b'T' | b't')) && DateTime::parse_from_rfc3339(text).is_ok()
            }
            Self::EmailAddress => is_email_address(text),
            Self::Uri => text.bytes().all(in_uri) && reqwest::Url::parse(text).is_ok(),
        }
    }

    pub(super) fn expectation(self) -> &'static str {
        match self {
            Self::Date => "must be a date such as 2026-01-26",
            Self::DateTime => {
                "must be a datetime with an offset (RFC 3339), such as 2026-01-26T14:02:00Z"
            }
            Self::EmailAddress => "must be an e-mail address, such as jane@example.com",
            Self::Uri => "must be an absolute URI",
        }
    }
}

/// Whether a byte is allowed in a URI. The URL parser would escape other bytes
/// instead of refusing them.
fn in_uri(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte)
}
