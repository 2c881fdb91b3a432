//! What is done about one line.

use std::pin::Pin;
use std::sync::Arc;

use gorgias::pacer::Lane;
use gorgias::{Created, Error, How};
use gorgias_journal::{SqliteJournal, State};

use super::judge::{Verdict, of_create};
use super::outage::Answer;
use super::reads::Reads;
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
    /// Nothing was sent, and it can be tried again.
    NotSent(Error),
    /// The line has its outcome.
    Settled(Settled),
}

/// A line that has its outcome.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) outcome: Outcome,
    /// Whether an audit saw the ticket before.
    pub(super) audited: bool,
    /// Whether the service's list, or a look-up, showed the ticket.
    pub(super) is_listed: bool,
    /// Other tickets of the same id.
    pub(super) others: Vec<i64>,
    /// Requests to create it after the first one.
    pub(super) retries: u32,
    /// What the service answered, if it was sent.
    pub(super) answer: Option<Answer>,
    /// What went wrong, if anything did.
    pub(super) error: Option<Error>,
    /// Why the import has to end.
    pub(super) halt: Option<Reason>,
}

impl Settled {
    pub(super) fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            audited: false,
            is_listed: false,
            others: Vec::new(),
            retries: 0,
            answer: None,
            error: None,
            halt: None,
        }
    }

    pub(super) fn halting(outcome: Outcome, reason: Reason) -> Self {
        Self {
            halt: Some(reason),
            ..Self::new(outcome)
        }
    }

    fn refused(rejection: Rejection, error: Error) -> Self {
        Self {
            answer: rejection.status.map(Answer::Refused),
            error: Some(error),
            ..Self::new(Outcome::Rejected(rejection))
        }
    }
}

/// What the journal has of a line.
#[derive(Debug)]
pub(super) enum Known {
    /// Nothing.
    Nothing,
    /// An earlier run left it without an outcome.
    LeftBehind,
    /// Its outcome.
    Settled(Settled),
}

/// Looks into the journal. Nothing is asked of the service.
pub(super) async fn known(journal: &SqliteJournal, checked: &Checked) -> Result<Known, Reason> {
    let Some(entry) = journal.entry(&checked.id).await? else {
        return Ok(Known::Nothing);
    };
    let State::Done { ticket_id } = entry.state else {
        // Whether its body was changed makes no difference: what was sent is
        // in doubt.
        return Ok(Known::LeftBehind);
    };
    if entry.body != checked.body {
        let outcome = Outcome::Rejected(Rejection::other_body(None));
        return Ok(Known::Settled(Settled::new(outcome)));
    }
    let outcome = Outcome::Found {
        ticket_id,
        same_as_line: None,
    };
    Ok(Known::Settled(Settled {
        audited: entry.audited,
        ..Settled::new(outcome)
    }))
}

/// What sends lines: a client and a journal.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    pub(super) reads: Reads,
    pub(super) journal: Arc<SqliteJournal>,
}

impl Sender {
    /// Sends a line, or settles one that an earlier run left behind.
    pub(super) fn start(&self, checked: Checked) -> LineTask {
        let sender = self.clone();
        Box::pin(async move {
            let step = sender.send(&checked).await;
            Finished { checked, step }
        })
    }

    async fn send(&self, checked: &Checked) -> Step {
        let mut patience = self.reads.patience();
        let mut attempts = 0_u32;
        let mut settled = loop {
            let call = self
                .reads
                .tickets
                .create_once(checked.id.clone(), checked.ticket.clone())
                .look_first(false)
                .lane(Lane::Bulk);
            let error = match call.await {
                Ok(created) => {
                    attempts = attempts.saturating_add(created.attempts());
                    break of_created(&created, attempts);
                }
                Err(error) => error,
            };
            attempts = attempts.saturating_add(error.attempts());
            match of_create(&error, &checked.ticket) {
                Verdict::Settled(outcome) => {
                    break Settled {
                        answer: answer(&outcome).filter(|_| error.attempts() > 0),
                        error: Some(error),
                        ..Settled::new(outcome)
                    };
                }
                Verdict::Refused(rejection) => break Settled::refused(rejection, error),
                Verdict::RefusedPerhapsAll(rejection) => {
                    break self.of_refusal(rejection, error).await;
                }
                Verdict::Held | Verdict::NoEvidence if patience.wait(None).await => {}
                Verdict::NoEvidence => {
                    break Settled::new(Outcome::InDoubt { same_as_line: None });
                }
                Verdict::NotSent => return Step::NotSent(error),
                Verdict::Held => break Settled::halting(Outcome::Unsent, Reason::Client(error)),
                Verdict::Halt(outcome) => break Settled::halting(outcome, Reason::Client(error)),
            }
        };
        settled.retries = attempts.saturating_sub(1);
        Step::Settled(settled)
    }

    /// Finds out whether a refusal is about the line: it is, when the same
    /// credentials and address are good for a read.
    async fn of_refusal(&self, rejection: Rejection, error: Error) -> Settled {
        match self.reads.until_read(|| self.reads.probe()).await {
            Ok(()) => Settled::refused(rejection, error),
            Err(_) => Settled::halting(Outcome::Unsent, Reason::Client(error)),
        }
    }
}

/// What the service's answer to a create was, by what became of the line.
fn answer(outcome: &Outcome) -> Option<Answer> {
    match outcome {
        Outcome::Created { .. } => Some(Answer::Success),
        Outcome::InDoubt { .. } => Some(Answer::Ambiguous),
        _ => None,
    }
}

/// A ticket exists, after so many attempts of this run.
fn of_created(created: &Created, attempts: u32) -> Settled {
    let ticket_id = created.ticket.id;
    let outcome = match created.how() {
        How::Sent => Outcome::Created { ticket_id },
        // This run sent it, so nobody else can have.
        How::FoundAfterAmbiguity => Outcome::Created { ticket_id },
        _ if attempts > 0 => Outcome::Created { ticket_id },
        _ => Outcome::Found {
            ticket_id,
            same_as_line: None,
        },
    };
    Settled {
        others: created.duplicates().to_vec(),
        answer: (created.attempts() > 0).then_some(Answer::Success),
        ..Settled::new(outcome)
    }
}
