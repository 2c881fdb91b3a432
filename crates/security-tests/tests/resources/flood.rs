//! Tests of bodies that are larger than allowed.

use std::time::Duration;

use gorgias::{Delivery, ErrorKind};
use security_tests::hostile::{BUFFERS, FOUR_GIB, SLACK, create_at, write_repeatedly};
use security_tests::serve::Counter;
use tokio::io::AsyncWriteExt;

#[tokio::test]
async fn a_head_without_end_is_given_up() {
    let sent = Counter::default();
    let counted = sent.clone();
    let answer = move |mut stream: tokio::net::TcpStream| {
        let sent = counted.clone();
        async move {
            let _ = stream.write_all(b"HTTP/1.1 201 Created\r\n").await;
            let piece = format!("x-filler: {}\r\n", "y".repeat(8_000));
            write_repeatedly(&mut stream, piece.as_bytes(), FOUR_GIB, &sent).await;
        }
    };
    let (error, took) = create_at(Duration::from_secs(60), answer).await;
    assert_eq!(error.delivery(), Delivery::Unknown, "{error:?}");
    assert!(sent.get() < BUFFERS, "{} bytes were taken", sent.get());
    assert!(took < Duration::from_secs(30), "{took:?}");
}

/// A compressed body that would be large when decompressed, and one that is
/// large itself.
#[tokio::test]
async fn a_body_that_is_compressed_unasked_is_an_error() {
    for encoding in ["gzip", "br", "zstd", "deflate", "gzip, br", "GZIP"] {
        let answer = move |mut stream: tokio::net::TcpStream| async move {
            let body = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3];
            let head = format!(
                "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n\
                 content-encoding: {encoding}\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).await;
            let _ = stream.write_all(&body).await;
        };
        let (error, _) = create_at(SLACK, answer).await;
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{encoding}");
        assert_eq!(error.delivery(), Delivery::Unknown);
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains("compressed"), "{cause}");
    }
}
