//! A client of a hostile server.

use std::time::{Duration, Instant};

use gorgias::Error;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{builder, ticket};
use crate::serve::{Counter, read_request, serve};

/// The default limit of a response body.
pub const CAP: usize = 16 << 20;

/// The number of bytes that a hostile server tries to send.
pub const FOUR_GIB: u64 = 4 << 30;

/// The most bytes that the buffers of sockets hold.
pub const BUFFERS: usize = 16 << 20;

/// The delay that a busy machine may add to any time limit.
pub const SLACK: Duration = Duration::from_secs(5);

/// Creates a ticket at a server that answers each request with `answer`. Returns the
/// error and the time that the call took.
///
/// # Panics
///
/// When the create succeeds.
pub async fn create_at<F, Fut>(attempt: Duration, answer: F) -> (Error, Duration)
where
    F: Fn(TcpStream) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let address = serve(move |mut stream| {
        let answer = answer.clone();
        async move {
            read_request(&mut stream).await;
            answer(stream).await;
        }
    })
    .await;
    let client = builder()
        .base_url(format!("http://{address}"))
        .attempt_timeout(attempt)
        .body_idle_timeout(Duration::from_millis(300))
        .build()
        .expect("a client");
    let started = Instant::now();
    let error = client
        .tickets()
        .create(ticket())
        .await
        .expect_err("no ticket");
    (error, started.elapsed())
}

/// Writes a piece repeatedly, up to `total` bytes, and counts the bytes written. Stops
/// if the client closes the connection.
pub async fn write_repeatedly(
    stream: &mut (impl AsyncWrite + Unpin),
    piece: &[u8],
    total: u64,
    sent: &Counter,
) {
    for _ in 0..total / piece.len() as u64 {
        if stream.write_all(piece).await.is_err() {
            return;
        }
        sent.add(piece.len());
    }
}
