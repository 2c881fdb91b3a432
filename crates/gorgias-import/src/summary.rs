//! What an import came to.

use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::counts::Counts;
use crate::meter::Meter;

/// The windows that are documented for the rate limit, in seconds: of most
/// plans, and of those for enterprises.
const LONG: f64 = 20.0;
const SHORT: f64 = 10.0;

/// What an import came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// How it ended.
    pub ended: Ended,
    /// The lines of the input, blank ones left out: those that were read, and
    /// those that weren't as far as they are known.
    pub total: u64,
    /// The lines that were read.
    pub read: u64,
    /// The lines that weren't read. None if that isn't known, as of a pipe that
    /// an import didn't read to its end.
    pub unread: Option<u64>,
    /// Lines that may be sent. Only of a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid: Option<u64>,
    /// Lines that may not be sent. Only of a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invalid: Option<u64>,
    /// Lines with warnings. Only of a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warned: Option<u64>,
    /// Lines whose ticket this run created.
    pub created: u64,
    /// Lines whose ticket was there.
    pub found: u64,
    /// Lines that were rejected.
    pub rejected: u64,
    /// Lines whose ticket may exist.
    pub in_doubt: u64,
    /// Lines that are fine and weren't sent.
    pub unsent: u64,
    /// External ids that several tickets have. None without an audit.
    pub duplicates: Option<u64>,
    /// External ids whose ticket isn't in the list. None without an audit.
    pub missing: Option<u64>,
    /// All requests.
    pub requests: u64,
    /// Those that were refused because too many were made.
    pub rate_limited: u64,
    /// How long it took, in JSON as seconds.
    #[serde(rename = "elapsed_s", serialize_with = "seconds")]
    pub elapsed: Duration,
    /// The requests, as a share of those that the rate limit had room for in
    /// that time. The service tells the limit and not its window: it is taken
    /// to be of 20 seconds, or of 10 if more requests went through than 20 have
    /// room for. None if the service told no limit.
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
    pub(crate) fn new(counts: Counts, meter: &Meter, elapsed: Duration) -> Self {
        let limit = meter.limit().map(|seen| seen.limit());
        Self {
            ended: Ended::Complete,
            total: counts.total,
            read: counts.total,
            unread: Some(0),
            valid: None,
            invalid: None,
            warned: None,
            created: counts.created,
            found: counts.found,
            rejected: counts.rejected,
            in_doubt: counts.in_doubt,
            unsent: counts.unsent,
            duplicates: None,
            missing: None,
            requests: meter.requests(),
            rate_limited: meter.rate_limited(),
            elapsed,
            utilisation: limit.map(|limit| utilisation(meter.requests(), limit, elapsed)),
        }
    }
}

impl Summary {
    /// Says how many lines the input has.
    pub(crate) fn reach(&mut self, lines: Option<u64>) {
        self.unread = lines.map(|lines| lines.saturating_sub(self.read));
        self.total = self.read.saturating_add(self.unread.unwrap_or_default());
    }
}

/// How an import ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Ended {
    /// The input was read to its end, and every line has an outcome.
    Complete,
    /// It was asked to stop.
    Interrupted,
    /// The service didn't work for as long as it was to be waited for.
    GaveUp,
    /// The service refuses the credentials, or every line.
    Refused,
    /// Something here failed: the input, the journal, the report or the
    /// settings.
    Failed,
}

fn utilisation(requests: u64, limit: u32, elapsed: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "2^53 requests take a while")]
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
    fn its_json_has_the_documented_members() {
        let summary = Summary::new(
            Counts::default(),
            &Meter::over(None, false),
            Duration::from_micros(1_234_567),
        );
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
