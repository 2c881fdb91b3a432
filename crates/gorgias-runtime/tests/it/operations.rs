//! Operations of every kind other than those of tickets.

use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use gorgias_runtime::support::{
    CallOptions, Connection, Effect, Login, Operation, Reader, Request, Settings, execute,
    read_json, read_nothing,
};
use gorgias_runtime::transport::Body;
use gorgias_runtime::{Error, RateLimit, RetryPolicy};
use http::{HeaderValue, Method};
use serde_json::Value;

/// An operation with a body and an answer.
pub static UPDATE: Operation = Operation::new(
    "update_customer",
    Method::PUT,
    "/api/customers/{id}",
    Effect::Write,
);

/// An operation without a body, and with an empty answer.
pub static DELETE: Operation = Operation::new(
    "delete_view",
    Method::DELETE,
    "/api/views/{id}",
    Effect::Write,
);

/// An operation whose body can be sent once.
pub static UPLOAD: Operation =
    Operation::new("upload_file", Method::POST, "/api/upload", Effect::Write);

/// An idempotent operation.
pub static SET: Operation = Operation::new(
    "set_priority",
    Method::PUT,
    "/api/tickets/{id}/priority",
    Effect::Idempotent,
);

pub const WRITES: [&Operation; 4] = [&UPDATE, &DELETE, &UPLOAD, &SET];

/// Makes a connection that tries twice and doesn't wait in between.
pub fn connection(address: &str) -> Connection {
    let mut settings = Settings::new("acme".to_owned());
    settings.base = Some(gorgias_runtime::support::Base::Checked(format!(
        "http://{address}"
    )));
    settings.login = Some(Login::bearer("a-token".to_owned()));
    settings.retry = RetryPolicy::default()
        .max_attempts(2)
        .base_delay(Duration::ZERO)
        .max_delay(Duration::ZERO);
    settings.rate_limit = RateLimit::off();
    settings.connect().unwrap()
}

/// Calls an operation, and drops the answer.
pub async fn call(connection: &Connection, operation: &'static Operation) -> Result<(), Error> {
    let json = Bytes::from_static(br#"{"name":"Jane"}"#);
    let request = match operation.id() {
        Some("update_customer") => Request::new("/api/customers/7").json(json),
        Some("delete_view") => Request::new("/api/views/7"),
        Some("upload_file") => {
            let pieces = ["some ", "text"].map(|piece| Ok::<_, std::io::Error>(Bytes::from(piece)));
            Request::new("/api/upload").body(
                HeaderValue::from_static("text/plain"),
                Body::stream(9, stream::iter(pieces)),
            )
        }
        _ => Request::new("/api/tickets/7/priority").json(json),
    };
    let options = CallOptions::default();
    let mut limit = options.limit(connection, Duration::ZERO).unwrap();
    let context = options.context(connection, &mut limit);
    let result = if operation.id() == DELETE.id() {
        let nothing: Reader<()> = read_nothing;
        let sent = execute(connection, operation, request, context, nothing);
        sent.await.map(drop)
    } else {
        let value: Reader<Value> = read_json;
        let sent = execute(connection, operation, request, context, value);
        sent.await.map(drop)
    };
    if let Err(error) = &result {
        // No error text has the customer's name.
        assert!(!format!("{error} {error:?}").contains("Jane"));
    }
    result
}
