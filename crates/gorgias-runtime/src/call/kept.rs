//! Request bodies that a call holds until it sends them.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::transport::{Body, Multipart};

/// A body that a call holds until it sends it. Clones share the body. A stream can
/// be sent only once, so only the first call of [`take`](Self::take) on any clone
/// returns it.
#[derive(Clone)]
pub struct KeptBody(Arc<Mutex<Option<Body>>>);

impl KeptBody {
    /// Keeps a body.
    pub fn new(body: impl Into<Body>) -> Self {
        Self(Arc::new(Mutex::new(Some(body.into()))))
    }

    /// Returns the body: a copy of bytes, or the stream itself. Returns `None`
    /// once the stream was taken.
    #[must_use]
    pub fn take(&self) -> Option<Body> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.as_ref().and_then(Body::try_clone) {
            Some(copy) => Some(copy),
            None => kept.take(),
        }
    }
}

/// A multipart body that a call holds until it sends it, with its content type.
#[derive(Clone, Debug)]
pub struct KeptForm {
    /// The content type, with the boundary between the parts.
    pub(super) content_type: String,
    pub(super) body: KeptBody,
}

impl KeptForm {
    /// Keeps a body.
    #[must_use]
    pub fn new(form: Multipart) -> Self {
        let (content_type, body) = form.into_body();
        Self {
            content_type,
            body: KeptBody::new(body),
        }
    }
}

impl fmt::Debug for KeptBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptBody").finish_non_exhaustive()
    }
}
