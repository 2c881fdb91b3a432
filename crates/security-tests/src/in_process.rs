//! Transports that need no network.

mod emulator;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use gorgias::transport::{Body, Transport, TransportFuture, buffered};
use http::{Request, Response};

pub use self::emulator::InProcess;

/// A transport that answers each request with the result of a function.
#[derive(Clone)]
pub struct Answering(Arc<Answer>);

type Answer = dyn Fn(Request<Bytes>) -> Response<Bytes> + Send + Sync;

impl Answering {
    /// Makes a transport from a function.
    pub fn with(
        answer: impl Fn(Request<Bytes>) -> Response<Bytes> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(answer))
    }
}

impl Transport for Answering {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move { Ok((self.0)(buffered(request).await?)) })
    }
}

impl fmt::Debug for Answering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answering")
    }
}
