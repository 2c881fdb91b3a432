//! Counts all requests, and lets requests through one at a time until the service has accepted
//! a request.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use gorgias::pacer::{Pacer, RequestOutcome, Slot, SlotFuture, Turn};
use gorgias::{RateLimit, RateLimitSnapshot};
use tokio::sync::Semaphore;

/// The number of a slot that doesn't come from the inner pacer.
const UNPACED: u64 = u64::MAX;

/// A pacer that wraps another pacer and counts requests.
///
/// Until the service has accepted one request, it lets one request through at a time, so
/// that refused credentials cost a single request.
#[derive(Debug)]
pub(crate) struct Meter {
    /// The inner pacer. `None` if requests aren't paced.
    pacer: Option<Arc<dyn Pacer>>,
    /// Whether requests are paced. If no limit is assumed at first, pacing begins with the
    /// first reported limit or 429.
    paced: AtomicBool,
    /// Its one permit lets one request through at a time. Closed once the service has accepted
    /// a request, so that it no longer holds requests back.
    first: Semaphore,
    answered: AtomicBool,
    requests: AtomicU64,
    rate_limited: AtomicU64,
    limit: Mutex<Option<RateLimitSnapshot>>,
}

impl Meter {
    pub(crate) fn over(pacer: Option<Arc<dyn Pacer>>, assume_limit: bool) -> Arc<Self> {
        Arc::new(Self {
            pacer,
            paced: AtomicBool::new(assume_limit),
            first: Semaphore::new(1),
            answered: AtomicBool::new(false),
            requests: AtomicU64::new(0),
            rate_limited: AtomicU64::new(0),
            limit: Mutex::new(None),
        })
    }

    pub(crate) fn rate_limit(self: &Arc<Self>) -> RateLimit {
        let pacer: Arc<dyn Pacer> = Arc::<Self>::clone(self);
        RateLimit::shared(pacer)
    }

    /// Whether the service has answered with JSON or with an error status. Other answers
    /// don't count, because any server at a wrong address may give them.
    pub(crate) fn was_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed)
    }

    pub(crate) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    pub(crate) fn rate_limited(&self) -> u64 {
        self.rate_limited.load(Ordering::Relaxed)
    }

    /// The rate limit that the service reported last.
    pub(crate) fn limit(&self) -> Option<RateLimitSnapshot> {
        *self.limit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn paced_slot(&self, turn: Turn) -> Slot {
        match &self.pacer {
            Some(pacer) if self.paced.load(Ordering::Relaxed) => pacer.slot(turn).await,
            _ => Slot::new(UNPACED),
        }
    }

    fn take_answer(&self, outcome: RequestOutcome<'_>) {
        let accepted = match outcome {
            RequestOutcome::Answered { status, headers } => {
                let content = headers.get("content-type");
                let json =
                    content.is_some_and(|it| it.to_str().is_ok_and(|it| it.contains("json")));
                if json || status.is_client_error() || status.is_server_error() {
                    self.answered.store(true, Ordering::Relaxed);
                }
                self.requests.fetch_add(1, Ordering::Relaxed);
                if status.as_u16() == 429 {
                    self.rate_limited.fetch_add(1, Ordering::Relaxed);
                    self.paced.store(true, Ordering::Relaxed);
                }
                if let Some(seen) = RateLimitSnapshot::from_headers(headers) {
                    let mut limit = self.limit.lock().unwrap_or_else(PoisonError::into_inner);
                    *limit = Some(seen);
                    self.paced.store(true, Ordering::Relaxed);
                }
                status.is_success() || matches!(status.as_u16(), 400 | 422)
            }
            RequestOutcome::Unanswered => {
                self.requests.fetch_add(1, Ordering::Relaxed);
                false
            }
            // The request was not sent.
            _ => false,
        };
        if accepted {
            self.first.close();
        } else if !self.first.is_closed() {
            self.first.add_permits(1);
        }
    }
}

impl Pacer for Meter {
    fn slot(&self, turn: Turn) -> SlotFuture<'_> {
        Box::pin(async move {
            let first = self.first.acquire().await;
            let slot = self.paced_slot(turn).await;
            // The permit stays taken until `take_answer` gives it back.
            if let Ok(permit) = first {
                permit.forget();
            }
            slot
        })
    }

    fn finish(&self, slot: Slot, outcome: RequestOutcome<'_>) {
        // The inner pacer gets the answer before `take_answer` lets other requests through.
        if let Some(pacer) = &self.pacer
            && slot.number() != UNPACED
        {
            pacer.finish(slot, outcome);
        }
        self.take_answer(outcome);
    }
}
