//! Noticing an outage, and deciding when lines may be sent again.
//!
//! Every create that is sent in an outage leaves a line in doubt. So sending
//! stops after a few ambiguous answers ([`health`]), and the list is read with
//! growing pauses until that works. After that, one line at a time is sent until
//! one succeeds. It is always a line that was never sent: a service applies late
//! what it got in an outage, just when it comes back.

mod health;

use std::pin::Pin;

use gorgias::{Error, ExternalId};

pub(super) use self::health::Answer;
use self::health::Health;
use super::patience::Patience;
use super::reads::{Lost, Reads};

/// What is known of the service's health.
pub(super) struct Outage {
    reads: Reads,
    health: Health,
    state: State,
}

enum State {
    /// There is no outage.
    Over,
    /// The list is read until that works.
    Reading(Recovery),
    /// Reads work. One fresh line at a time is sent.
    Trying {
        patience: Patience,
        line: Option<ExternalId>,
    },
}

/// Reads the list until that works. Ends with what is left of the patience.
type Recovery = Pin<Box<dyn Future<Output = Result<Patience, Lost>> + Send>>;

/// What a result says about the outage.
#[derive(Debug)]
pub(super) enum Change {
    None,
    Began,
    Ended,
    /// So many lines are refused alike that no other would fare better.
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

    /// A fresh line is sent.
    pub(super) fn sending(&mut self, id: &ExternalId) {
        if let State::Trying { line, .. } = &mut self.state {
            *line = Some(id.clone());
        }
    }

    /// The service answered to the create of a line, with this error if it
    /// was one.
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

    /// The service couldn't be reached, or gave no evidence, or takes nothing
    /// now. The line was not sent.
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

    /// Reads until that works. Goes on with the pauses of an outage that isn't
    /// over.
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

    /// Waits until the list can be read. Never ends when it isn't being read.
    pub(super) async fn readable(&mut self) -> Result<(), Lost> {
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

    /// There is no fresh line left to try the service with. What is left
    /// begins with a read, and reads work. True if that ended the outage.
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
        Err(Lost::OutOfPatience(error))
    })
}
