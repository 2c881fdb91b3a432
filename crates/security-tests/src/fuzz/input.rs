//! From bytes to responses, and a client that gets them.

use std::time::Duration;

use bytes::Bytes;
use gorgias::{Client, Created, Error, NewTicket, Page, RateLimit, RetryPolicy};
use http::{HeaderName, HeaderValue, Response};
use tokio::runtime::{Builder, Runtime};

use crate::in_process::Answering;

/// What a hostile service must never get repeated.
pub(super) const KEY: &str = "a-key-that-is-never-shown";

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
}

/// Builds a response as far as the parts allow.
pub(super) fn response<'a>(
    status: u16,
    headers: impl IntoIterator<Item = (&'a [u8], &'a [u8])>,
    body: &[u8],
) -> Response<Bytes> {
    let mut response = Response::new(Bytes::copy_from_slice(body));
    // A transport never delivers an informational status as the answer.
    let status = 200 + status % 400;
    *response.status_mut() = status.try_into().expect("a status below 600");
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name), HeaderValue::from_bytes(value))
        {
            response.headers_mut().append(name, value);
        }
    }
    response
}

fn client(response: Response<Bytes>) -> Client {
    Client::builder("acme")
        .api_key("agent@acme.example", KEY)
        .retry(RetryPolicy::none())
        .rate_limit(RateLimit::off())
        .attempt_timeout(Duration::from_secs(1))
        .transport(Answering::with(move |_| response.clone()))
        .build()
        .expect("a client")
}

/// Creates a ticket and gets this answer.
pub(super) fn create(response: Response<Bytes>) -> Result<Created, Error> {
    let client = client(response);
    let ticket = NewTicket::from_customer("jane@example.com").text("Hello.");
    let result =
        RUNTIME.with(|runtime| runtime.block_on(async { client.tickets().create(ticket).await }));
    if let Err(error) = &result {
        check(error);
    }
    result
}

/// Lists tickets and gets this answer.
pub(super) fn list(response: Response<Bytes>) -> Result<Page, Error> {
    let client = client(response);
    let result =
        RUNTIME.with(|runtime| runtime.block_on(async { client.tickets().list().page().await }));
    if let Err(error) = &result {
        check(error);
    }
    result
}

/// Whatever came, an error can be printed and asked, and repeats no key.
fn check(error: &Error) {
    let mut told = format!("{error} {error:?}");
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        told.push_str(&format!("{cause} {cause:?}"));
        next = cause.source();
    }
    assert!(!told.contains(KEY), "the key is shown");
    assert!(!told.contains(['\n', '\r', '\u{1b}']), "more than one line");
    assert!(
        error
            .retry_after()
            .is_none_or(|wait| wait.as_secs() <= 366 * 86_400)
    );
    let _ = (
        error.field_errors(),
        error.rate_limit(),
        error.resource_id(),
    );
    let body = error.body().unwrap_or_default();
    assert!(!body.windows(KEY.len()).any(|part| part == KEY.as_bytes()));
}
