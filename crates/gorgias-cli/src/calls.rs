//! Makes calls of the API, and turns their errors into failures of a command.

use std::sync::{Arc, Mutex};

use gorgias::transport::{Body, Transport, TransportFuture, buffered};
use gorgias::{Client, Error};

use crate::connection::build;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{note, print};
use crate::signals::Stop;

/// Sets a part of a call or a body, if there is a value for it.
pub(crate) fn with<T, V>(whole: T, value: Option<V>, set: impl FnOnce(T, V) -> T) -> T {
    match value {
        Some(value) => set(whole, value),
        None => whole,
    }
}

/// Awaits a call that changes nothing.
pub(crate) async fn read<C, T>(call: C) -> Result<T, Failure>
where
    C: IntoFuture<Output = Result<T, Error>>,
{
    call.await.map_err(Failure::of_read)
}

/// Awaits a call that changes something. If the user interrupts the command, the text
/// of the failure ends with `what`, such as "it may be applied".
pub(crate) async fn interruptible<C, T>(call: C, what: &str) -> Result<Result<T, Error>, Failure>
where
    C: IntoFuture<Output = Result<T, Error>>,
{
    let stop = Stop::listen()?;
    tokio::select! {
        outcome = call.into_future() => Ok(outcome),
        () = stop.wait() => {
            Err(Failure::new(Exit::InDoubt, format!("interrupted; {what}")))
        }
    }
}

/// Awaits a call that changes something, as [`interruptible`] does. If it isn't known
/// whether the call was applied, the failure has the hint `check`, which says how to
/// find out.
pub(crate) async fn send<C, T>(call: C, what: &str, check: &str) -> Result<T, Failure>
where
    C: IntoFuture<Output = Result<T, Error>>,
{
    let outcome = interruptible(call, what).await;
    let outcome = outcome.and_then(|it| it.map_err(Failure::of_write));
    outcome.map_err(|failure| match failure.exit() {
        Exit::InDoubt => failure.hint(check),
        _ => failure,
    })
}

/// Prints the request of a call. A client makes the request and hands it to a transport
/// that keeps it, so that exactly the request that would be sent is printed.
pub(crate) async fn print_request<C, T>(call: impl FnOnce(&Client) -> C) -> Result<(), Failure>
where
    C: IntoFuture<Output = Result<T, Error>>,
{
    let recorder = RequestRecorder::default();
    let client = build(
        Client::builder("acme")
            .bearer("none")
            .transport(recorder.clone()),
    )?;
    let answer = call(&client).await;
    let Some(request) = recorder.take() else {
        // The client found the request invalid, so it sent nothing.
        return answer.map(drop).map_err(Failure::of_write);
    };
    let target = request.uri().path_and_query().map(ToString::to_string);
    note(&format!(
        "{} {}",
        request.method(),
        target.unwrap_or_default()
    ));
    match request.body().is_empty() {
        true => Ok(()),
        false => print([&request.body()[..], b"\n"].concat()),
    }
}

/// A transport that keeps the request in place of sending it.
#[derive(Clone, Default)]
struct RequestRecorder(Arc<Mutex<Option<http::Request<Vec<u8>>>>>);

impl RequestRecorder {
    fn take(&self) -> Option<http::Request<Vec<u8>>> {
        self.0.lock().ok()?.take()
    }
}

impl Transport for RequestRecorder {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async {
            let request = buffered(request).await?;
            if let Ok(mut kept) = self.0.lock() {
                *kept = Some(request.map(Into::into));
            }
            Ok(http::Response::new(Default::default()))
        })
    }
}

// The output of `Debug` omits the body, because it contains texts of customers.
impl std::fmt::Debug for RequestRecorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RequestRecorder")
    }
}
