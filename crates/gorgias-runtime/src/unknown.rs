//! Values of open enums that this version doesn't know.

use std::{fmt, marker::PhantomData};

use serde::de::{Error, Visitor};

use crate::shown;

/// A value of an open enum that this version doesn't know.
///
/// It is created only by reading or parsing text, so it never contains a value
/// that has a variant of its own.
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Unknown(Box<str>);

impl Unknown {
    // For the generated readers of enums, which compare the text with all known
    // values first.
    #[doc(hidden)]
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The value as in JSON.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// The service can send any text here, personal data included.
impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown::text(f, &self.0)
    }
}

impl shown::Shown for Unknown {}

/// Reads an open enum from text. Other JSON is an error.
#[derive(Debug)]
pub struct FromText<T>(PhantomData<T>);

impl<T> FromText<T> {
    /// Creates the reader.
    #[must_use]
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Default for FromText<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: for<'a> From<&'a str>> Visitor<'_> for FromText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        Ok(T::from(value))
    }
}
