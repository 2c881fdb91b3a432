//! A tower service in place of the network.

use std::any::type_name;
use std::fmt;
use std::future::poll_fn;

use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use super::{Body, Transport, TransportError, TransportFuture, buffered};

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
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    S::Future: Send,
{
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        let mut service = self.service.clone();
        Box::pin(async move {
            let request = buffered(request).await?;
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(TransportError::before_dispatch)?;
            service
                .call(request)
                .await
                .map_err(TransportError::after_dispatch)
        })
    }
}

impl<S> fmt::Debug for ServiceTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ServiceTransport")
            .field(&type_name::<S>())
            .finish()
    }
}
