//! The thread that runs the calls of a blocking client.

use std::any::Any;
use std::future::Future;
use std::io;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::mpsc::{self, RecvError};
use std::thread;

use futures_util::FutureExt;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::trace;

/// A tokio runtime on its own thread. The runtime also runs between calls, so
/// that idle connections stay alive and a token refresh can end after its call.
/// The thread ends when the worker is dropped.
#[derive(Debug)]
pub struct Worker {
    handle: Handle,
    /// Ends the thread when it is dropped.
    _stop: oneshot::Sender<()>,
}

impl Worker {
    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// When the system can't create the runtime or start the thread.
    pub fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        thread::Builder::new()
            .name("gorgias".to_owned())
            .spawn(move || {
                // The sender is only ever dropped, so an error is the signal to
                // stop.
                let _ended: Result<(), _> = runtime.block_on(stopped);
            })?;
        Ok(Self {
            handle,
            _stop: stop,
        })
    }

    /// Runs a future on the thread, and waits for its result.
    ///
    /// # Errors
    ///
    /// When the thread ended before the future did.
    ///
    /// # Panics
    ///
    /// When the future panics.
    pub fn run<F>(&self, future: F) -> Result<F::Output, RecvError>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let (done, outcome) = mpsc::sync_channel(1);
        self.handle.spawn(trace::carried(async move {
            let ended: Result<F::Output, Box<dyn Any + Send>> =
                AssertUnwindSafe(future).catch_unwind().await;
            // The receiver still exists, because `run` waits below for this result.
            let _received: Result<(), _> = done.send(ended);
        }));
        match outcome.recv()? {
            Ok(output) => Ok(output),
            Err(panic) => resume_unwind(panic),
        }
    }
}
