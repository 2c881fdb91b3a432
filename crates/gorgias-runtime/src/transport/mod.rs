//! How a request reaches the service and its response comes back.

mod address;
mod body;
mod deadline;
mod error;
mod multipart;
mod reqwest;
mod service;
mod unsent;

use std::{fmt, pin::Pin};

use bytes::Bytes;

pub(crate) use self::reqwest::HttpTransport;
#[doc(hidden)]
pub use self::service::ServiceTransport;
pub use self::{
    body::{Body, buffered},
    deadline::Deadline,
    error::{Phase, TransportError},
    multipart::Multipart,
};

/// The future of one exchange.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 'a>>;

/// One HTTP exchange: the whole request goes out, the whole response comes
/// back.
///
/// A client has one over the network. Another one puts something else behind
/// the client: an emulator in the same process, a recorder, a proxy of one's
/// own.
///
/// An implementation sends a request at most once, follows no redirect, and
/// bounds what it reads.
///
/// ```
/// # extern crate gorgias_runtime as gorgias;
/// use gorgias::transport::{Body, Transport, TransportFuture, buffered};
///
/// /// Answers every request with what it was sent.
/// #[derive(Debug)]
/// struct Echo;
///
/// impl Transport for Echo {
///     fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
///         Box::pin(async {
///             let request = buffered(request).await?;
///             Ok(http::Response::new(request.into_body()))
///         })
///     }
/// }
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends `request` and waits for the whole response.
    ///
    /// Dropping the future abandons the exchange. Whether the service acted
    /// on the request is then unknown.
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_>;
}
