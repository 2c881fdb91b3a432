//! Runs the call of any operation. Every request to the service goes through
//! this file, and on to `run.rs`.

use std::time::Duration;

use bytes::Bytes;

use super::run::{Call, Keep};
use super::{Context, Request};
use crate::connection::Connection;
use crate::error::Error;
use crate::operation::Operation;
use crate::response::{Metadata, Response, Unreadable};

/// Reads a value from the success of an operation.
pub type Reader<T> = fn(&http::Response<Bytes>) -> Result<Box<T>, Unreadable>;

/// Sends the request of an operation, repeats it where that is safe, and reads
/// the answer. The request's options set the time limit and the retries.
///
/// # Errors
///
/// See [`Error`]. [`Error::delivery`] says what became of the request.
///
/// # Cancel safety
///
/// Not cancel safe for a write: when its future is dropped after the request
/// was sent, the write may or may not have been applied. A read can be dropped
/// at any time.
pub async fn execute<T: Send>(
    connection: &Connection,
    operation: &Operation,
    request: Request,
    read: Reader<T>,
) -> Result<Response<T>, Error> {
    let mut value = None;
    let mut keep = keep(&mut value, read);
    let metadata = with_options(connection, operation, request, &mut keep).await;
    drop(keep);
    answer(metadata, value)
}

/// Does what [`execute`] does, with the limits of a context in place of the
/// request's options.
///
/// # Errors
///
/// As [`execute`].
pub async fn execute_within<T: Send>(
    connection: &Connection,
    operation: &Operation,
    request: Request,
    context: Context<'_>,
    read: Reader<T>,
) -> Result<Response<T>, Error> {
    let mut value = None;
    let mut keep = keep(&mut value, read);
    let metadata = within(connection, operation, request, context, &mut keep).await;
    drop(keep);
    answer(metadata, value)
}

// `keep` and `answer` are the only parts of a call that are compiled anew for
// each type of value, beside the thin functions that use them.

/// Returns a function that reads a value and stores it.
pub(super) fn keep<T: Send>(
    value: &mut Option<Box<T>>,
    read: Reader<T>,
) -> impl FnMut(&http::Response<Bytes>) -> Result<(), Unreadable> + Send {
    move |response| {
        *value = Some(read(response)?);
        Ok(())
    }
}

/// Returns the stored value of a call that succeeded.
pub(super) fn answer<T>(
    metadata: Result<Metadata, Error>,
    value: Option<Box<T>>,
) -> Result<Response<T>, Error> {
    let metadata = metadata?;
    // A call succeeds only after a value was kept.
    let value = value.ok_or_else(not_read)?;
    Ok(Response::new(value, metadata))
}

fn not_read() -> Error {
    Error::unexpected("the answer was not read")
}

/// Runs the call of a request with the limits that its options set.
pub(super) async fn with_options(
    connection: &Connection,
    operation: &Operation,
    mut request: Request,
    keep: &mut Keep<'_>,
) -> Result<Metadata, Error> {
    let options = std::mem::take(&mut request.options);
    let mut limit = options.limit(connection, Duration::ZERO)?;
    let context = Context {
        limit: &mut limit,
        turn: options.turn(),
        retry: options.retry(connection),
        sent_before: 0,
        hook: None,
    };
    within(connection, operation, request, context, keep).await
}

async fn within(
    connection: &Connection,
    operation: &Operation,
    request: Request,
    context: Context<'_>,
    keep: &mut Keep<'_>,
) -> Result<Metadata, Error> {
    let of_operation = |error: Error| error.of(operation.id(), operation.effect());
    let (head, body) = request
        .addressed(|target| connection.uri(target))
        .map_err(|invalid| of_operation(Error::unbuildable(invalid)))?;
    let mut call = Call::new(connection, operation, head, context);
    call.run(body, keep).await.map_err(of_operation)
}
