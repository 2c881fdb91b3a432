//! Transports that need no network.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use gorgias::transport::{Body, Transport, TransportError, TransportFuture, buffered};
use gorgias_emulator::{DisconnectKind, DisconnectStage, Emulator};
use http::{Request, Response};

/// The emulator as a transport, with its faults as transport errors.
#[derive(Clone, Debug)]
pub struct InProcess(pub Emulator);

impl Transport for InProcess {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let request = buffered(request).await?;
            self.0.handle(request).await.map_err(|lost| {
                let text = lost.to_string();
                let timeout = lost.kind() == DisconnectKind::TimedOut;
                let stage = lost.stage();
                let failure = match (lost.into_head(), stage) {
                    (Some(head), _) => TransportError::in_body(head.status, head.headers, text),
                    (None, DisconnectStage::BeforeRequest) => TransportError::before_dispatch(text),
                    (None, _) => TransportError::after_dispatch(text),
                };
                if timeout {
                    failure.timed_out()
                } else {
                    failure
                }
            })
        })
    }
}

/// Answers each request through a function.
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
