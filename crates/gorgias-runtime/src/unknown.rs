//! Values of open enums that this version does not know.

use std::{fmt, marker::PhantomData};

use serde::de::{Error, Visitor};

use crate::shown;

/// A value that was read and is not known to this version.
///
/// It comes only from reading or parsing text, so that it is never a value
/// that has a variant of its own.
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Unknown(Box<str>);

impl Unknown {
    // For the readers of generated enums, which know their values.
    #[doc(hidden)]
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The value as it stands in JSON.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// Whoever answers can put any text where a known value is expected.
impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown::text(f, &self.0)
    }
}

impl shown::Shown for Unknown {}

/// Reads an open enum from text, and from nothing else.
#[derive(Debug)]
pub struct FromText<T>(PhantomData<T>);

impl<T> FromText<T> {
    /// The reader.
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
