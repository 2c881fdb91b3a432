//! The body of a request: bytes or a stream.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt};

use super::TransportError;
use crate::BoxError;

type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// The body of a request: bytes that can be sent again, or a stream that can
/// be sent once.
///
/// `Debug` shows the length, and nothing of the content.
pub struct Body(Content);

enum Content {
    Bytes(Bytes),
    Stream(BodyStream),
}

impl Body {
    /// Creates an empty body.
    #[must_use]
    pub fn empty() -> Self {
        Self(Content::Bytes(Bytes::new()))
    }

    /// Creates a body of exactly `length` bytes that is read while it is sent,
    /// such as a file. A call with this body sends at most one request.
    ///
    /// If the stream yields more or fewer bytes, the transport fails, and may
    /// have sent a part of the body by then.
    pub fn stream<S, E>(length: u64, pieces: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self(Content::Stream(BodyStream {
            pieces: Mutex::new(Box::pin(pieces.map(|piece| piece.map_err(Into::into)))),
            left: length,
        }))
    }

    /// The length in bytes.
    #[must_use]
    pub fn len(&self) -> u64 {
        match &self.0 {
            Content::Bytes(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Content::Stream(stream) => stream.left,
        }
    }

    /// Whether the length is zero.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the whole body. A stream is read to its end.
    ///
    /// # Errors
    ///
    /// When the stream fails, or is longer or shorter than its declared length.
    pub async fn bytes(self) -> Result<Bytes, BoxError> {
        let mut stream = match self.0 {
            Content::Bytes(bytes) => return Ok(bytes),
            Content::Stream(stream) => stream,
        };
        let mut whole = BytesMut::new();
        while let Some(piece) = stream.next().await {
            whole.extend_from_slice(&piece?);
        }
        Ok(whole.freeze())
    }

    /// Returns a copy, if the body can be sent again.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        self.as_bytes().map(|bytes| bytes.clone().into())
    }

    /// Returns the whole body, if it is in memory.
    pub(super) fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// Converts the body into a stream.
    pub(super) fn into_stream(self) -> Pieces {
        match self.0 {
            Content::Bytes(bytes) => Box::pin(stream::iter([Ok(bytes)])),
            Content::Stream(stream) => Box::pin(stream),
        }
    }

    /// Converts the body for reqwest. Returns the length of a stream too, because
    /// reqwest doesn't know it.
    pub(super) fn into_parts(self) -> (reqwest::Body, Option<u64>) {
        match self.0 {
            Content::Bytes(bytes) => (bytes.into(), None),
            Content::Stream(stream) => {
                let length = stream.left;
                (reqwest::Body::wrap_stream(stream), Some(length))
            }
        }
    }
}

/// Reads the body of a request into memory, for a transport that sends no streams:
/// `let request = buffered(request).await?;`.
///
/// # Errors
///
/// When the body is a stream that fails or doesn't have its declared length.
/// Nothing was sent.
pub async fn buffered(
    request: http::Request<Body>,
) -> Result<http::Request<Bytes>, TransportError> {
    let (head, body) = request.into_parts();
    let body = body.bytes().await;
    let body = body.map_err(TransportError::before_dispatch)?;
    Ok(http::Request::from_parts(head, body))
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

macro_rules! from_bytes {
    ($($type:ty),*) => {$(
        impl From<$type> for Body {
            fn from(bytes: $type) -> Self {
                Self(Content::Bytes(bytes.into()))
            }
        }
    )*};
}

from_bytes!(Bytes, Vec<u8>, String, &'static [u8], &'static str);

// A body holds what customers wrote.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("length", &self.len())
            .finish_non_exhaustive()
    }
}

/// A stream that fails unless it has its declared length.
struct BodyStream {
    // Never locked. A mutex makes the body `Sync` although the stream isn't.
    pieces: Mutex<Pieces>,
    left: u64,
}

impl Stream for BodyStream {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let left = self.left;
        let pieces = self.pieces.get_mut();
        let pieces = pieces.unwrap_or_else(PoisonError::into_inner);
        Poll::Ready(match ready!(pieces.as_mut().poll_next(context)) {
            Some(Ok(piece)) => {
                let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
                match left.checked_sub(length) {
                    Some(rest) => {
                        self.left = rest;
                        Some(Ok(piece))
                    }
                    None => Some(Err("the body is longer than its declared length".into())),
                }
            }
            None if left > 0 => Some(Err("the body is shorter than its declared length".into())),
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    fn pieces(pieces: &[&'static str]) -> impl Stream<Item = io::Result<Bytes>> + use<> {
        let pieces: Vec<_> = pieces.iter().map(|piece| Ok((*piece).into())).collect();
        stream::iter(pieces)
    }

    #[tokio::test]
    async fn bytes_can_be_sent_again_and_a_stream_can_not() {
        let body = Body::from("abc");
        assert_eq!(body.try_clone().unwrap().bytes().await.unwrap(), "abc");
        assert_eq!(body.bytes().await.unwrap(), "abc");
        let body = Body::stream(5, pieces(&["ab", "cde"]));
        assert!(body.try_clone().is_none());
        assert_eq!((body.len(), body.is_empty()), (5, false));
        assert_eq!(body.bytes().await.unwrap(), "abcde");
    }

    #[tokio::test]
    async fn a_stream_is_held_to_its_length() {
        for (length, problem) in [(4, "longer"), (6, "shorter")] {
            let body = Body::stream(length, pieces(&["ab", "cde"]));
            let error = body.bytes().await.unwrap_err();
            assert!(error.to_string().contains(problem), "{error}");
        }
        let failing = stream::iter([Err::<Bytes, _>(io::Error::other("the disk failed"))]);
        let error = Body::stream(1, failing).bytes().await.unwrap_err();
        assert_eq!(error.to_string(), "the disk failed");
    }

    #[test]
    fn debug_shows_only_the_length() {
        assert_eq!(
            format!("{:?}", Body::from("secret")),
            "Body { length: 6, .. }"
        );
    }
}
