//! Tests with a service that repeats the request in every part of its answer.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bytes::Bytes;
use gorgias::{Error, RetryPolicy};
use http::{HeaderValue, Request, Response};
use security_tests::capture::Capture;
use security_tests::in_process::Answering;
use serde_json::json;
use tracing::level_filters::LevelFilter;

use crate::scenario::{LOGINS, Scenario, add};

const STATUSES: [u16; 17] = [
    200, 201, 202, 302, 307, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503,
];

/// The forms in which the service may repeat the credentials.
fn echoes(request: &Request<Bytes>) -> Vec<String> {
    let header = request.headers()["authorization"]
        .to_str()
        .unwrap()
        .to_owned();
    let (scheme, value) = header.split_once(' ').unwrap();
    let mut plain = value.to_owned();
    let mut echoes = vec![header.clone(), value.to_owned(), value.to_ascii_lowercase()];
    if scheme == "Basic" {
        let pair = String::from_utf8(STANDARD.decode(value).unwrap()).unwrap();
        plain = pair.split_once(':').unwrap().1.to_owned();
        echoes.push(pair);
    }
    echoes.push(STANDARD_NO_PAD.encode(&plain));
    echoes.push(json!({"quoted": plain}).to_string());
    echoes.push(plain);
    echoes
}

fn answer(request: &Request<Bytes>, status: u16, which: usize, shape: usize) -> Response<Bytes> {
    let echoes = echoes(request);
    let echo = &echoes[which % echoes.len()];
    let body = match shape {
        0 => json!({"error": {"msg": echo, "data": {echo: [echo]}}}).to_string(),
        1 => format!("<html><body>{echo}</body></html>"),
        2 => json!({"id": echo, "subject": echo, "external_id": echo}).to_string(),
        _ => String::new(),
    };
    let mut response = Response::builder()
        .status(status)
        .header("content-type", ["application/json", "text/html"][shape % 2]);
    for name in [
        "x-request-id",
        "location",
        "retry-after",
        "x-debug",
        "content-encoding",
    ] {
        let value = match name {
            "location" => format!("https://{echo}.example/{echo}"),
            _ => echo.clone(),
        };
        if let Ok(value) = HeaderValue::try_from(value) {
            response = response.header(name, value);
        }
    }
    response.body(Bytes::from(body)).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_service_that_echoes_the_credentials_is_not_repeated() {
    for login in LOGINS {
        for status in STATUSES {
            for which in 0..7 {
                for shape in 0..4 {
                    let scenario = Scenario::new();
                    let out = Capture::start(LevelFilter::TRACE);
                    let transport =
                        Answering::with(move |request| answer(&request, status, which, shape));
                    let client = scenario
                        .builder(login)
                        .retry(RetryPolicy::none())
                        .transport(transport)
                        .build()
                        .unwrap();
                    match client.tickets().create(scenario.ticket.clone()).await {
                        Ok(created) => out.add_debug(&created),
                        Err(error) => {
                            add(&out, &error);
                            add_what_is_asked_for(&out, &error);
                        }
                    }
                    let found = scenario.canaries.found_in(out.text().as_bytes());
                    assert!(
                        found.is_empty(),
                        "{login:?} {status} {which} {shape}: {found:?}\n{}",
                        out.text()
                    );
                }
            }
        }
    }
}

/// Adds the values of an error's accessors, which may repeat the request but no
/// credential.
fn add_what_is_asked_for(out: &security_tests::capture::Capturing, error: &Error) {
    out.add(String::from_utf8_lossy(error.body().unwrap_or_default()));
    out.add_debug(&error.headers());
    out.add_debug(&error.service_message());
    for field in error.field_errors() {
        out.add(field.to_string());
    }
}
