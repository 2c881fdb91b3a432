//! Over real sockets on loopback.

use std::time::Duration;

use gorgias::{Delivery, ErrorKind, NewTicket, RetryPolicy};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{builder, emulator};

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

#[tokio::test]
async fn tickets_are_created_and_read_over_a_socket() {
    let emulator = emulator();
    let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
    let client = builder().base_url(server.base_url()).build().unwrap();
    let created = client.tickets().create(ticket()).await.unwrap();
    let read = client.tickets().get(created.ticket.id).await.unwrap();
    assert_eq!(read.id, created.ticket.id);
    assert_eq!(emulator.ticket_count(), 1);
}

/// A client of a server that does one thing with one connection.
async fn against<F, Fut>(serve: F) -> gorgias::Error
where
    F: FnOnce(TcpStream) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        serve(stream).await;
    });
    let client = builder()
        .base_url(format!("http://{address}"))
        .attempt_timeout(Duration::from_millis(400))
        .body_idle_timeout(Duration::from_millis(150))
        .max_response_bytes(64 * 1024)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let error = client.tickets().create(ticket()).await.unwrap_err();
    server.abort();
    error
}

/// Reads until the whole request is there.
async fn read_request(stream: &mut TcpStream) -> String {
    let mut seen = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let count = stream.read(&mut chunk).await.unwrap();
        seen.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&seen);
        let body = text.split_once("\r\n\r\n").map(|(_, body)| body.len());
        if count == 0 || body.is_some_and(|body| body >= announced(&text)) {
            return text.into_owned();
        }
    }
}

fn announced(request: &str) -> usize {
    let lower = request.to_ascii_lowercase();
    let (_, rest) = lower.split_once("content-length: ").unwrap();
    rest.split("\r\n").next().unwrap().parse().unwrap()
}

async fn answer(mut stream: TcpStream, text: &str) -> TcpStream {
    read_request(&mut stream).await;
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

fn expect(error: &gorgias::Error, kind: ErrorKind, delivery: Delivery) {
    assert_eq!(
        (error.kind(), error.delivery()),
        (kind, delivery),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_closed_port_means_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = builder()
        .base_url(format!("http://{address}"))
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let error = client.tickets().create(ticket()).await.unwrap_err();
    expect(&error, ErrorKind::Connect, Delivery::NotSent);
}

#[tokio::test]
async fn a_connection_that_closes_before_reading_anything_means_nothing_was_sent() {
    let error = against(|stream| async move { drop(stream) }).await;
    assert!(
        matches!(error.delivery(), Delivery::NotSent | Delivery::Unknown),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_request_that_was_read_may_have_been_applied() {
    let error = against(|mut stream| async move {
        read_request(&mut stream).await;
    })
    .await;
    expect(&error, ErrorKind::Transport, Delivery::Unknown);
}

#[tokio::test]
async fn silence_ends_in_a_timeout() {
    let error = against(|mut stream| async move {
        read_request(&mut stream).await;
        std::future::pending::<()>().await;
    })
    .await;
    expect(&error, ErrorKind::Timeout, Delivery::Unknown);
}

#[tokio::test]
async fn garbage_leaves_the_fate_unknown() {
    for text in [
        "HELLO\r\n\r\n",
        "HTTP/1.1 2",
        "<html>hi</html>",
        "HTTP/1.1 100 Continue\r\n\r\n",
    ] {
        let error = against(move |stream| async move {
            drop(answer(stream, text).await);
        })
        .await;
        expect(&error, ErrorKind::Transport, Delivery::Unknown);
    }
}

const HEAD: &str =
    "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n";

#[tokio::test]
async fn a_body_that_breaks_off_was_applied() {
    let error = against(|stream| async move {
        drop(answer(stream, &format!("{HEAD}{{\"id\":7")).await);
    })
    .await;
    expect(&error, ErrorKind::UnexpectedResponse, Delivery::Applied);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(201));
}

#[tokio::test]
async fn a_body_that_stalls_or_drips_was_applied() {
    let error = against(|stream| async move {
        let _stream = answer(stream, HEAD).await;
        std::future::pending::<()>().await;
    })
    .await;
    expect(&error, ErrorKind::Timeout, Delivery::Applied);

    let error = against(|stream| async move {
        let mut stream = answer(stream, HEAD).await;
        let mut pace = tokio::time::interval(Duration::from_millis(20));
        loop {
            pace.tick().await;
            if stream.write_all(b" ").await.is_err() {
                return;
            }
        }
    })
    .await;
    expect(&error, ErrorKind::Timeout, Delivery::Applied);
}

#[tokio::test]
async fn a_body_above_the_bound_is_not_read() {
    let error = against(|stream| async move {
        let head = "HTTP/1.1 201 Created\r\ncontent-length: 99999999\r\n\r\n";
        let _stream = answer(stream, head).await;
        std::future::pending::<()>().await;
    })
    .await;
    expect(&error, ErrorKind::UnexpectedResponse, Delivery::Applied);

    let error = against(|stream| async move {
        let head = "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n";
        let mut stream = answer(stream, head).await;
        let chunk = format!("2000\r\n{}\r\n", " ".repeat(0x2000));
        while stream.write_all(chunk.as_bytes()).await.is_ok() {}
    })
    .await;
    expect(&error, ErrorKind::UnexpectedResponse, Delivery::Applied);
}

#[tokio::test]
async fn a_redirect_carries_nothing_elsewhere() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = elsewhere.local_addr().unwrap();
    let error = against(move |stream| async move {
        let head = format!(
            "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://{target}/x\r\ncontent-length: 0\r\n\r\n"
        );
        drop(answer(stream, &head).await);
    })
    .await;
    expect(&error, ErrorKind::Redirect, Delivery::Unknown);
    let visited = tokio::time::timeout(Duration::from_millis(50), elsewhere.accept()).await;
    assert!(visited.is_err());
}
