//! Values of open enums that this version does not know.

use std::{fmt, marker::PhantomData};

use serde::de::{Error, Visitor};

/// A value that was read and is not known to this version.
///
/// It comes only from reading or parsing text, so that it is never a value
/// that has a variant of its own.
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Unknown(Box<str>);

impl Unknown {
    pub(crate) fn new(value: &str) -> Self {
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
        super::shown::text(f, &self.0)
    }
}

/// Reads an open enum from text, and from nothing else.
pub(crate) struct FromText<T>(PhantomData<T>);

impl<T> FromText<T> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
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
