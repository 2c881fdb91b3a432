//! Makes responses from fuzzed bytes, and a client that receives them.

use std::time::Duration;

use bytes::Bytes;
use gorgias::api::calls::ListTickets;
use gorgias::types::TicketList;
use gorgias::{Client, Created, Error, Response as Answer};
use http::{HeaderName, HeaderValue, Response};
use tokio::runtime::{Builder, Runtime};

use crate::client::{KEY, builder, chain, ticket};
use crate::in_process::Answering;

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
}

/// Builds a response, and leaves out headers that are invalid.
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
    builder()
        .attempt_timeout(Duration::from_secs(1))
        .transport(Answering::with(move |_| response.clone()))
        .build()
        .expect("a client")
}

fn wait<T>(call: impl Future<Output = T>) -> T {
    RUNTIME.with(|runtime| runtime.block_on(call))
}

/// Creates a ticket with a client that receives this response.
pub(super) fn create(response: Response<Bytes>) -> Result<Created, Error> {
    let client = client(response);
    let result = wait(client.tickets().create(ticket()).into_future());
    if let Err(error) = &result {
        check(error);
    }
    result
}

/// Lists tickets with a client that receives this response.
pub(super) fn list(response: Response<Bytes>) -> Result<Answer<TicketList>, Error> {
    send(client(response).tickets().list())
}

/// Lists tickets from a cursor on, with a client that receives this response.
pub(super) fn list_from(
    response: Response<Bytes>,
    cursor: &str,
) -> Result<Answer<TicketList>, Error> {
    send(client(response).tickets().list().cursor(cursor))
}

fn send(list: ListTickets) -> Result<Answer<TicketList>, Error> {
    let result = wait(list.send());
    if let Err(error) = &result {
        check(error);
    }
    result
}

/// Returns the number of pages and errors that a list yields if every page request is
/// answered with this response.
pub(super) fn pages(response: Response<Bytes>) -> usize {
    let mut pages = client(response).tickets().list().pages();
    wait(async {
        let mut count = 0;
        while pages.next().await.is_some() {
            count += 1;
        }
        count
    })
}

/// Checks that the text of an error has no line breaks and no escape characters, that
/// its accessors don't panic, and that neither its text nor its body contains the key.
fn check(error: &Error) {
    let told: String = chain(error)
        .map(|error| format!("{error} {error:?}"))
        .collect();
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
