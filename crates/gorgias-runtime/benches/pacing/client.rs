//! The clients that are compared.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use gorgias_runtime::pacer::{Automatic, Lane, Pacer, RequestOutcome, Slot, Turn};
use http::{HeaderMap, StatusCode};
use tokio::time::{Instant, sleep, sleep_until};

use crate::limiter::Answer;

#[derive(Clone, Copy)]
pub enum Client {
    Automatic,
    /// Two requests per second, whatever the answers.
    Plain,
    /// Ten workers, as fast as they can.
    Unpaced,
}

impl Client {
    pub const ALL: [Self; 3] = [Self::Automatic, Self::Plain, Self::Unpaced];

    pub fn name(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Plain => "plain 2/s",
            Self::Unpaced => "unpaced, 10 workers",
        }
    }

    pub fn workers(self) -> u32 {
        match self {
            Self::Unpaced => 10,
            _ => 32,
        }
    }

    pub fn process(self, seed: u64) -> Process {
        match self {
            Self::Automatic => Process::Automatic(Box::new(Automatic::seeded(seed))),
            Self::Plain => Process::Plain(Mutex::new(Instant::now())),
            Self::Unpaced => Process::Unpaced,
        }
    }
}

/// The pacer that the workers of one process share.
pub enum Process {
    Automatic(Box<Automatic>),
    Plain(Mutex<Instant>),
    Unpaced,
}

impl Process {
    /// Waits until a request may be sent.
    pub async fn turn(&self, again: bool) -> Option<Slot> {
        match self {
            Self::Automatic(pacer) => {
                let turn = Turn::new(Lane::Bulk);
                Some(pacer.slot(if again { turn.again() } else { turn }).await)
            }
            Self::Plain(next) => {
                let at = {
                    let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
                    let at = (*next).max(Instant::now());
                    *next = at + Duration::from_millis(500);
                    at
                };
                sleep_until(at).await;
                None
            }
            Self::Unpaced => None,
        }
    }

    /// Takes an answer. Without a pacer, waits as long as the answer asks.
    pub async fn answered(&self, slot: Option<Slot>, answer: Answer) {
        let wait = answer.retry_after.unwrap_or(0);
        match (self, slot) {
            (Self::Automatic(pacer), Some(slot)) => {
                let (status, headers) = (status(answer), &headers(answer, wait));
                pacer.finish(slot, RequestOutcome::Answered { status, headers });
            }
            _ => sleep(Duration::from_secs(u64::from(wait))).await,
        }
    }
}

fn status(answer: Answer) -> StatusCode {
    if answer.accepted {
        StatusCode::CREATED
    } else {
        StatusCode::TOO_MANY_REQUESTS
    }
}

fn headers(answer: Answer, wait: u32) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Ok(value) = format!("{}/{}", answer.used, answer.limit).parse() {
        headers.insert("x-gorgias-account-api-call-limit", value);
    }
    if !answer.accepted {
        headers.insert("retry-after", wait.into());
    }
    headers
}
