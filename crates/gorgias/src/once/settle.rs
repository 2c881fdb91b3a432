//! Looks for a resource after a request that may have been applied.

use std::time::Duration;

use gorgias_runtime::support::{CallOptions, trace};
use gorgias_runtime::{Delivery, Error};
use tokio::time::{Instant, sleep};

use super::HeldClaim;
use super::resource::{Resource, Verdict, look_up};
use super::run::Run;
use crate::evidence::Found;
use crate::journal::Stage;

/// The longest `Retry-After` that a look-up waits for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);

/// The most attempts for each request of a look-up. They are few, because more
/// look-ups follow.
const ATTEMPTS: u32 = 2;

/// The wait before each look-up after the policy's waits are used up.
const FURTHER_WAIT: Duration = Duration::from_secs(5);

impl<R: Resource> Run<'_, R> {
    /// Looks for the resource after a request. The verdict is `Absent` only if the
    /// request may be sent once more.
    pub(super) async fn settle(
        &mut self,
        claim: &HeldClaim<'_, R>,
        error: &Error,
        repeat: Option<Duration>,
    ) -> Verdict {
        if let Some(id) = error.resource_id() {
            return Verdict::Found(Found::alone(id));
        }
        let since = Instant::now();
        let stage = match error.delivery() {
            Delivery::Applied => Stage::Identifying,
            _ => Stage::Settling,
        };
        // A wait beyond the end of the call would prove nothing.
        let end = self.limit.end();
        let repeat = repeat.filter(|needed| since.checked_add(*needed).is_some_and(|at| at < end));
        let mut search = self.search(Some(claim), stage);
        let mut verdict = match search.settle().await {
            Some(found) => Verdict::Found(found),
            None => Verdict::OutOfTime,
        };
        if let (Verdict::OutOfTime, Some(needed), Delivery::Unknown) =
            (&verdict, repeat, error.delivery())
        {
            // The time since the request is measured, because it is less than the
            // settle time if the deadline came first.
            verdict = search.until_quiet(since.elapsed(), needed).await;
        }
        self.details.look_ups = search.look_ups;
        verdict
    }

    /// Looks until the service proves that the resource is absent, as
    /// [`Search::until_quiet`] does. Also returns the error of the last look-up, if it
    /// failed.
    pub(super) async fn look_until_quiet(
        &mut self,
        claim: Option<&HeldClaim<'_, R>>,
        quiet: Duration,
        needed: Duration,
    ) -> (Verdict, Option<Error>) {
        let mut search = self.search(claim, Stage::Looking);
        let verdict = search.until_quiet(quiet, needed).await;
        let (look_ups, failure) = (search.look_ups, search.failure);
        self.details.look_ups = look_ups;
        (verdict, failure)
    }

    fn search<'s>(&'s self, claim: Option<&'s HeldClaim<'s, R>>, stage: Stage) -> Search<'s, R> {
        Search {
            run: self,
            claim,
            stage,
            look_ups: self.details.look_ups,
            failure: None,
        }
    }
}

/// The look-ups of one call.
struct Search<'a, R: Resource> {
    run: &'a Run<'a, R>,
    /// The claim to renew for each look-up, if there is one.
    claim: Option<&'a HeldClaim<'a, R>>,
    stage: Stage,
    look_ups: u32,
    /// The error of the last look-up, if it failed.
    failure: Option<Error>,
}

impl<R: Resource> Search<'_, R> {
    /// Looks after each of the policy's waits, until the resource is found or the
    /// deadline comes. A look-up that fails doesn't end the search.
    async fn settle(&mut self) -> Option<Found> {
        let run = self.run;
        for wait in &run.policy.waits {
            match self.wait_and_look(*wait).await {
                Some(Verdict::Found(found)) => return Some(found),
                Some(Verdict::OutOfTime) => return None,
                Some(Verdict::Absent) | None => {}
            }
        }
        None
    }

    /// Looks until the resource is found, or the service proves that it is absent
    /// and the duration `needed` is over, or the deadline comes. At the first
    /// look-up the part `quiet` of the duration is over already.
    async fn until_quiet(&mut self, mut quiet: Duration, needed: Duration) -> Verdict {
        let mut verdict = self.wait_and_look(Duration::ZERO).await;
        let run = self.run;
        let mut waits = run.policy.waits.iter().copied();
        loop {
            match verdict {
                Some(Verdict::Absent) if quiet < needed => {}
                Some(verdict) => return verdict,
                None => {}
            }
            let wait = waits.next().unwrap_or(FURTHER_WAIT);
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
        if end.is_none_or(|end| end >= self.run.limit.end()) {
            return Some(Verdict::OutOfTime);
        }
        if let Some(claim) = self.claim {
            claim.cover_look_up(self.stage, wait).await;
        }
        trace::looking(wait, self.look_ups);
        sleep(wait).await;
        self.look().await
    }

    async fn look(&mut self) -> Option<Verdict> {
        self.look_ups = self.look_ups.saturating_add(1);
        let run = self.run;
        let retry = run.retry.clone();
        let retry = retry
            .max_attempts(ATTEMPTS)
            .max_retry_after(LONGEST_RETRY_AFTER);
        let options = CallOptions {
            retry: Some(retry),
            ..run.part_until(Some(run.limit.end()))
        };
        let found = look_up(run.resource, options).await;
        let (verdict, failure) = match found {
            Ok(Some(found)) => (Some(Verdict::Found(found)), None),
            Ok(None) => (Some(Verdict::Absent), None),
            Err(failure) => (None, Some(failure)),
        };
        self.failure = failure;
        verdict
    }
}
