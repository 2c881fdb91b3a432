//! Counting requests where all of them pass.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use gorgias::pacer::{Outcome, Pacer, Slot, SlotFuture, Turn};
use gorgias::{RateLimit, RateLimitSnapshot};

/// A pacer that counts what another one lets through.
#[derive(Debug)]
pub(crate) struct Meter {
    /// None lets everything through.
    pacer: Option<Arc<dyn Pacer>>,
    answered: AtomicBool,
    requests: AtomicU64,
    rate_limited: AtomicU64,
    limit: Mutex<Option<RateLimitSnapshot>>,
}

impl Meter {
    pub(crate) fn over(pacer: Option<Arc<dyn Pacer>>) -> Arc<Self> {
        Arc::new(Self {
            pacer,
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

    /// Whether the service answered anything: JSON, or an error. A page in place of
    /// a success or a redirect may come from any server at a wrong address.
    pub(crate) fn was_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed)
    }

    pub(crate) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    pub(crate) fn rate_limited(&self) -> u64 {
        self.rate_limited.load(Ordering::Relaxed)
    }

    /// The limit as it was told last.
    pub(crate) fn limit(&self) -> Option<RateLimitSnapshot> {
        *self.limit.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pacer for Meter {
    fn slot(&self, turn: Turn) -> SlotFuture<'_> {
        match &self.pacer {
            Some(pacer) => pacer.slot(turn),
            None => Box::pin(std::future::ready(Slot::new(0))),
        }
    }

    fn settle(&self, slot: Slot, outcome: Outcome<'_>) {
        match outcome {
            Outcome::Answered { status, headers } => {
                let content = headers.get("content-type");
                let json =
                    content.is_some_and(|it| it.to_str().is_ok_and(|it| it.contains("json")));
                if json || status.is_client_error() || status.is_server_error() {
                    self.answered.store(true, Ordering::Relaxed);
                }
                self.requests.fetch_add(1, Ordering::Relaxed);
                if status.as_u16() == 429 {
                    self.rate_limited.fetch_add(1, Ordering::Relaxed);
                }
                if let Some(seen) = RateLimitSnapshot::from_headers(headers) {
                    let mut limit = self.limit.lock().unwrap_or_else(PoisonError::into_inner);
                    *limit = Some(seen);
                }
            }
            Outcome::Unanswered => {
                self.requests.fetch_add(1, Ordering::Relaxed);
            }
            // Not sent, and whatever else is none.
            _ => {}
        }
        if let Some(pacer) = &self.pacer {
            pacer.settle(slot, outcome);
        }
    }
}
