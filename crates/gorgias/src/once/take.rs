//! Claims a key in the journal.

use std::sync::Arc;
use std::time::Duration;

use gorgias_runtime::support::{Operation, TimeLimit};
use gorgias_runtime::{Error, ExternalId};
use tokio::time::{Instant, sleep};

use super::Claimed;
use crate::client::Client;
use crate::journal::{BodyHash, Claim, Hold, Left};

/// The first wait before a held key is tried again.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// The longest wait before a held key is tried again.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// The state of a key in the journal, with the claim if there is one.
pub(super) enum Taken {
    /// The journal didn't have the key.
    New(Claimed),
    /// The key was claimed before, and the journal has no request for it.
    Unsent(Claimed),
    /// An earlier claim may have sent a request.
    Inherited(Claimed, Before),
    /// The subject exists, with this id.
    Done { id: i64 },
    /// The subject exists, and was created with another body.
    OtherBody,
}

/// What is known of an earlier claim that may have sent a request.
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
/// A hold ends at the time in the journal, or earlier, when this process has watched
/// the hold for the length of its lease. The second rule is needed because the clock
/// that the time in the journal comes from may have been set.
pub(super) async fn take(
    client: &Client,
    key: &ExternalId,
    operation: &'static Operation,
    body: BodyHash,
    limit: &TimeLimit,
) -> Result<Taken, Error> {
    let shared = client.shared();
    let attempt = shared.connection.attempt_timeout();
    let mut watch: Option<Watch> = None;
    let mut wait = FIRST_WAIT;
    loop {
        let expired = watch.filter(Watch::is_over).map(|watch| watch.hold);
        let lease = Claimed::lease(attempt);
        let claim = shared.journal.claim(key, body, lease, expired).await;
        let claimed = |claim| {
            let journal = Arc::clone(&shared.journal);
            Claimed::new(journal, key.clone(), claim, operation, body, attempt)
        };
        let (hold, remaining, lease) = match claim.map_err(Error::journal)? {
            Claim::New(claim) => return Ok(Taken::New(claimed(claim))),
            Claim::Unsent(claim) => return Ok(Taken::Unsent(claimed(claim))),
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
                return Ok(Taken::Inherited(claimed(claim).inherited(), before));
            }
            Claim::Done { resource_id: id } => return Ok(Taken::Done { id }),
            Claim::OtherBody => return Ok(Taken::OtherBody),
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

/// A hold of another claim, with the time since when it is watched.
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
