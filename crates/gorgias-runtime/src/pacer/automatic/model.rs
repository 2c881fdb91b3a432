//! The ways in which the service may count.

/// The documented windows, in seconds.
pub(super) const SHORT: f64 = 10.0;
pub(super) const LONG: f64 = 20.0;

/// How the service is believed to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Model {
    /// Not known yet. The pacer stays within the limit under every way to count.
    Unknown,
    /// A leaky bucket. `Level::rate` is the rate of the leak.
    Leaky,
    /// A window, fixed or sliding, of the long or the short length.
    Window { long: bool },
}

/// Whether a lane sends only spaced requests until the model is known, because
/// it has sent its share of the first burst.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spacing {
    pub interactive: bool,
    pub bulk: bool,
}
