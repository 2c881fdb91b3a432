//! Log events: waits, writes left in doubt, and duplicates.

use std::pin::pin;
use std::time::Duration;

use super::attempt::{delivery_text, error_type};
use crate::error::Error;
use crate::operation::Operation;
use crate::pacer::{Lane, Turn};

/// Waits for a permit, and logs the wait if the permit isn't ready at once.
pub async fn waiting_for_slot<F: Future>(turn: Turn, permit: F) -> F::Output {
    let mut permit = pin!(permit);
    let mut is_logged = false;
    std::future::poll_fn(|context| {
        let poll = permit.as_mut().poll(context);
        if poll.is_pending() && !std::mem::replace(&mut is_logged, true) {
            tracing::debug!(
                target: "gorgias",
                { gorgias.lane = lane(turn.lane) },
                "waiting for the rate limit"
            );
        }
        poll
    })
    .await
}

fn lane(lane: Lane) -> &'static str {
    match lane {
        Lane::Interactive => "interactive",
        _ => "bulk",
    }
}

/// Logs that a call waits for the end of a pause after a 429.
pub fn pausing(wait: Duration) {
    tracing::debug!(
        target: "gorgias",
        { gorgias.wait_ms = millis(wait) },
        "waiting for the end of a pause that the service asked for"
    );
}

/// Logs the wait before a request is sent again.
pub fn resending(wait: Duration, error: &Error, sent: u32) {
    tracing::info!(
        target: "gorgias",
        {
            gorgias.wait_ms = millis(wait),
            gorgias.delivery = delivery_text(error.delivery()),
            "error.type" = %error_type(error.kind(), error.status()),
            http.request.resend_count = sent,
        },
        "waiting to send the request again"
    );
}

/// Logs the wait before a look-up of a creation whose delivery is unknown.
pub fn looking(wait: Duration, looked: u32) {
    tracing::info!(
        target: "gorgias",
        { gorgias.wait_ms = millis(wait), gorgias.look_ups = looked },
        "waiting before a look-up, because the delivery of a write is unknown"
    );
}

/// Logs that the future of a write was dropped after its request may have been
/// sent.
pub fn left_in_doubt(operation: &Operation) {
    tracing::warn!(
        target: "gorgias",
        { gorgias.operation = operation.id(), gorgias.delivery = "unknown" },
        "a write was dropped after its request may have been sent"
    );
}

/// Logs that several resources have the same external id.
pub fn duplicates(first: i64, others: &[i64]) {
    tracing::warn!(
        target: "gorgias",
        { gorgias.resource_id = first, gorgias.duplicates = ?others },
        "several resources have the external id that was looked for"
    );
}

/// Adds this thread's span and subscriber to a future that runs on another
/// thread.
#[cfg(feature = "blocking")]
pub fn carried<F: Future>(future: F) -> impl Future<Output = F::Output> {
    use tracing::instrument::{Instrument, WithSubscriber};

    future.in_current_span().with_current_subscriber()
}

fn millis(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}
