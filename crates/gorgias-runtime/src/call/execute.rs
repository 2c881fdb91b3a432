//! Runs the call of any operation. Every request to the service goes through
//! this file, and on to `run.rs`.

use bytes::Bytes;

use super::run::{Attempts, OnSuccess};
use super::{Context, Request};
use crate::connection::Connection;
use crate::error::Error;
use crate::operation::Operation;
use crate::response::{Metadata, Response, Unreadable};

/// Reads a value from the answer to an operation that succeeded.
pub type Reader<T> = fn(&http::Response<Bytes>) -> Result<Box<T>, Unreadable>;

/// Sends the request of an operation, repeats it where that is safe, and reads
/// the answer. The context sets the time limit and the retries.
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
    context: Context<'_>,
    read: Reader<T>,
) -> Result<Response<T>, Error> {
    let mut value = None;
    let mut on_success =
        |response: &http::Response<Bytes>| read(response).map(|read| value = Some(read));
    let metadata = run(connection, operation, request, context, &mut on_success).await?;
    // A call succeeds only after a value was read.
    let value = value.ok_or_else(|| Error::unexpected("the answer was not read"))?;
    Ok(Response::new(value, metadata))
}

/// The part of a call that isn't compiled anew for each type of value.
async fn run(
    connection: &Connection,
    operation: &Operation,
    request: Request,
    context: Context<'_>,
    on_success: &mut OnSuccess<'_>,
) -> Result<Metadata, Error> {
    let of_operation = |error: Error| error.of(operation);
    let (head, body) = request
        .addressed(|target| connection.uri(target))
        .map_err(|invalid| of_operation(Error::unbuildable(invalid)))?;
    let mut attempts = Attempts::new(connection, operation, head, context);
    attempts.run(body, on_success).await.map_err(of_operation)
}
