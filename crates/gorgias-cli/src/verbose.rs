//! The log of `-v`: requests, waits and retries, without bodies.

use std::io;

use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts to log to standard error.
pub(crate) fn begin() {
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(false)
        .with_target(false)
        .without_time()
        .with_span_events(FmtSpan::CLOSE);
    let ours = Targets::new().with_target("gorgias", tracing::Level::DEBUG);
    // This fails only if a subscriber is set already, and none is.
    let _ = tracing_subscriber::registry()
        .with(lines)
        .with(ours)
        .try_init();
}
