//! Being asked to stop.

use crate::exit::Exit;
use crate::failure::Failure;

/// Listens for requests to stop: Ctrl-C, and on Unix SIGTERM. While it lives,
/// they no longer end the process by themselves.
pub(crate) struct Stop(imp::Signals);

impl Stop {
    /// Starts listening, so that nothing is missed before [`wait`](Self::wait).
    pub(crate) fn listen() -> Result<Self, Failure> {
        imp::listen().map(Self).map_err(|error| {
            Failure::new(
                Exit::Unexpected,
                format!("signals can't be caught: {error}"),
            )
        })
    }

    /// Resolves once the process was asked to stop.
    pub(crate) async fn wait(mut self) {
        imp::wait(&mut self.0).await;
    }

    /// Resolves once it was asked to stop again.
    pub(crate) async fn wait_twice(mut self) {
        imp::wait(&mut self.0).await;
        imp::wait(&mut self.0).await;
    }
}

#[cfg(unix)]
mod imp {
    use std::io;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    pub(super) type Signals = [Signal; 2];

    pub(super) fn listen() -> io::Result<Signals> {
        Ok([
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
        ])
    }

    pub(super) async fn wait([interrupt, terminate]: &mut Signals) {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
mod imp {
    use std::io;

    use tokio::signal::windows::{CtrlC, ctrl_c};

    pub(super) type Signals = CtrlC;

    pub(super) fn listen() -> io::Result<Signals> {
        ctrl_c()
    }

    pub(super) async fn wait(signals: &mut Signals) {
        signals.recv().await;
    }
}
