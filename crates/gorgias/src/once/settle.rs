//! Looks for a subject after a request that may have been applied.

use std::time::Duration;

use gorgias_runtime::pacer::Lane;
use gorgias_runtime::support::{CallOptions, trace};
use gorgias_runtime::{Error, RetryPolicy};
use tokio::time::{Instant, sleep};

use super::subject::{Subject, look_up};
use super::{Claimed, SettlePolicy};
use crate::evidence::Found;
use crate::journal::Stage;

/// The longest `Retry-After` that a look-up waits for.
const PATIENCE: Duration = Duration::from_secs(60);

/// The most requests of one look-up. It has few, because more look-ups follow.
const ATTEMPTS: u32 = 2;

/// The wait before the next look-up when the policy names none.
const ANOTHER: Duration = Duration::from_secs(5);

/// The result of a search.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The subject exists.
    Found(Found),
    /// The service proved that the subject is absent.
    Absent,
    /// The deadline came before a proof.
    OutOfTime,
}

/// The look-ups of one call.
pub(super) struct Search<'a, S> {
    pub(super) subject: &'a S,
    /// The claim to renew for each look-up, if there is one.
    pub(super) claimed: Option<&'a Claimed>,
    pub(super) stage: Stage,
    pub(super) policy: SettlePolicy,
    pub(super) retry: RetryPolicy,
    pub(super) end: Instant,
    pub(super) lane: Lane,
    pub(super) look_ups: u32,
    /// The error of the last look-up, if it failed.
    pub(super) failure: Option<Error>,
}

impl<S: Subject> Search<'_, S> {
    /// Looks after each of the policy's waits, until the deadline. A look-up that
    /// fails doesn't end the search.
    pub(super) async fn settle(&mut self) -> Option<Found> {
        for wait in self.policy.waits.clone() {
            match self.wait_and_look(wait).await {
                Some(Verdict::Found(found)) => return Some(found),
                Some(Verdict::OutOfTime) => return None,
                Some(Verdict::Absent) | None => {}
            }
        }
        None
    }

    /// Looks until the service proves that the subject is absent, after no request
    /// was under way for the duration `needed`. The duration `quiet` of that has
    /// passed already.
    pub(super) async fn until_quiet(&mut self, mut quiet: Duration, needed: Duration) -> Verdict {
        let mut verdict = self.wait_and_look(Duration::ZERO).await;
        let mut waits = self.policy.waits.clone().into_iter();
        loop {
            match verdict {
                Some(Verdict::Absent) if quiet < needed => {}
                Some(verdict) => return verdict,
                None => {}
            }
            let wait = waits.next().unwrap_or(ANOTHER);
            let wait = match needed.saturating_sub(quiet) {
                Duration::ZERO => wait,
                left => wait.min(left),
            };
            verdict = self.wait_and_look(wait).await;
            quiet = quiet.saturating_add(wait);
        }
    }

    /// Waits, and looks once. Returns `None` if the look-up failed.
    async fn wait_and_look(&mut self, wait: Duration) -> Option<Verdict> {
        let end = Instant::now().checked_add(wait);
        if end.is_none_or(|end| end >= self.end) {
            return Some(Verdict::OutOfTime);
        }
        if let Some(claimed) = self.claimed {
            claimed.cover_look_up(self.stage, wait).await;
        }
        trace::looking(wait, self.look_ups);
        sleep(wait).await;
        self.look().await
    }

    async fn look(&mut self) -> Option<Verdict> {
        self.look_ups = self.look_ups.saturating_add(1);
        let retry = self.retry.clone();
        let retry = retry.max_attempts(ATTEMPTS).max_retry_after(PATIENCE);
        let options = CallOptions {
            retry: Some(retry),
            lane: self.lane,
            part_until: Some(self.end),
            ..CallOptions::default()
        };
        let found = look_up(self.subject, options).await;
        let (verdict, failure) = match found {
            Ok(Some(found)) => (Some(Verdict::Found(found)), None),
            Ok(None) => (Some(Verdict::Absent), None),
            Err(failure) => (None, Some(failure)),
        };
        self.failure = failure;
        verdict
    }
}
