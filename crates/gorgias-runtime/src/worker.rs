//! The thread that calls run on.

use std::any::Any;
use std::future::Future;
use std::io;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::mpsc;
use std::thread;

use futures_util::FutureExt;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::trace;

/// A runtime on a thread of its own, which keeps connections alive and
/// refreshes tokens between calls. It ends when this is dropped.
#[derive(Debug)]
pub struct Worker {
    handle: Handle,
    /// Dropped, it ends the thread.
    _stop: oneshot::Sender<()>,
}

/// The thread ended before the future did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone;

impl Worker {
    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// When the system has no more of them.
    pub fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        thread::Builder::new()
            .name("gorgias".to_owned())
            .spawn(move || {
                // An error is the sender's end, which is the signal.
                let _ended: Result<(), _> = runtime.block_on(stopped);
            })?;
        Ok(Self {
            handle,
            _stop: stop,
        })
    }

    /// Runs a future there, and waits for it.
    ///
    /// # Errors
    ///
    /// When the thread ended before the future did.
    ///
    /// # Panics
    ///
    /// When the future does.
    pub fn run<F>(&self, future: F) -> Result<F::Output, Gone>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let (done, outcome) = mpsc::sync_channel(1);
        self.handle.spawn(trace::carried(async move {
            let ended: Result<F::Output, Box<dyn Any + Send>> =
                AssertUnwindSafe(future).catch_unwind().await;
            // Whoever asked waits for it.
            let _received: Result<(), _> = done.send(ended);
        }));
        match outcome.recv() {
            Ok(Ok(output)) => Ok(output),
            Ok(Err(panic)) => resume_unwind(panic),
            Err(mpsc::RecvError) => Err(Gone),
        }
    }
}
