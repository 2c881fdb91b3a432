//! The transport: sends one HTTP request and returns its response.
//! [`Transport`] is the interface, `reqwest` the implementation over the
//! network, and `unsent` decides which failures of `reqwest` prove that nothing
//! was sent.

mod address;
mod body;
mod error;
mod multipart;
mod reqwest;
mod service;
mod unsent;

use std::{fmt, pin::Pin};

use bytes::Bytes;
use tokio::time::Instant;

pub(crate) use self::reqwest::HttpTransport;
#[doc(hidden)]
pub use self::service::ServiceTransport;
pub use self::{
    body::{Body, buffered},
    error::{Phase, TransportError},
    multipart::Multipart,
};

/// The deadline of an exchange, which the client adds to the request's
/// extensions.
///
/// A transport that keeps the deadline can report how far the exchange came
/// when the time was up. The client stops waiting at the deadline in any case.
/// Without that report it has to assume that the request was sent.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct Deadline(pub Instant);

/// The future of one exchange.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 'a>>;

/// Sends an HTTP request and returns the whole response.
///
/// By default a client has a transport over the network. Another implementation
/// may be an emulator in the same process, a recorder, or the caller's own
/// proxy.
///
/// An implementation must send a request at most once, follow no redirect, and
/// limit the size of the response.
///
/// ```
/// # extern crate gorgias_runtime as gorgias;
/// use gorgias::transport::{Body, Transport, TransportFuture, buffered};
///
/// /// Answers every request with the request's own body.
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
    /// Dropping the future abandons the exchange. The service may or may not
    /// have applied the request.
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_>;
}
