//! Notices an outage, and decides when lines may be sent again.
//!
//! Every create in an outage leaves a line in doubt. So sending stops after a
//! few ambiguous answers ([`health`]), and the list is read with growing pauses
//! until that works. After that, one line at a time is sent until one succeeds.
//! It is always a line that was never sent before, because a service that comes
//! back may still apply requests it received in the outage.

mod health;

use std::pin::Pin;

use gorgias::{Error, ExternalId};

pub(super) use self::health::Answer;
use self::health::Health;
use super::patience::Patience;
use super::reads::Reads;
use crate::halted::Reason;

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
        patience: Patience,
        line: Option<ExternalId>,
    },
}

/// Reads the list until that works. Returns the patience that is left.
type Recovery = Pin<Box<dyn Future<Output = Result<Patience, Reason>> + Send>>;

/// The change of the state that a result caused.
#[derive(Debug)]
pub(super) enum Change {
    None,
    Began,
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

    /// Whether a fresh line may be sent.
    pub(super) fn allows_fresh(&self) -> bool {
        match &self.state {
            State::Over => true,
            State::Reading(_) => false,
            State::Trying { line, .. } => line.is_none(),
        }
    }

    /// Notes that a fresh line is sent.
    pub(super) fn sending(&mut self, id: &ExternalId) {
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
            (State::Trying { .. }, Answer::Ambiguous) if was_tried => self.wait(error),
            (State::Over, Answer::Ambiguous) if self.health.is_out() => self.wait(error),
            _ => Change::None,
        }
    }

    /// Notes that a line was not sent, because the service couldn't be reached,
    /// gave no evidence, or accepts no request now.
    pub(super) fn unreachable(&mut self, id: &ExternalId, error: Error) -> Change {
        let was_tried = self.take_tried(id);
        match self.state {
            State::Trying { .. } if !was_tried => Change::None,
            _ => self.wait(Some(error)),
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
    fn wait(&mut self, error: Option<Error>) -> Change {
        let Some(error) = error else {
            return Change::None;
        };
        let (patience, change) = match std::mem::replace(&mut self.state, State::Over) {
            State::Over => (self.reads.patience(), Change::Began),
            State::Trying { patience, .. } => (patience, Change::None),
            reading @ State::Reading(_) => {
                self.state = reading;
                return Change::None;
            }
        };
        self.state = State::Reading(recovery(self.reads.clone(), patience, error));
        change
    }

    /// Waits until the list can be read. It never completes in another state.
    pub(super) async fn readable(&mut self) -> Result<(), Reason> {
        let State::Reading(recovery) = &mut self.state else {
            return std::future::pending().await;
        };
        let patience = recovery.await?;
        self.state = State::Trying {
            patience,
            line: None,
        };
        Ok(())
    }

    /// Ends the outage if no fresh line is left to try the service with: all
    /// that is left starts with a read, and reads work. Returns whether it did.
    pub(super) fn nothing_to_try(&mut self) -> bool {
        let tries = matches!(self.state, State::Trying { line: None, .. });
        if tries {
            self.state = State::Over;
        }
        tries
    }
}

fn recovery(reads: Reads, mut patience: Patience, first: Error) -> Recovery {
    Box::pin(async move {
        let mut error = first;
        while patience.wait(error.retry_after()).await {
            match reads.probe().await {
                Ok(()) => return Ok(patience),
                Err(failure) => error = reads.judge(&patience, failure)?,
            }
        }
        Err(Reason::Outage(error))
    })
}
