//! Request bodies: typed, or JSON text that goes out as it was written.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;

/// The body of a request.
///
/// A typed value converts into one. [`Body::json`] takes text that was
/// serialised elsewhere, for bodies that must be sent to the byte as they
/// were written; it is not parsed again.
#[derive(Clone)]
pub struct Body<T>(Content<T>);

#[derive(Clone)]
enum Content<T> {
    Typed(T),
    Json(Bytes),
}

impl<T> Body<T> {
    /// A body from JSON text.
    pub fn json(text: impl Into<Bytes>) -> Self {
        Self(Content::Json(text.into()))
    }
}

impl<T: Serialize> Body<T> {
    /// The bytes to send.
    pub(crate) fn into_bytes(self) -> Result<Bytes, serde_json::Error> {
        match self.0 {
            Content::Typed(value) => serde_json::to_vec(&value).map(Bytes::from),
            Content::Json(text) => Ok(text),
        }
    }
}

impl<T> From<T> for Body<T> {
    fn from(value: T) -> Self {
        Self(Content::Typed(value))
    }
}

// A body holds what customers wrote, so it is never printed.
impl<T> fmt::Debug for Body<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Body").finish_non_exhaustive()
    }
}
