//! Fuzz targets for responses of a hostile service.

use gorgias::Delivery;
use serde_json::{Value, json};

use super::input::{create, list, response};

const JSON: (&[u8], &[u8]) = (b"content-type", b"application/json");

/// Creates a ticket, and lists tickets, with a success and any body. An id in the body
/// proves that the ticket exists; a complete JSON body without an id proves nothing.
pub(super) fn ticket(data: &[u8]) {
    let result = create(response(1, [JSON], data));
    let read = serde_json::from_slice::<Value>(data).ok();
    if let Err(error) = &result {
        match error.delivery() {
            Delivery::Applied => assert!(error.resource_id().is_some() || read.is_none()),
            delivery => assert_eq!((delivery, error.resource_id()), (Delivery::Unknown, None)),
        }
    }
    let id = read.as_ref().and_then(|ticket| ticket.get("id")?.as_i64());
    if let Some(id) = id {
        let known = match &result {
            Ok(created) => Some(created.ticket.id),
            Err(error) => error.resource_id(),
        };
        assert_eq!(known, Some(id));
    }
    if let Ok(created) = result {
        let _ = format!("{:?}", created.ticket);
    }
    let _ = list(response(0, [JSON], data));
}

/// Reads a ticket that has any text in place of its times.
pub(super) fn datetime(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let ticket =
        json!({"id": 7, "created_datetime": text, "messages": [{"id": 1, "sent_datetime": text}]});
    let created = create(response(1, [JSON], ticket.to_string().as_bytes()));
    assert_eq!(created.expect("a ticket").ticket.id, 7);
}

/// Reads an error response with any error status and any body.
pub(super) fn error_body(data: &[u8]) {
    let (status, body) = split(data);
    let status = 100 + status % 300;
    let error = create(response(status, [JSON], body)).expect_err("no success");
    assert_ne!(error.delivery(), Delivery::Applied);
}

/// Reads a response with any values of the headers that the client reads.
pub(super) fn headers(data: &[u8]) {
    const READ: [&[u8]; 8] = [
        b"retry-after",
        b"x-gorgias-account-api-call-limit",
        b"x-request-id",
        b"content-type",
        b"content-encoding",
        b"location",
        b"date",
        b"transfer-encoding",
    ];
    let (status, rest) = split(data);
    let values = rest.split(|byte| *byte == b'\n');
    let headers = READ.into_iter().cycle().zip(values.take(16));
    let _ = create(response(status, headers, br#"{"id": 7}"#));
}

/// Parses a status, lines of headers and, after a NUL, a body.
fn parse(data: &[u8]) -> http::Response<bytes::Bytes> {
    let (status, rest) = split(data);
    let mut parts = rest.splitn(2, |byte| *byte == 0);
    let head = parts.next().unwrap_or_default();
    let body = parts.next().unwrap_or_default();
    let headers = head
        .split(|byte| *byte == b'\n')
        .take(32)
        .filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            Some((&line[..colon], line[colon + 1..].trim_ascii()))
        });
    response(status, headers, body)
}

/// Reads a response with any status, headers and body.
pub(super) fn whole(data: &[u8]) {
    let response = parse(data);
    let _ = list(response.clone());
    let _ = create(response);
}

/// Splits off the first two bytes as a number.
fn split(data: &[u8]) -> (u16, &[u8]) {
    match data {
        [first, second, rest @ ..] => (u16::from_be_bytes([*first, *second]), rest),
        _ => (0, data),
    }
}
