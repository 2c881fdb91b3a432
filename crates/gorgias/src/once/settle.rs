//! Finding out what became of a request.

use std::time::Duration;

use gorgias_runtime::pacer::Lane;
use gorgias_runtime::support::{CallOptions, trace};
use gorgias_runtime::{Error, RetryPolicy};
use tokio::time::{Instant, sleep};

use super::subject::{Subject, look_up};
use super::{Claimed, SettlePolicy};
use crate::evidence::Found;
use crate::journal::Stage;

/// The longest wish of the service that a look-up waits out.
const PATIENCE: Duration = Duration::from_secs(60);

/// The requests one look-up may take. There are more look-ups to come.
const ATTEMPTS: u32 = 2;

/// The wait before the next look-up when the policy names none.
const ANOTHER: Duration = Duration::from_secs(5);

/// What a search came to.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It is there.
    Found(Found),
    /// The service says that there is none.
    Absent,
    /// The deadline came first.
    OutOfTime,
}

/// The look-ups of one call.
pub(super) struct Search<'a, S> {
    pub(super) subject: &'a S,
    /// The claim that has to cover the look-ups, if there is one.
    pub(super) claimed: Option<&'a Claimed>,
    pub(super) stage: Stage,
    pub(super) policy: SettlePolicy,
    pub(super) retry: RetryPolicy,
    pub(super) end: Instant,
    pub(super) lane: Lane,
    pub(super) look_ups: u32,
    /// Why the last look-up told nothing, if it didn't.
    pub(super) failure: Option<Error>,
}

impl<S: Subject> Search<'_, S> {
    /// Looks after each of the waits, for as long as the deadline allows. A
    /// look-up that fails finds nothing; the next one may.
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

    /// Looks until the service says that there is nothing, at a time when
    /// nothing can have been under way for so long. It was quiet for some
    /// time already.
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

    /// Waits, and looks once. None when the look-up failed.
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
        let told = look_up(self.subject, options).await;
        let (verdict, failure) = match told {
            Ok(Some(found)) => (Some(Verdict::Found(found)), None),
            Ok(None) => (Some(Verdict::Absent), None),
            Err(failure) => (None, Some(failure)),
        };
        self.failure = failure;
        verdict
    }
}
