//! A tower service in place of the network.

use std::any::type_name;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::iter::successors;

use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use super::{Body, Transport, TransportError, TransportFuture, buffered};
use crate::BoxError;

/// Sends each request to a clone of a service.
#[doc(hidden)]
pub struct ServiceTransport<S> {
    service: S,
}

impl<S> ServiceTransport<S> {
    #[must_use]
    pub fn new(service: S) -> Self {
        Self { service }
    }
}

impl<S> Transport for ServiceTransport<S>
where
    S: Service<Request<Bytes>, Response = Response<Bytes>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
{
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        let mut service = self.service.clone();
        Box::pin(async move {
            let request = buffered(request).await?;
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(TransportError::before_dispatch)?;
            service.call(request).await.map_err(transport_error)
        })
    }
}

/// Converts the error of a service. An [`io::Error`] for a refused connection
/// proves that nothing was sent. After any other error the request may have
/// been sent.
fn transport_error(error: impl Into<BoxError>) -> TransportError {
    let error = error.into();
    match io_kind(&*error) {
        Some(ErrorKind::ConnectionRefused) => TransportError::before_dispatch(error),
        Some(ErrorKind::TimedOut) => TransportError::after_dispatch(error).timed_out(),
        _ => TransportError::after_dispatch(error),
    }
}

fn io_kind(error: &(dyn Error + 'static)) -> Option<ErrorKind> {
    successors(Some(error), |&error| error.source())
        .find_map(|error| error.downcast_ref::<io::Error>())
        .map(io::Error::kind)
}

impl<S> fmt::Debug for ServiceTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ServiceTransport")
            .field(&type_name::<S>())
            .finish()
    }
}
