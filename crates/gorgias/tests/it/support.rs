//! Transports and clients for the tests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use gorgias::journal::Journal;
use gorgias::transport::{Body, Transport, TransportError, TransportFuture, buffered};
use gorgias::{Client, ClientBuilder, RetryPolicy};
use gorgias_emulator::Emulator;
use http::{Request, Response};
use serde_json::Value;

pub use crate::in_process::InProcess;

/// A key that must never show up anywhere.
pub const KEY: &str = "canary-key-7f3a9c";

/// What the transport does with one request.
pub enum Step {
    Answer(Response<Bytes>),
    Fail(TransportError),
    Hang,
}

/// A transport that follows a script, request by request.
#[derive(Clone, Default)]
pub struct Script {
    steps: Arc<Mutex<VecDeque<Step>>>,
    seen: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl Script {
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self {
            steps: Arc::new(Mutex::new(steps.into_iter().collect())),
            seen: Arc::default(),
        }
    }

    pub fn answering(response: Response<Bytes>) -> Self {
        Self::new([Step::Answer(response)])
    }

    pub fn seen(&self) -> Vec<Request<Bytes>> {
        self.seen.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    pub fn client(&self) -> Client {
        builder().transport(self.clone()).build().unwrap()
    }
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Script")
    }
}

impl Transport for Script {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let request = buffered(request).await?;
            self.seen.lock().unwrap().push(request);
            let step = self.steps.lock().unwrap().pop_front();
            match step.expect("the script has a step for every request") {
                Step::Answer(response) => Ok(response),
                Step::Fail(failure) => Err(failure),
                Step::Hang => std::future::pending().await,
            }
        })
    }
}

pub fn builder() -> ClientBuilder {
    Client::builder("acme")
        .api_key("agent@acme.example", KEY)
        .retry(RetryPolicy::default().seed(7))
}

pub fn emulator() -> Emulator {
    Emulator::builder().limit(None).build().unwrap()
}

pub fn client_of(emulator: &Emulator) -> Client {
    builder().service(emulator.service()).build().unwrap()
}

/// A response with a JSON body.
pub fn json(status: u16, body: impl Into<String>) -> Response<Bytes> {
    typed(status, "application/json", body)
}

/// A response with a body of some type.
pub fn typed(status: u16, content_type: &str, body: impl Into<String>) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .header("content-type", content_type)
        .header("x-request-id", "5f0c6f1b7a2d4c7e")
        .header("x-gorgias-account-api-call-limit", "4/80")
        .body(Bytes::from(body.into()))
        .unwrap()
}

/// A fixture of our own.
pub fn fixture(name: &str) -> Value {
    let text = match name {
        "ticket" => include_str!("fixtures/ticket.json"),
        "list" => include_str!("fixtures/list.json"),
        "request" => include_str!("fixtures/request.json"),
        other => panic!("no fixture {other}"),
    };
    serde_json::from_str(text).unwrap()
}

/// The `Display` and `Debug` output of an error and of its causes.
pub fn printed(error: &gorgias::Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n");
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        text.push_str(&format!("{cause}\n{cause:?}\n"));
        next = cause.source();
    }
    text
}

/// A client of the emulator that sees its faults.
pub fn faulty_client_of(emulator: &Emulator) -> Client {
    builder()
        .transport(InProcess(emulator.clone()))
        .build()
        .unwrap()
}

/// A client of the emulator that sees its faults, with a journal that other clients
/// may share.
pub fn client_with(emulator: &Emulator, journal: impl Journal) -> Client {
    builder()
        .transport(InProcess(emulator.clone()))
        .journal(journal)
        .build()
        .unwrap()
}

/// The number of requests with method POST that the emulator has seen.
pub fn posts(emulator: &Emulator) -> usize {
    let requests = emulator.requests();
    requests
        .iter()
        .filter(|seen| seen.method == http::Method::POST)
        .count()
}
