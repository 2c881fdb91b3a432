//! A client of a server that misbehaves.

use std::time::{Duration, Instant};

use gorgias::{Client, Error, NewTicket, RateLimit, RetryPolicy};
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::serve::{Counter, read_request, serve};

/// The default bound of an answer's body.
pub const CAP: usize = 16 << 20;

/// What a hostile service would like to send.
pub const FOUR_GIB: u64 = 4 << 30;

/// The most that waits in buffers of sockets.
pub const BUFFERS: usize = 16 << 20;

/// What a loaded machine may add to any bound.
pub const SLACK: Duration = Duration::from_secs(5);

/// Some ticket.
pub fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

/// Creates a ticket at a server that answers as `answer` does. Gives the error
/// and how long it took.
///
/// # Panics
///
/// When there is no error.
pub async fn against<F, Fut>(attempt: Duration, answer: F) -> (Error, Duration)
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
    let client = Client::builder("acme")
        .api_key("agent@acme.example", "a-key-that-is-never-shown")
        .base_url(format!("http://{address}"))
        .attempt_timeout(attempt)
        .body_idle_timeout(Duration::from_millis(300))
        .retry(RetryPolicy::none())
        .rate_limit(RateLimit::off())
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

/// Writes a piece again and again, and counts what was taken.
pub async fn pour(
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
