//! How a request reaches the service and its response comes back.

mod address;
mod deadline;
mod error;
mod reqwest;
mod unsent;

use std::{fmt, pin::Pin};

use bytes::Bytes;

pub use self::{
    deadline::Deadline,
    error::{Phase, TransportError},
    reqwest::HttpTransport,
};

/// The future of one exchange.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 'a>>;

/// One HTTP exchange: the whole request goes out, the whole response comes
/// back.
///
/// The default is [`HttpTransport`]. Another one puts something else behind
/// the client: an emulator in the same process, a recorder, a proxy of one's
/// own.
///
/// An implementation sends a request at most once, follows no redirect, and
/// bounds what it reads.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends `request` and waits for the whole response.
    ///
    /// Dropping the future abandons the exchange. Whether the service acted
    /// on the request is then unknown.
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_>;
}
