//! Tests of a slow service.

use std::time::Duration;

use gorgias::{Delivery, ErrorKind};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::interval;

use security_tests::hostile::{SLACK, create_at};

const ATTEMPT: Duration = Duration::from_millis(800);

/// Writes a text byte by byte, then blanks without end.
async fn drip(mut stream: TcpStream, text: &str) {
    let mut pace = interval(Duration::from_millis(20));
    for byte in text.bytes().chain(std::iter::repeat(b' ')) {
        pace.tick().await;
        if stream.write_all(&[byte]).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn a_body_that_drips_ends_with_the_attempt() {
    let (error, took) = create_at(ATTEMPT, |mut stream| async move {
        let head = "HTTP/1.1 201 Created\r\ncontent-length: 100000\r\n\r\n";
        let _ = stream.write_all(head.as_bytes()).await;
        drip(stream, "").await;
    })
    .await;
    let told = (error.kind(), error.delivery(), error.is_timeout());
    assert_eq!(told, (ErrorKind::Timeout, Delivery::Applied, true));
    assert!(took >= ATTEMPT && took < ATTEMPT + SLACK, "{took:?}");
}

#[tokio::test]
async fn a_head_that_drips_ends_with_the_attempt() {
    let (error, took) = create_at(ATTEMPT, |stream| async move {
        drip(
            stream,
            &format!("HTTP/1.1 201 Created\r\nx: {}", "y".repeat(10_000)),
        )
        .await;
    })
    .await;
    let told = (error.kind(), error.delivery(), error.is_timeout());
    assert_eq!(told, (ErrorKind::Timeout, Delivery::Unknown, true));
    assert!(took >= ATTEMPT && took < ATTEMPT + SLACK, "{took:?}");
}

#[tokio::test]
async fn a_body_that_stalls_ends_with_the_idle_timeout() {
    let (error, took) = create_at(Duration::from_secs(60), |mut stream| async move {
        let head = "HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{";
        let _ = stream.write_all(head.as_bytes()).await;
        std::future::pending::<()>().await;
    })
    .await;
    assert_eq!(
        (error.kind(), error.delivery()),
        (ErrorKind::Timeout, Delivery::Applied)
    );
    assert!(took < SLACK + SLACK, "{took:?}");
}
