//! What can be believed of the limiter.

/// The documented windows, in seconds.
pub(super) const SHORT: f64 = 10.0;
pub(super) const LONG: f64 = 20.0;

/// What is believed of the limiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Model {
    /// Not known: stay within what every limiter allows.
    Unknown,
    /// A bucket that leaks at the rate of the level.
    Leaky,
    /// A window, fixed or sliding, of the long or the short length.
    Window { long: bool },
}

/// Whether a lane has sent at once what it may, before the model is known. Only
/// spaced requests can tell the limiters apart from then on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Holding {
    pub interactive: bool,
    pub bulk: bool,
}
