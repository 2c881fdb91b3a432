//! The summary of an import.

use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::meter::Meter;
use crate::report::LineOutcome;

/// The documented windows of the rate limit, in seconds: the window of most plans, and the
/// window of enterprise plans.
const LONG: f64 = 20.0;
const SHORT: f64 = 10.0;

/// The summary of an import, which counts its lines by outcome.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// How the import ended.
    pub ended: Ended,
    /// The number of lines of the input that aren't blank. Lines that weren't
    /// read are included if their number is known.
    pub total: u64,
    /// The number of lines that were read.
    pub read: u64,
    /// The number of lines that weren't read. `None` if it isn't known, as for a pipe that
    /// wasn't read to its end.
    pub unread: Option<u64>,
    /// Lines that may be sent. Only in a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid: Option<u64>,
    /// Lines that are not valid, so that an import would not send them. Only in a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invalid: Option<u64>,
    /// Lines with warnings. Only in a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warned: Option<u64>,
    /// Lines whose ticket this run created.
    pub created: u64,
    /// Lines whose ticket existed already.
    pub found: u64,
    /// Lines that were rejected.
    pub rejected: u64,
    /// Lines whose ticket may exist.
    pub in_doubt: u64,
    /// Valid lines that weren't sent.
    pub unsent: u64,
    /// External ids with several tickets. `None` without an audit.
    pub duplicates: Option<u64>,
    /// External ids whose ticket isn't in the list. `None` without an audit.
    pub missing: Option<u64>,
    /// The number of requests.
    pub requests: u64,
    /// Requests that were refused with 429.
    pub rate_limited: u64,
    /// How long the import took, in JSON as seconds.
    #[serde(rename = "elapsed_s", serialize_with = "seconds")]
    pub elapsed: Duration,
    /// The share of the allowed requests that were sent. The service reports its rate limit
    /// without the window. So the window is assumed to be 20 seconds, or 10 if there were
    /// more requests than a window of 20 seconds allows. `None` if the service reported no
    /// limit.
    #[serde(serialize_with = "thousandths")]
    pub utilisation: Option<f64>,
}

fn seconds<S: Serializer>(elapsed: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    rounded(elapsed.as_secs_f64()).serialize(serializer)
}

fn thousandths<S: Serializer>(share: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    share.map(rounded).serialize(serializer)
}

fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

impl Summary {
    /// The summary before the first line.
    pub(crate) fn new() -> Self {
        Self {
            unread: Some(0),
            ..Self::default()
        }
    }

    /// Counts a line.
    pub(crate) fn add(&mut self, outcome: &LineOutcome) {
        let count = match outcome {
            LineOutcome::Created { .. } => &mut self.created,
            LineOutcome::Found { .. } => &mut self.found,
            LineOutcome::Rejected(_) => &mut self.rejected,
            LineOutcome::InDoubt { .. } => &mut self.in_doubt,
            LineOutcome::Unsent => &mut self.unsent,
        };
        *count = count.saturating_add(1);
        self.read = self.read.saturating_add(1);
        self.total = self.read;
    }

    /// Sets the number of requests and the time.
    pub(crate) fn measure(&mut self, meter: &Meter, elapsed: Duration) {
        self.requests = meter.requests();
        self.rate_limited = meter.rate_limited();
        self.elapsed = elapsed;
        let limit = meter.limit().map(|seen| seen.limit());
        self.utilisation = limit.map(|limit| utilisation(self.requests, limit, elapsed));
    }

    /// Sets the number of lines of the input, if it is known.
    pub(crate) fn set_input_lines(&mut self, lines: Option<u64>) {
        self.unread = lines.map(|lines| lines.saturating_sub(self.read));
        self.total = self.read.saturating_add(self.unread.unwrap_or_default());
    }
}

/// How an import ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Ended {
    /// The input was read to its end, and every line has an outcome.
    #[default]
    Complete,
    /// The future of [`Import::stop_on`](crate::Import::stop_on) completed.
    Interrupted,
    /// The service didn't work, or its answers proved nothing, for as long as the import may
    /// wait.
    GaveUp,
    /// The service refuses the credentials, or every line.
    Refused,
    /// The input, the journal, the temporary file, the observer or the settings of the client
    /// failed.
    Failed,
}

fn utilisation(requests: u64, limit: u32, elapsed: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
    let requests = requests as f64;
    let limit = f64::from(limit);
    let share = |window: f64| requests / (limit + elapsed.as_secs_f64() * limit / window);
    match share(LONG) {
        long if long <= 1.0 => long,
        _ => share(SHORT).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utilisation_is_a_share_of_what_there_was_room_for() {
        let hundred = Duration::from_secs(100);
        assert_eq!(utilisation(240, 40, hundred), 1.0);
        assert_eq!(utilisation(120, 40, hundred), 0.5);
        // More than 20 seconds have room for.
        assert_eq!(utilisation(440, 40, hundred), 1.0);
        assert_eq!(utilisation(396, 40, hundred), 0.9);
    }

    #[test]
    fn the_json_has_the_documented_members() {
        let summary = Summary {
            elapsed: Duration::from_micros(1_234_567),
            ..Summary::new()
        };
        let json = serde_json::to_value(summary).unwrap();
        assert_eq!(json["elapsed_s"], 1.235);
        let members: Vec<_> = json.as_object().unwrap().keys().collect();
        assert_eq!(
            members,
            [
                "ended",
                "total",
                "read",
                "unread",
                "created",
                "found",
                "rejected",
                "in_doubt",
                "unsent",
                "duplicates",
                "missing",
                "requests",
                "rate_limited",
                "elapsed_s",
                "utilisation"
            ]
        );
    }
}
