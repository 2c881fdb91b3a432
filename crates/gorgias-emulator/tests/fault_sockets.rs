//! Tests of the faults of connections, on a socket.

mod support;

use std::io::{self, ErrorKind};
use std::time::Duration;

use gorgias_emulator::{Emulator, Fault, FaultRule, Server};
use support::{LOOPBACK, as_text, minimal, unlimited};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

const SHORT: Duration = Duration::from_millis(300);

/// The bytes that came, and how the connection ended.
#[derive(Debug, PartialEq)]
struct Seen {
    bytes: Vec<u8>,
    end: End,
}

#[derive(Debug, PartialEq)]
enum End {
    Closed,
    Reset,
    Stalled,
}

impl Seen {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The length of the body, and the length in the head.
    fn lengths(&self) -> (usize, usize) {
        let text = self.text();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let promised = head.split_once("content-length: ").expect("a length").1;
        let promised = promised.split("\r\n").next().unwrap_or_default();
        (body.len(), promised.parse().expect("a number"))
    }
}

struct Setup {
    emulator: Emulator,
    server: Server,
}

impl Setup {
    async fn with(rule: impl Into<FaultRule>) -> Self {
        let emulator = unlimited();
        let server = emulator.serve(LOOPBACK).await.unwrap();
        emulator.inject(rule);
        Self { emulator, server }
    }

    async fn fault(id: &str) -> Self {
        Self::with(Fault::named(id).unwrap().hold(Duration::from_secs(60))).await
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.server.address()).await.unwrap()
    }

    fn tickets(&self) -> usize {
        self.emulator.ticket_count()
    }
}

/// A create. The connection stays open after it.
fn create() -> String {
    as_text("POST", "/api/tickets", &minimal().to_string())
}

/// Reads until the connection ends, or nothing comes for a while.
async fn read(stream: &mut TcpStream) -> Seen {
    let mut bytes = Vec::new();
    let end = loop {
        let mut part = [0; 4096];
        match timeout(SHORT, stream.read(&mut part)).await {
            Ok(Ok(0)) => break End::Closed,
            Ok(Ok(read)) => bytes.extend_from_slice(&part[..read]),
            Ok(Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::ConnectionReset);
                break End::Reset;
            }
            Err(_) => break End::Stalled,
        }
    };
    Seen { bytes, end }
}

async fn exchange(stream: &mut TcpStream) -> Seen {
    stream.write_all(create().as_bytes()).await.unwrap();
    read(stream).await
}

#[tokio::test]
async fn an_answer_that_does_not_come_ends_in_each_way() {
    for (id, end) in [
        ("F7", End::Closed),
        ("F8", End::Reset),
        ("F12", End::Stalled),
    ] {
        let setup = Setup::fault(id).await;
        let seen = exchange(&mut setup.connect().await).await;
        assert_eq!((seen.text().as_str(), seen.end), ("", end), "{id}");
        assert_eq!(setup.tickets(), 1, "{id}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_http_comes_as_it_is() {
    for (id, start, end) in [
        ("F14", "HTTP/1.1 201 Cre", End::Closed),
        ("F15", "\0", End::Closed),
        (
            "F16",
            "HTTP/1.1 201 Created\r\ncontent-length: 2\r\ncontent-length: 20",
            End::Closed,
        ),
        ("F17", "<html>", End::Closed),
        ("F22", "HTTP/1.1 100 Continue\r\n\r\n", End::Stalled),
    ] {
        let setup = Setup::fault(id).await;
        let seen = exchange(&mut setup.connect().await).await;
        assert!(seen.text().starts_with(start), "{id}: {}", seen.text());
        assert_eq!(seen.end, end, "{id}");
    }
}

#[tokio::test]
async fn a_body_is_cut_in_half_and_ends_in_each_way() {
    for (id, end) in [
        ("F18", End::Closed),
        ("F19", End::Reset),
        ("F20", End::Stalled),
    ] {
        let setup = Setup::fault(id).await;
        let seen = exchange(&mut setup.connect().await).await;
        assert!(seen.text().starts_with("HTTP/1.1 201 Created\r\n"), "{id}");
        assert!(seen.text().contains("\r\nx-request-id: "), "{id}");
        assert_eq!(seen.end, end, "{id}");
        let (came, promised) = seen.lengths();
        assert_eq!(came, promised / 2, "{id}");
        assert_eq!(setup.tickets(), 1, "{id}");
    }
}

#[tokio::test]
async fn a_body_drips() {
    let setup = Setup::fault("F21").await;
    let seen = exchange(&mut setup.connect().await).await;
    // The first byte takes a second, so within a shorter time none comes.
    assert_eq!((seen.lengths().0, seen.end), (0, End::Stalled));
}

#[tokio::test]
async fn a_fresh_connection_ends_before_the_request() {
    for (id, end) in [("F5", End::Closed), ("F6", End::Reset)] {
        let setup = Setup::fault(id).await;
        let mut stream = setup.connect().await;
        assert_eq!(read(&mut stream).await.end, end, "{id}");
        assert_eq!(exchange(&mut setup.connect().await).await.end, End::Stalled);
        assert_eq!(setup.tickets(), 1, "{id}");
    }
}

#[tokio::test]
async fn an_upload_is_reset_or_refused_before_it_ends() {
    let head = create().replace("content-length: ", "content-length: 9");
    let upload = head + &"x".repeat(1000);
    let setup = Setup::fault("F9").await;
    let mut stream = setup.connect().await;
    stream.write_all(upload.as_bytes()).await.unwrap();
    assert_eq!(read(&mut stream).await.end, End::Reset);

    let setup = Setup::fault("F23").await;
    let mut stream = setup.connect().await;
    stream.write_all(upload.as_bytes()).await.unwrap();
    let seen = read(&mut stream).await;
    assert!(seen.text().starts_with("HTTP/1.1 413 "), "{}", seen.text());
    assert_eq!(seen.end, End::Closed);
    assert_eq!(setup.tickets(), 0);
}

#[tokio::test]
async fn a_kept_connection_is_cut_at_its_second_request() {
    let setup = Setup::fault("F10").await;
    let mut stream = setup.connect().await;
    let first = exchange(&mut stream).await;
    assert!(first.text().starts_with("HTTP/1.1 201"));
    assert_eq!(first.end, End::Stalled);
    let second = exchange(&mut stream).await;
    assert_eq!((second.text().as_str(), second.end), ("", End::Closed));
    assert_eq!(setup.tickets(), 2);
}

#[tokio::test]
async fn a_kept_connection_is_closed_unannounced() {
    let setup = Setup::fault("F11").await;
    let seen = exchange(&mut setup.connect().await).await;
    let (came, promised) = seen.lengths();
    assert_eq!(came, promised);
    assert!(!seen.text().contains("connection: close"));
    assert_eq!(seen.end, End::Closed);
}

#[tokio::test]
async fn a_handshake_fails_in_each_way() {
    for (id, start, end) in [
        ("F4", &b"\x15\x03"[..], End::Closed),
        ("F4-corrupt", b"\x16\xff", End::Closed),
        ("F4-stall", b"", End::Stalled),
        ("F26", b"HTTP/1.1 407 ", End::Closed),
        ("F26-502", b"HTTP/1.1 502 ", End::Closed),
    ] {
        let setup = Setup::fault(id).await;
        let mut stream = setup.connect().await;
        stream.write_all(b"\x16\x03\x01 hello").await.unwrap();
        let seen = read(&mut stream).await;
        assert!(seen.bytes.starts_with(start), "{id}: {:?}", seen.bytes);
        assert_eq!(seen.end, end, "{id}");
    }
}

/// Connects again until the outcome is the wanted one.
async fn until(setup: &Setup, wanted: impl Fn(Result<io::Result<TcpStream>, ()>) -> bool) {
    let tries = async {
        loop {
            let connecting = TcpStream::connect(setup.server.address());
            let outcome = timeout(SHORT, connecting).await.map_err(drop);
            if wanted(outcome) {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(20), tries)
        .await
        .expect("the wanted outcome");
}

#[tokio::test]
async fn a_port_is_closed_for_a_while() {
    let rule = Fault::named("F1").unwrap().hold(SHORT);
    let setup = Setup::with(rule).await;
    let refused = |outcome| matches!(outcome, Ok(Err(error)) if io::Error::kind(&error) == ErrorKind::ConnectionRefused);
    until(&setup, refused).await;
    until(&setup, |outcome| matches!(outcome, Ok(Ok(_)))).await;
    let seen = exchange(&mut setup.connect().await).await;
    assert!(seen.text().starts_with("HTTP/1.1 201"));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_port_does_not_answer_for_a_while() {
    let rule = Fault::named("F3").unwrap().hold(4 * SHORT);
    let setup = Setup::with(rule).await;
    until(&setup, |outcome| outcome.is_err()).await;
    until(&setup, |outcome| matches!(outcome, Ok(Ok(_)))).await;
}

#[tokio::test]
async fn stopping_ends_stalls() {
    let setup = Setup::fault("F12").await;
    let mut stream = setup.connect().await;
    assert_eq!(exchange(&mut stream).await.end, End::Stalled);
    timeout(Duration::from_secs(10), setup.server.shutdown())
        .await
        .expect("the end");
    assert_eq!(read(&mut stream).await.end, End::Closed);
}

#[tokio::test]
async fn a_client_that_gives_up_its_upload_leaves_no_ticket() {
    let emulator = unlimited();
    let server = emulator.serve(LOOPBACK).await.unwrap();
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request = create();
    let part = &request.as_bytes()[..request.len() - 5];
    stream.write_all(part).await.unwrap();
    drop(stream);
    server.shutdown().await;
    assert_eq!(emulator.ticket_count(), 0);
    assert_eq!(emulator.request_count(), 0);
}
