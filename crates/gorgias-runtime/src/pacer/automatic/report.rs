//! What the service last said of the limit.

use super::log::Sent;

/// Requests let through this close together may leave in any order.
pub(super) const BLUR: f64 = 0.05;

/// The newest report, in the order of sending.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    pub number: u64,
    /// When its request was sent, and when its answer came.
    pub sent_at: f64,
    pub at: f64,
    /// Requests used, this one included.
    pub used: f64,
    /// The most reported by it and by those it may have overtaken, and when the
    /// request of that report was sent.
    pub peak: f64,
    peak_sent_at: f64,
    /// Used beyond the own sends of the long window.
    pub beyond: f64,
}

impl Report {
    /// Joins an answer to what was known. `spread` says how unevenly requests travel.
    pub fn join(
        known: Option<Self>,
        number: u64,
        sent: Sent,
        used: f64,
        spread: f64,
        now: f64,
    ) -> Self {
        let blurred = |other: f64| (sent.at - other).abs() <= spread + BLUR;
        let mut joined = Self {
            number,
            sent_at: sent.at,
            at: now,
            used,
            peak: used,
            peak_sent_at: sent.at,
            beyond: (used - f64::from(sent.long) - 1.0).max(0.0),
        };
        let Some(known) = known else { return joined };
        if number < known.number {
            joined = known;
            joined.raise(used, sent.at, blurred(known.sent_at));
        } else {
            joined.raise(known.peak, known.peak_sent_at, blurred(known.peak_sent_at));
            joined.raise(known.used, known.sent_at, blurred(known.sent_at));
        }
        joined
    }

    fn raise(&mut self, used: f64, sent_at: f64, blurred: bool) {
        if blurred && used > self.peak {
            self.peak = used;
            self.peak_sent_at = sent_at;
        }
    }
}
