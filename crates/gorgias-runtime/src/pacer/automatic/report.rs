//! The newest report of the service on the use of the limit.

use super::log::Sent;

/// Requests whose slots are granted within this time, in seconds, may be sent in
/// any order.
pub(super) const REORDER_SPAN: f64 = 0.05;

/// The report in the answer to the request that was sent last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    pub number: u64,
    /// When the request was sent, and when its answer came.
    pub sent_at: f64,
    pub at: f64,
    /// The requests used, the answered request included.
    pub used: f64,
    /// The highest use in this report and in those reports whose requests may
    /// have arrived in another order than they were sent. `peak_sent_at` is when
    /// the request with the highest use was sent.
    pub peak: f64,
    peak_sent_at: f64,
    /// The requests used beyond our own in the long window.
    pub used_by_others: f64,
}

impl Report {
    /// Combines an answer with the newest report. `spread` is the most by which
    /// travel times differ, in seconds.
    pub fn join(
        known: Option<Self>,
        number: u64,
        sent: Sent,
        used: f64,
        spread: f64,
        now: f64,
    ) -> Self {
        let reordered = |other: f64| (sent.at - other).abs() <= spread + REORDER_SPAN;
        let mut joined = Self {
            number,
            sent_at: sent.at,
            at: now,
            used,
            peak: used,
            peak_sent_at: sent.at,
            used_by_others: (used - f64::from(sent.long) - 1.0).max(0.0),
        };
        let Some(known) = known else { return joined };
        if number < known.number {
            joined = known;
            joined.raise(used, sent.at, reordered(known.sent_at));
        } else {
            joined.raise(
                known.peak,
                known.peak_sent_at,
                reordered(known.peak_sent_at),
            );
            joined.raise(known.used, known.sent_at, reordered(known.sent_at));
        }
        joined
    }

    fn raise(&mut self, used: f64, sent_at: f64, reordered: bool) {
        if reordered && used > self.peak {
            self.peak = used;
            self.peak_sent_at = sent_at;
        }
    }
}
