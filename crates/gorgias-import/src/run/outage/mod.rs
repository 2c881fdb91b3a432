//! Notices an outage, and decides when lines may be sent again.
//!
//! Every create in an outage leaves a line in doubt. So sending stops after a
//! few ambiguous answers ([`health`]), and the list is read with growing pauses
//! until that works. After that, one line at a time is sent until one succeeds.
//! It is always a line that was never sent before, because a service that comes
//! back may still apply requests it received in the outage.

mod health;

use std::pin::Pin;
use std::time::Duration;

use gorgias::{Error, ExternalId};

pub(super) use self::health::Answer;
use self::health::Health;
use super::backoff::Backoff;
use super::reads::Reads;
use crate::halted::Reason;
use crate::notice::Notice;

/// The state of an outage.
pub(super) struct Outage {
    reads: Reads,
    health: Health,
    state: State,
}

enum State {
    /// There is no outage.
    Over,
    /// The list is read until a read works.
    Reading(Recovery),
    /// Reads work, and one line at a time is sent, which was never sent before.
    Trying {
        backoff: Backoff,
        line: Option<ExternalId>,
    },
}

/// Reads the list until that works. Returns the backoff, with the time that is left.
type Recovery = Pin<Box<dyn Future<Output = Result<Backoff, Reason>> + Send>>;

/// The change of the state that a result caused.
#[derive(Debug)]
pub(super) enum Change {
    None,
    Began(Notice),
    Ended,
    /// So many lines were refused with one status that every other line would
    /// be too.
    RefusesAll(Error),
}

impl Outage {
    pub(super) fn new(reads: Reads) -> Self {
        Self {
            reads,
            health: Health::default(),
            state: State::Over,
        }
    }

    /// Whether there is no outage.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }

    /// Whether a line that was never sent may be sent.
    pub(super) fn allows_new(&self) -> bool {
        match &self.state {
            State::Over => true,
            State::Reading(_) => false,
            State::Trying { line, .. } => line.is_none(),
        }
    }

    /// Notes that a line is sent for the first time.
    pub(super) fn note_sent(&mut self, id: &ExternalId) {
        if let State::Trying { line, .. } = &mut self.state {
            *line = Some(id.clone());
        }
    }

    /// Notes an answer to the create of a line, with its error if it was one.
    pub(super) fn answered(
        &mut self,
        id: &ExternalId,
        answer: Answer,
        error: Option<Error>,
    ) -> Change {
        self.health.note(answer);
        let was_tried = self.take_tried(id);
        match (&self.state, answer) {
            (_, Answer::Refused(_)) if self.health.refuses_all() => {
                error.map_or(Change::None, Change::RefusesAll)
            }
            (State::Trying { .. }, Answer::Success) if was_tried => {
                self.health.recovered();
                self.state = State::Over;
                Change::Ended
            }
            (State::Trying { .. }, Answer::Ambiguous) if was_tried => {
                self.wait(error, Notice::ambiguous)
            }
            (State::Over, Answer::Ambiguous) if self.health.is_out() => {
                self.wait(error, Notice::ambiguous)
            }
            _ => Change::None,
        }
    }

    /// Notes that a line was not sent, because the service couldn't be reached,
    /// gave no evidence, or accepts no request now.
    pub(super) fn unreachable(&mut self, id: &ExternalId, error: Error) -> Change {
        let was_tried = self.take_tried(id);
        match self.state {
            State::Trying { .. } if !was_tried => Change::None,
            _ => self.wait(Some(error), Notice::unreachable),
        }
    }

    /// Whether this was the line that was sent to try the service.
    fn take_tried(&mut self, id: &ExternalId) -> bool {
        match &mut self.state {
            State::Trying { line, .. } if line.as_ref() == Some(id) => {
                *line = None;
                true
            }
            _ => false,
        }
    }

    /// Starts reading until a read works. An outage that isn't over keeps its
    /// pauses.
    fn wait(&mut self, error: Option<Error>, notice: fn(&Error, Duration) -> Notice) -> Change {
        let Some(error) = error else {
            return Change::None;
        };
        let (backoff, change) = match std::mem::replace(&mut self.state, State::Over) {
            State::Over => {
                let notice = notice(&error, self.reads.patience);
                (self.reads.backoff(), Change::Began(notice))
            }
            State::Trying { backoff, .. } => (backoff, Change::None),
            reading @ State::Reading(_) => {
                self.state = reading;
                return Change::None;
            }
        };
        self.state = State::Reading(recovery(self.reads.clone(), backoff, error));
        change
    }

    /// Waits until the list can be read. It never completes in another state.
    pub(super) async fn readable(&mut self) -> Result<(), Reason> {
        let State::Reading(recovery) = &mut self.state else {
            return std::future::pending().await;
        };
        let backoff = recovery.await?;
        self.state = State::Trying {
            backoff,
            line: None,
        };
        Ok(())
    }

    /// Ends the outage if no line that was never sent is left to try the service with:
    /// all that is left starts with a read, and reads work.
    pub(super) fn nothing_to_try(&mut self) -> Change {
        if !matches!(self.state, State::Trying { line: None, .. }) {
            return Change::None;
        }
        self.state = State::Over;
        Change::Ended
    }
}

fn recovery(reads: Reads, mut backoff: Backoff, first: Error) -> Recovery {
    Box::pin(async move {
        let mut error = first;
        while backoff.wait(error.retry_after()).await {
            match reads.probe().await {
                Ok(()) => return Ok(backoff),
                Err(failure) => error = reads.judge(&backoff, failure)?,
            }
        }
        Err(Reason::Outage(error))
    })
}
