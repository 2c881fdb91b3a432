//! A transport to an emulator in the same process. The tests of `gorgias` and
//! `gorgias-import` use this file too.

use gorgias::transport::{Body, Transport, TransportError, TransportFuture, buffered};
use gorgias_emulator::{DisconnectKind, DisconnectStage, Emulator};
use http::Request;

/// A transport to the emulator. It turns the faults of the emulator into transport errors.
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
