//! Claims a key in the journal.

use std::time::Duration;

use gorgias_runtime::Error;
use gorgias_runtime::support::TimeLimit;
use tokio::time::{Instant, sleep};

use super::held_claim::{HeldClaim, lease};
use super::resource::Resource;
use crate::journal::{BodyHash, Claim, Hold, Left};

/// The first wait before a held key is tried again.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// The longest wait before a held key is tried again.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// The state of a key in the journal, with the claim if there is one.
pub(super) enum KeyClaim<'a, R: Resource> {
    /// The journal didn't have the key.
    New(HeldClaim<'a, R>),
    /// The key was claimed before, and the journal has no request for it.
    Unsent(HeldClaim<'a, R>),
    /// An earlier claim may have sent a request.
    Inherited(HeldClaim<'a, R>, Before),
    /// The resource exists, with this id.
    Done { id: i64 },
    /// The resource exists, and was created with another body.
    OtherBody,
}

/// The facts about an earlier claim that may have sent a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    pub(super) left: Left,
    pub(super) same_body: bool,
    /// The time since the last attempt began, by a clock that may be wrong.
    pub(super) age: Duration,
    /// The time that the last attempt may still take.
    pub(super) may_run: Duration,
}

/// Claims a key, and waits while another claim holds it.
///
/// A hold ends at the time in the journal, or as soon as this process has watched the
/// hold for the length of its lease. The second rule is for a clock that was set back:
/// by that clock the time in the journal may be far ahead.
pub(super) async fn claim_key<'a, R: Resource>(
    resource: &'a R,
    body: BodyHash,
    limit: &TimeLimit,
) -> Result<KeyClaim<'a, R>, Error> {
    let client = resource.client();
    client.bind_journal().await?;
    let attempt = client.connection().attempt_timeout();
    let held = |claim| HeldClaim::new(resource, claim, body);
    let mut watch: Option<Watch> = None;
    let mut wait = FIRST_WAIT;
    loop {
        let expired = watch.filter(Watch::is_over).map(|watch| watch.hold);
        let journal = &client.shared().journal;
        let claim = journal.claim(resource.key(), body, lease(attempt), expired);
        let (hold, remaining, lease) = match claim.await.map_err(Error::journal)? {
            Claim::New(claim) => return Ok(KeyClaim::New(held(claim))),
            Claim::Unsent(claim) => return Ok(KeyClaim::Unsent(held(claim))),
            Claim::Unsettled {
                claim,
                left,
                same_body,
                hold,
                age,
                may_run,
            } => {
                let watched = watch.filter(|watch| watch.hold == hold);
                let watched = watched.map(|watch| watch.since.elapsed());
                let before = Before {
                    left,
                    same_body,
                    age,
                    may_run: may_run.saturating_sub(watched.unwrap_or_default()),
                };
                return Ok(KeyClaim::Inherited(held(claim).inherited(), before));
            }
            Claim::Done { resource_id: id } => return Ok(KeyClaim::Done { id }),
            Claim::OtherBody => return Ok(KeyClaim::OtherBody),
            Claim::Held {
                hold,
                remaining,
                lease,
            } => (hold, remaining, lease),
        };
        let now = Instant::now();
        let since = match watch {
            Some(watch) if watch.hold == hold => watch.since,
            _ => now,
        };
        let watching = Watch { hold, since, lease };
        watch = Some(watching);
        let pause = wait.min(remaining).min(watching.left());
        let end = now.checked_add(pause);
        if end.is_none_or(|end| end >= limit.end()) {
            return Err(Error::key_held());
        }
        sleep(pause).await;
        wait = wait.saturating_mul(2).min(LONGEST_WAIT);
    }
}

/// A hold of another claim, with the moment since when this call watches it, and the
/// length of its lease.
#[derive(Clone, Copy)]
struct Watch {
    hold: Hold,
    since: Instant,
    lease: Duration,
}

impl Watch {
    fn left(&self) -> Duration {
        self.lease.saturating_sub(self.since.elapsed())
    }

    fn is_over(&self) -> bool {
        self.left().is_zero()
    }
}
