//! Signals that ask the process to stop.

use crate::failure::Failure;

/// Listens for requests to stop: Ctrl-C, and on Unix SIGTERM. From then on these signals
/// don't end the process by themselves; on Unix, this is so even after the `Stop` is
/// dropped.
pub(crate) struct Stop(imp::Signals);

impl Stop {
    /// Starts listening, so that no signal before [`wait`](Self::wait) is missed.
    pub(crate) fn listen() -> Result<Self, Failure> {
        Self::new(false)
    }

    /// Also listens for SIGHUP, for a command that ends in an orderly way when
    /// its terminal is closed. This needs Linux, where the system says whether the
    /// process started with SIGHUP ignored, as under `nohup`. Then it stays ignored.
    pub(crate) fn listen_for_hangup_too() -> Result<Self, Failure> {
        Self::new(true)
    }

    fn new(with_hangup: bool) -> Result<Self, Failure> {
        let signals = imp::Signals::listen(with_hangup);
        signals
            .map(Self)
            .map_err(|error| Failure::unexpected(format!("signals can't be caught: {error}")))
    }

    /// Resolves once the process was asked to stop.
    pub(crate) async fn wait(mut self) {
        self.0.wait().await;
    }

    /// Resolves once the process was asked to stop twice. SIGHUP counts only
    /// as the first request, because a terminal that is closed may send several.
    pub(crate) async fn wait_twice(mut self) {
        self.0.wait().await;
        self.0.ignore_hangup();
        self.0.wait().await;
    }
}

#[cfg(unix)]
mod imp {
    use std::io;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    pub(super) struct Signals {
        interrupt: Signal,
        terminate: Signal,
        hangup: Option<Signal>,
    }

    impl Signals {
        pub(super) fn listen(with_hangup: bool) -> io::Result<Self> {
            // If the system doesn't say whether SIGHUP is ignored, the signal keeps its
            // effect.
            let hangup = match with_hangup && hangup_is_ignored() == Some(false) {
                true => Some(signal(SignalKind::hangup())?),
                false => None,
            };
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
                hangup,
            })
        }

        pub(super) async fn wait(&mut self) {
            let hangup = async {
                match &mut self.hangup {
                    Some(hangup) => hangup.recv().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                _ = self.interrupt.recv() => {}
                _ = self.terminate.recv() => {}
                _ = hangup => {}
            }
        }

        pub(super) fn ignore_hangup(&mut self) {
            self.hangup = None;
        }
    }

    /// Whether SIGHUP was ignored when the process started. `None` where the system
    /// doesn't say. The first answer is kept, because listening changes the next.
    fn hangup_is_ignored() -> Option<bool> {
        static IGNORED: std::sync::OnceLock<Option<bool>> = std::sync::OnceLock::new();
        *IGNORED.get_or_init(|| {
            let status = std::fs::read_to_string("/proc/self/status").ok()?;
            is_ignored(&status, SignalKind::hangup().as_raw_value())
        })
    }

    /// Whether a signal is in the mask of ignored signals, which `status` has in
    /// hexadecimal digits.
    fn is_ignored(status: &str, signal: i32) -> Option<bool> {
        let mask = status
            .lines()
            .find_map(|line| line.strip_prefix("SigIgn:"))?;
        let mask = u64::from_str_radix(mask.trim(), 16).ok()?;
        let bit = u32::try_from(signal.checked_sub(1)?).ok()?;
        Some(mask.checked_shr(bit)? & 1 == 1)
    }

    #[cfg(test)]
    mod tests {
        use super::is_ignored;

        #[test]
        fn the_mask_tells_what_is_ignored() {
            let status = |mask| format!("Name:\tgorgias\nSigIgn:\t{mask}\nSigCgt:\t0\n");
            assert_eq!(is_ignored(&status("0000000000000001"), 1), Some(true));
            assert_eq!(is_ignored(&status("0000000000001000"), 1), Some(false));
            assert_eq!(is_ignored(&status("0000000000004000"), 15), Some(true));
            assert_eq!(is_ignored("Name:\tgorgias\n", 1), None);
            assert_eq!(is_ignored(&status("none"), 1), None);
        }
    }
}

#[cfg(not(unix))]
mod imp {
    use std::io;

    use tokio::signal::windows::{CtrlC, ctrl_c};

    pub(super) struct Signals(CtrlC);

    impl Signals {
        pub(super) fn listen(_with_hangup: bool) -> io::Result<Self> {
            ctrl_c().map(Self)
        }

        pub(super) async fn wait(&mut self) {
            self.0.recv().await;
        }

        pub(super) fn ignore_hangup(&mut self) {}
    }
}
