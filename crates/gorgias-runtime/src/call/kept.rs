//! Bodies that calls keep until they are sent.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::transport::{Body, Multipart};

/// A body that a call keeps until it is sent. Clones share it: one that can be
/// sent once is sent by one of them.
#[derive(Clone)]
pub struct KeptBody(Arc<Mutex<Option<Body>>>);

impl KeptBody {
    /// Keeps a body.
    pub fn new(body: impl Into<Body>) -> Self {
        Self(Arc::new(Mutex::new(Some(body.into()))))
    }

    /// The body, unless it was sent and can't be sent again.
    #[must_use]
    pub fn take(&self) -> Option<Body> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.as_ref().and_then(Body::try_clone) {
            Some(copy) => Some(copy),
            None => kept.take(),
        }
    }
}

/// The same for a body of several parts, with its content type.
#[derive(Clone, Debug)]
pub struct KeptForm {
    content_type: String,
    body: KeptBody,
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

    /// Its content type.
    pub(super) fn content_type(&self) -> &str {
        &self.content_type
    }

    /// The body, as [`KeptBody::take`] gives it.
    pub(super) fn take(&self) -> Option<Body> {
        self.body.take()
    }
}

impl fmt::Debug for KeptBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptBody").finish_non_exhaustive()
    }
}
