//! The emulator as a `tower` service.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use ::http::{Request, Response};
use bytes::Bytes;
use tower_service::Service;

use crate::disconnect::Disconnect;
use crate::emulator::Emulator;

/// An [`Emulator`] as a `tower` service; see [`Emulator::service`]. It is
/// always ready.
#[derive(Clone, Debug)]
pub struct EmulatorService {
    emulator: Emulator,
}

impl Emulator {
    /// The emulator as a `tower` service, without a socket.
    #[must_use]
    pub fn service(&self) -> EmulatorService {
        EmulatorService {
            emulator: self.clone(),
        }
    }
}

impl Service<Request<Bytes>> for EmulatorService {
    type Response = Response<Bytes>;
    type Error = Disconnect;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let emulator = self.emulator.clone();
        Box::pin(async move { emulator.handle(request).await })
    }
}
