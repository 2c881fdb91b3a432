//! Tests of the emulator on a loopback port.

use gorgias_emulator::{Emulator, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{LOOPBACK, as_text, build, closing, exchange, minimal, unlimited};

async fn start(emulator: &Emulator) -> Server {
    emulator.serve(LOOPBACK).await.expect("a server")
}

/// A create. The connection stays open after it.
fn create() -> String {
    as_text("POST", "/api/tickets", &minimal().to_string())
}

#[tokio::test]
async fn a_ticket_is_created_over_a_socket() {
    let emulator = unlimited();
    let server = start(&emulator).await;
    assert_eq!(server.base_url(), format!("http://{}", server.address()));
    let answer = exchange(server.address(), &closing(&create())).await;
    assert!(answer.starts_with("HTTP/1.1 201 Created\r\n"), "{answer}");
    assert!(answer.contains("\r\ncontent-type: application/json\r\n"));
    assert_eq!(emulator.ticket_count(), 1);
}

#[tokio::test]
async fn a_connection_serves_several_requests() {
    let emulator = unlimited();
    let server = start(&emulator).await;
    let requests = create() + &closing(&create());
    let answer = exchange(server.address(), &requests).await;
    assert_eq!(answer.matches("HTTP/1.1 201 Created").count(), 2);
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_a_413_and_not_read_to_its_end() {
    let emulator = build(Emulator::builder().max_body(10));
    let server = start(&emulator).await;
    // The length is announced and no body follows, so only the size limit can
    // answer.
    let request = closing(&as_text("POST", "/api/tickets", ""));
    let request = request.replace("content-length: 0", "content-length: 1000000");
    let answer = exchange(server.address(), &(request + &"x".repeat(11))).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn only_loopback_is_listened_on_unless_allowed() {
    let error = unlimited().serve(([0, 0, 0, 0], 0)).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::PermissionDenied);
    let open = build(Emulator::builder().allow_remote(true));
    assert!(open.serve(([0, 0, 0, 0], 0)).await.is_ok());
}

#[tokio::test]
async fn a_stopped_server_closes_its_port_and_idle_connections() {
    let server = start(&unlimited()).await;
    let address = server.address();
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(create().as_bytes()).await.unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 201");
    server.shutdown().await;
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}
