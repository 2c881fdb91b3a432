//! Calls that change something.

use std::sync::{Arc, Mutex};

use gorgias::transport::{Body, Transport, TransportFuture, buffered};
use gorgias::{Client, Error};
use http::Method;

use crate::connection::build;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{print, tell};
use crate::signals::Stop;

/// Awaits a call. To be interrupted on the way leaves open whether it was applied,
/// and whoever interrupts should know.
pub(crate) async fn send<C, T>(call: C, check: &str) -> Result<T, Failure>
where
    C: IntoFuture<Output = Result<T, Error>>,
{
    let stop = Stop::listen()?;
    let outcome = tokio::select! {
        outcome = call.into_future() => outcome.map_err(|error| Failure::of_write(&error)),
        () = stop.wait() => Err(Failure::new(Exit::InDoubt, "interrupted; it may be applied")),
    };
    outcome.map_err(|failure| match failure.exit() {
        Exit::InDoubt => failure.hint(check),
        _ => failure,
    })
}

/// Makes a call without a network, so that nothing is printed that would not be
/// sent.
pub(crate) async fn print_request<C, T>(call: impl FnOnce(&Client) -> C) -> Result<(), Failure>
where
    C: IntoFuture<Output = Result<T, Error>>,
{
    let nowhere = Nowhere::default();
    let client = build(
        Client::builder("acme")
            .bearer("none")
            .transport(nowhere.clone()),
    )?;
    let answer = call(&client).await;
    let Some(request) = nowhere.taken() else {
        // It was not valid.
        return answer.map(drop).map_err(|error| Failure::of_write(&error));
    };
    tell(&format!("{} {}", request.method, request.target));
    match request.body.is_empty() {
        true => Ok(()),
        false => print([&request.body[..], b"\n"].concat()),
    }
}

/// Keeps a request in place of sending it.
#[derive(Clone, Debug, Default)]
struct Nowhere(Arc<Mutex<Option<Kept>>>);

struct Kept {
    method: Method,
    target: String,
    body: Vec<u8>,
}

impl Nowhere {
    fn taken(&self) -> Option<Kept> {
        self.0.lock().ok()?.take()
    }
}

impl Transport for Nowhere {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async {
            let request = buffered(request).await?;
            let target = request.uri().path_and_query().map(ToString::to_string);
            if let Ok(mut kept) = self.0.lock() {
                *kept = Some(Kept {
                    method: request.method().clone(),
                    target: target.unwrap_or_default(),
                    body: request.into_body().into(),
                });
            }
            Ok(http::Response::new(Default::default()))
        })
    }
}

// A body holds what customers wrote.
impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").finish_non_exhaustive()
    }
}
