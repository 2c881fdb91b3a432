//! Places in a list.

use std::fmt;
use std::str::FromStr;

/// Longer than any cursor that was seen by an order of magnitude.
const MAX_LENGTH: usize = 512;

/// A place in a list, as the service named it.
///
/// It can be stored as text and used in a later run. It belongs to one order
/// and one set of filters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor(String);

impl Cursor {
    /// Takes up a cursor that was stored.
    ///
    /// # Errors
    ///
    /// When the text isn't 1 to 512 visible ASCII characters.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidCursor> {
        let text = text.into();
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        if (1..=MAX_LENGTH).contains(&text.len()) && visible {
            Ok(Self(text))
        } else {
            Err(InvalidCursor)
        }
    }

    /// The cursor as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// Whoever answers decides what is in it.
impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cursor").finish_non_exhaustive()
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        Self::new(text)
    }
}

/// A text that is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidCursor;

impl fmt::Display for InvalidCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a cursor is 1 to {MAX_LENGTH} visible ASCII characters")
    }
}

impl std::error::Error for InvalidCursor {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_being_stored() {
        let text = "bmV4dF9fNl9fMjAyMS0wMy0wMyAwNjowMDowMA==";
        assert_eq!(
            Cursor::new(text).unwrap().to_string().parse(),
            Cursor::new(text)
        );
    }

    #[test]
    fn what_no_service_would_send_is_refused() {
        let long = "x".repeat(513);
        for text in ["", " ", "a b", "a\nb", "a\0b", "é", &long] {
            assert_eq!(Cursor::new(text), Err(InvalidCursor), "{text:.20}");
        }
        assert!(Cursor::new("x".repeat(512)).is_ok());
    }
}
