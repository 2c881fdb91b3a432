//! Tests the memory that a flood of data costs. The test has its own process,
//! because memory is measured per process.

use std::time::Duration;

use gorgias::{Delivery, ErrorKind};
use security_tests::hostile::{BUFFERS, CAP, FOUR_GIB, SLACK, create_at, write_repeatedly};
use security_tests::serve::Counter;
use tokio::io::AsyncWriteExt;

/// The most memory that the process has had so far, in bytes.
#[cfg(target_os = "linux")]
fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib: usize = line
        .and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap();
    kib * 1024
}

/// A body of 4 GiB: announced, in chunks, or as long as the connection.
#[tokio::test]
async fn four_gigabytes_cost_no_more_than_the_cap() {
    #[cfg(target_os = "linux")]
    let before = {
        // The first exchange allocates what every later one needs, before the
        // measurement.
        let warm = |mut stream: tokio::net::TcpStream| async move {
            let _ = stream
                .write_all(b"HTTP/1.1 500 X\r\ncontent-length: 0\r\n\r\n")
                .await;
        };
        create_at(SLACK, warm).await;
        peak_memory()
    };
    for (head, chunked) in [
        ("transfer-encoding: chunked\r\n", true),
        ("content-length: 4294967296\r\n", false),
        ("connection: close\r\n", false),
    ] {
        for status in [201, 400, 502] {
            let sent = Counter::default();
            let counted = sent.clone();
            let answer = move |mut stream: tokio::net::TcpStream| {
                let sent = counted.clone();
                async move {
                    let head = format!(
                        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{head}\r\n"
                    );
                    let _ = stream.write_all(head.as_bytes()).await;
                    let mut piece = vec![b' '; 64 * 1024];
                    if chunked {
                        piece.splice(0..0, *b"10000\r\n");
                        piece.extend(b"\r\n");
                    }
                    write_repeatedly(&mut stream, &piece, FOUR_GIB, &sent).await;
                }
            };
            let (error, took) = create_at(Duration::from_secs(60), answer).await;
            let expected = match status {
                201 => (ErrorKind::UnexpectedResponse, Delivery::Applied),
                400 => (ErrorKind::Rejected, Delivery::Rejected),
                _ => (ErrorKind::Service, Delivery::Unknown),
            };
            assert_eq!((error.kind(), error.delivery()), expected, "{error:?}");
            assert!(
                sent.get() < CAP + BUFFERS,
                "{} bytes were taken",
                sent.get()
            );
            assert!(took < Duration::from_secs(30), "{took:?}");
        }
    }
    #[cfg(target_os = "linux")]
    {
        let grown = peak_memory() - before;
        assert!(grown <= CAP + (4 << 20), "{} KiB more", grown / 1024);
    }
}
