//! Requests and bodies that the tests share.
#![allow(dead_code, unused_macros)]

use std::net::SocketAddr;

use bytes::Bytes;
use gorgias_emulator::{Emulator, EmulatorBuilder};
use http::{HeaderMap, Method, Request, StatusCode};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A response with its body read.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// `error.msg`
    pub fn message(&self) -> String {
        self.json()["error"]["msg"]
            .as_str()
            .expect("a message")
            .to_owned()
    }

    /// `error.data`
    pub fn data(&self) -> Value {
        self.json()["error"]["data"].clone()
    }
}

pub fn build(builder: EmulatorBuilder) -> Emulator {
    builder.build().expect("an emulator")
}

/// An emulator without a rate limit.
pub fn unlimited() -> Emulator {
    build(Emulator::builder().limit(None))
}

pub async fn send(emulator: &Emulator, request: Request<Bytes>) -> Reply {
    let response = emulator.handle(request).await.expect("a response");
    let (head, body) = response.into_parts();
    Reply {
        status: head.status,
        headers: head.headers,
        body,
    }
}

pub fn request(method: Method, path: &str) -> http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", "Bearer token")
}

pub async fn get(emulator: &Emulator, path: &str) -> Reply {
    let request = request(Method::GET, path).body(Bytes::new()).unwrap();
    send(emulator, request).await
}

/// Sends a request with a JSON body; null for none.
pub async fn call(emulator: &Emulator, method: Method, path: &str, body: &Value) -> Reply {
    let body = match body {
        Value::Null => Bytes::new(),
        body => body.to_string().into(),
    };
    let request = request(method, path).header("content-type", "application/json");
    send(emulator, request.body(body).unwrap()).await
}

pub fn creating(body: &Value) -> Request<Bytes> {
    request(Method::POST, "/api/tickets")
        .header("content-type", "application/json")
        .body(Bytes::from(body.to_string()))
        .unwrap()
}

pub async fn post(emulator: &Emulator, body: &Value) -> Reply {
    send(emulator, creating(body)).await
}

/// Creates a ticket and returns it.
pub async fn create(emulator: &Emulator, body: &Value) -> Value {
    let reply = post(emulator, body).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{:?}", reply.body);
    reply.json()
}

/// Returns the smallest ticket that the strict settings accept.
pub fn minimal() -> Value {
    json!({
        "via": "api",
        "messages": [{"channel": "api", "via": "api", "from_agent": false}]
    })
}

/// Returns a ticket from a customer, with these keys in addition to the
/// defaults or in their place.
pub fn from_customer(email: &str, keys: Value) -> Value {
    let mut body = json!({
        "channel": "api",
        "via": "api",
        "from_agent": false,
        "customer": {"email": email},
        "messages": [{
            "channel": "api",
            "via": "api",
            "from_agent": false,
            "sender": {"email": email},
            "body_text": "Where is my order?"
        }]
    });
    for (key, value) in keys.as_object().expect("an object") {
        body[key] = value.clone();
    }
    body
}

/// The port that a server of a test listens on: any free one.
pub const LOOPBACK: ([u8; 4], u16) = ([127, 0, 0, 1], 0);

/// Writes a request as text. The connection stays open after it.
pub fn as_text(method: &str, path: &str, body: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer token\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Asks for the end of the connection after a request.
pub fn closing(request: &str) -> String {
    request.replacen("\r\n", "\r\nconnection: close\r\n", 1)
}

/// Writes text, and reads until the server closes the connection.
pub async fn exchange(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
