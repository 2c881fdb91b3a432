//! A fault of the catalogue with a user's settings, such as delays.

use std::time::Duration;
use std::{fmt, io};

use ::http::HeaderValue;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use super::catalogue::find;
use super::connect::{Connect, blackhole};
use super::info::{Action, Applied, FaultInfo};

/// The id of a rule, to remove it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaultId(pub(crate) u64);

/// A fault of the [`catalogue`](super::catalogue), or none, with settings such
/// as delays.
///
/// ```
/// use std::time::Duration;
/// use gorgias_emulator::{Applied, Fault};
///
/// // The answer is lost, and the ticket appears five seconds later.
/// let late = Fault::named("F7")?.applied(Applied::After(Duration::from_secs(5)));
/// // No fault, but the list doesn't show the ticket for a while.
/// let hidden = Fault::none().visibility_lag(Duration::from_secs(20));
/// # let _ = (late, hidden);
/// # Ok::<(), gorgias_emulator::UnknownFault>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Fault {
    pub(super) info: Option<&'static FaultInfo>,
    pub(super) applied: Option<Applied>,
    pub(super) latency: Duration,
    pub(super) response_latency: Duration,
    pub(super) visibility_lag: Duration,
    pub(super) twice: bool,
    pub(super) hold: Option<Duration>,
    pub(super) retry_after: Option<HeaderValue>,
    /// The rule that the fault belongs to.
    pub(super) rule: Option<FaultId>,
}

/// The error for a name that no fault has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFault(pub(super) String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "there is no fault {:?}", self.0)
    }
}

impl std::error::Error for UnknownFault {}

impl Fault {
    /// Finds a fault by id or name, ignoring case.
    ///
    /// # Errors
    ///
    /// When the catalogue has no such fault.
    pub fn named(name: &str) -> Result<Self, UnknownFault> {
        let info = find(name).ok_or_else(|| UnknownFault(name.to_owned()))?;
        Ok(Self {
            info: Some(info),
            ..Self::default()
        })
    }

    /// Makes settings without a fault of the catalogue, for example to delay an answer.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The fault's entry in the catalogue.
    pub fn info(&self) -> Option<&'static FaultInfo> {
        self.info
    }

    /// Sets whether and when the request is applied. This has an effect only if the fault
    /// is ambiguous, see [`FaultInfo::is_ambiguous`]. An invalid or unauthenticated
    /// request is never applied. With [`Fault::none`] a request is always applied at
    /// once.
    #[must_use]
    pub fn applied(mut self, applied: Applied) -> Self {
        self.applied = Some(applied);
        self
    }

    /// Sets the time until the request arrives.
    #[must_use]
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Sets the time until the answer arrives.
    #[must_use]
    pub fn response_latency(mut self, latency: Duration) -> Self {
        self.response_latency = latency;
        self
    }

    /// Sets the time from the creation of a ticket or message until lists show it. The
    /// ticket or message can be read by its id at once.
    #[must_use]
    pub fn visibility_lag(mut self, lag: Duration) -> Self {
        self.visibility_lag = lag;
        self
    }

    /// Delivers the request twice, so that it is applied twice.
    #[must_use]
    pub fn delivered_twice(mut self) -> Self {
        self.twice = true;
        self
    }

    /// Sets how long a stall lasts before the connection is closed, by default a minute;
    /// for `F1` and `F2` how long the port is closed, by default 200 ms; for `F3` how
    /// long the queue of the port is full, by default a minute; for `F13` how late the
    /// answer is, by default a second.
    #[must_use]
    pub fn hold(mut self, hold: Duration) -> Self {
        self.hold = Some(hold);
        self
    }

    /// Sets the value of `Retry-After`, instead of the fault's own.
    #[must_use]
    pub fn retry_after(mut self, value: HeaderValue) -> Self {
        self.retry_after = Some(value);
        self
    }

    pub(super) fn hold_time(&self) -> Duration {
        let default = match self.info.map(|info| info.action) {
            None => Duration::ZERO,
            Some(Action::Slow) => Duration::from_secs(1),
            Some(Action::Connect(Connect::Refuse)) => Duration::from_millis(200),
            Some(_) => Duration::from_secs(60),
        };
        self.hold.unwrap_or(default)
    }

    /// Whether and when the request is applied.
    pub(super) fn outcome(&self) -> Applied {
        match self.info {
            Some(info) if info.is_ambiguous => self.applied.unwrap_or(info.applied),
            Some(info) => info.applied,
            None => Applied::AtOnce,
        }
    }

    fn connect(&self) -> Option<Connect> {
        match self.info?.action {
            Action::Connect(connect) => Some(connect),
            _ => None,
        }
    }

    /// Runs the fault on an accepted connection.
    pub(crate) async fn run_on(self, stream: TcpStream) -> io::Result<()> {
        sleep(self.latency).await;
        match self.connect() {
            Some(connect) => connect.run(stream, self.hold_time()).await,
            None => Ok(()),
        }
    }

    /// Runs the fault on a port, and returns a listener that works again.
    pub(crate) async fn run_at_port(self, listener: TcpListener) -> io::Result<TcpListener> {
        let address = listener.local_addr()?;
        drop(listener);
        match self.connect() {
            Some(Connect::Blackhole) => blackhole(address, self.hold_time()).await?,
            _ => sleep(self.hold_time()).await,
        }
        TcpListener::bind(address).await
    }
}
