//! The result of a call: a value and its metadata.

use std::fmt;
use std::ops::{Deref, DerefMut};

use super::Metadata;

/// The result of a call. It dereferences to the value;
/// [`metadata`](Self::metadata) has the facts about the response.
///
/// `Debug` doesn't show the value, which may hold personal data.
#[derive(Clone)]
pub struct Response<T> {
    // Some values are large, and a box is cheap to move.
    value: Box<T>,
    metadata: Metadata,
}

impl<T> Response<T> {
    pub(crate) fn new(value: Box<T>, metadata: Metadata) -> Self {
        Self { value, metadata }
    }

    /// The facts about the response: status, headers, request id, rate limit,
    /// attempts and the body as it was received.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Returns the value.
    #[must_use]
    pub fn into_inner(self) -> T {
        *self.value
    }

    /// Returns the value and the metadata.
    #[must_use]
    pub fn into_parts(self) -> (T, Metadata) {
        (*self.value, self.metadata)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}
