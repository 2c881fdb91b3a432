//! What is done about one line.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use gorgias::pacer::Lane;
use gorgias::{Created, How, Tickets};
use gorgias_journal::{SqliteJournal, State};

use super::judge::{Verdict, of_create};
use super::wait::Patience;
use crate::halted::Reason;
use crate::line::Checked;
use crate::report::{Outcome, Rejection};

/// What is done about one line, until it has its outcome.
pub(super) type LineTask = Pin<Box<dyn Future<Output = Finished> + Send>>;

/// What a task came to.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) checked: Checked,
    pub(super) step: Step,
}

#[derive(Debug)]
pub(super) enum Step {
    /// An earlier run left it without an outcome, so that it may take long.
    LeftBehind,
    /// It has its outcome.
    Settled(Settled),
}

/// A line that has its outcome.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) outcome: Outcome,
    /// Whether an audit saw the ticket before.
    pub(super) audited: bool,
    /// Other tickets of the same id.
    pub(super) others: Vec<i64>,
    /// Requests to create it after the first one.
    pub(super) retries: u32,
    /// Why the import has to end.
    pub(super) halt: Option<Reason>,
}

impl Settled {
    fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            audited: false,
            others: Vec::new(),
            retries: 0,
            halt: None,
        }
    }

    fn halting(outcome: Outcome, reason: Reason) -> Self {
        Self {
            halt: Some(reason),
            ..Self::new(outcome)
        }
    }
}

/// What sends lines: a client and a journal.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    pub(super) tickets: Tickets,
    pub(super) journal: Arc<SqliteJournal>,
    pub(super) patience: Duration,
}

impl Sender {
    /// Sends a line unless the journal knows of it.
    pub(super) fn start(&self, checked: Checked) -> LineTask {
        let sender = self.clone();
        Box::pin(async move {
            let step = sender.begin(&checked).await;
            Finished { checked, step }
        })
    }

    /// Settles a line that an earlier run left behind.
    pub(super) fn resume(&self, checked: Checked) -> LineTask {
        let sender = self.clone();
        Box::pin(async move {
            let step = Step::Settled(sender.send(&checked).await);
            Finished { checked, step }
        })
    }

    async fn begin(&self, checked: &Checked) -> Step {
        let entry = match self.journal.entry(&checked.id).await {
            Ok(Some(entry)) => entry,
            Ok(None) => return Step::Settled(self.send(checked).await),
            Err(error) => {
                return Step::Settled(Settled::halting(Outcome::Unsent, error.into()));
            }
        };
        if entry.body != checked.body {
            let outcome = Outcome::Rejected(Rejection::other_body(None));
            return Step::Settled(Settled::new(outcome));
        }
        let State::Done { ticket_id } = entry.state else {
            return Step::LeftBehind;
        };
        let outcome = Outcome::Found {
            ticket_id,
            same_as_line: None,
        };
        Step::Settled(Settled {
            audited: entry.audited,
            ..Settled::new(outcome)
        })
    }

    async fn send(&self, checked: &Checked) -> Settled {
        let mut patience = Patience::new(self.patience);
        let mut attempts = 0_u32;
        let mut settled = loop {
            let call = self
                .tickets
                .create_once(checked.id.clone(), checked.ticket.clone())
                .look_first(false)
                .lane(Lane::Bulk);
            let error = match call.await {
                Ok(created) => {
                    attempts = attempts.saturating_add(created.attempts());
                    break of_created(&created);
                }
                Err(error) => error,
            };
            attempts = attempts.saturating_add(error.attempts());
            let outcome = match of_create(&error, &checked.ticket) {
                Verdict::Settled(outcome) => break Settled::new(outcome),
                Verdict::Halt(outcome) => outcome,
                Verdict::Wait if patience.wait(error.retry_after()).await => continue,
                Verdict::Wait => Outcome::Unsent,
            };
            break Settled::halting(outcome, Reason::Client(error));
        };
        settled.retries = attempts.saturating_sub(1);
        settled
    }
}

fn of_created(created: &Created) -> Settled {
    let ticket_id = created.ticket.id;
    let outcome = match created.how() {
        How::Sent => Outcome::Created { ticket_id },
        // This run sent it, so nobody else can have.
        How::FoundAfterAmbiguity => Outcome::Created { ticket_id },
        _ => Outcome::Found {
            ticket_id,
            same_as_line: None,
        },
    };
    Settled {
        others: created.duplicates().to_vec(),
        ..Settled::new(outcome)
    }
}
