//! Notices an outage, and decides when lines may be sent again.
//!
//! Each create in an outage may leave its line in doubt. So sending stops after a few ambiguous
//! answers ([`health`]), and the list is read with growing pauses until a read works. After
//! that, one line at a time is sent until one succeeds. Only lines that were never sent
//! before are tried, because a service that works again may still apply requests that it
//! received in the outage.

mod health;

use std::time::Duration;

use futures_util::future::BoxFuture;
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
    /// Reads work, and one line at a time is sent. `line` is the line under way.
    Trying {
        backoff: Backoff,
        line: Option<ExternalId>,
    },
}

/// Reads the list until a read works. Returns the backoff, which has the remaining time.
type Recovery = BoxFuture<'static, Result<Backoff, Reason>>;

/// An event that the result of a line caused.
#[derive(Debug)]
pub(super) enum Change {
    /// An outage began.
    Began(Notice),
    /// The outage ended.
    Ended,
    /// The service refused so many lines in a row with one status that it would refuse every
    /// other line.
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

    /// Notes the answer to the create of a line, and the error if there was one.
    pub(super) fn answered(
        &mut self,
        id: &ExternalId,
        answer: Answer,
        error: Option<Error>,
    ) -> Option<Change> {
        self.health.note(answer);
        let was_tried = self.take_tried(id);
        match (&self.state, answer) {
            (_, Answer::Refused(_)) if self.health.refuses_all() => error.map(Change::RefusesAll),
            (State::Trying { .. }, Answer::Success) if was_tried => {
                self.health.recovered();
                self.state = State::Over;
                Some(Change::Ended)
            }
            (State::Trying { .. }, Answer::Ambiguous) if was_tried => {
                self.wait(error?, Notice::ambiguous)
            }
            (State::Over, Answer::Ambiguous) if self.health.is_out() => {
                self.wait(error?, Notice::ambiguous)
            }
            _ => None,
        }
    }

    /// Notes that a line was not sent, because the service couldn't be reached or accepts no
    /// request now.
    pub(super) fn unreachable(&mut self, id: &ExternalId, error: Error) -> Option<Change> {
        let was_tried = self.take_tried(id);
        match self.state {
            State::Trying { .. } if !was_tried => None,
            _ => self.wait(error, Notice::unreachable),
        }
    }

    /// Whether this line was sent to try the service. If so, its attempt is over, and another
    /// line may be tried.
    fn take_tried(&mut self, id: &ExternalId) -> bool {
        match &mut self.state {
            State::Trying { line, .. } if line.as_ref() == Some(id) => {
                *line = None;
                true
            }
            _ => false,
        }
    }

    /// Starts reading until a read works. In an outage that isn't over, the pauses continue
    /// where they were.
    fn wait(&mut self, error: Error, notice: fn(&Error, Duration) -> Notice) -> Option<Change> {
        let (mut backoff, change) = match std::mem::replace(&mut self.state, State::Over) {
            State::Over => {
                let notice = notice(&error, self.reads.patience);
                (self.reads.backoff(), Some(Change::Began(notice)))
            }
            State::Trying { backoff, .. } => (backoff, None),
            reading @ State::Reading(_) => {
                self.state = reading;
                return None;
            }
        };
        let reads = self.reads.clone();
        self.state = State::Reading(Box::pin(async move {
            reads.repeat(&mut backoff, error, || reads.probe()).await?;
            Ok(backoff)
        }));
        change
    }

    /// Waits until the list can be read. Without an outage, or after the list was read, the
    /// future never completes.
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

    /// Ends the outage if the list can be read. Called when no line is left that was never
    /// sent, so that none can try the service. The tasks of the lines that are left start with
    /// a read.
    pub(super) fn nothing_to_try(&mut self) -> Option<Change> {
        if !matches!(self.state, State::Trying { line: None, .. }) {
            return None;
        }
        self.state = State::Over;
        Some(Change::Ended)
    }
}
