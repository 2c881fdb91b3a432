//! Sends one line, or settles a line that an earlier run left unsettled.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use gorgias::pacer::Lane;
use gorgias::{Created, Error, How};
use gorgias_journal::{EntryState, SqliteJournal};

use super::judge::{Decision, of_create};
use super::outage::Answer;
use super::reads::Reads;
use crate::halted::Reason;
use crate::line::Checked;
use crate::report::{LineOutcome, Rejection};

/// A task that sends or settles one line.
pub(super) type LineTask = BoxFuture<'static, Finished>;

/// The result of a task. After an error no ticket was created for the line, and the line
/// can be tried again.
pub(super) type Finished = (Checked, Result<Settled, Error>);

/// A line that has its outcome.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) outcome: LineOutcome,
    /// Whether an earlier audit saw the ticket.
    pub(super) audited: bool,
    /// Whether the service's list, or a look-up, showed the ticket before the line was sent.
    pub(super) is_listed: bool,
    /// The ids of other tickets with the line's external id.
    pub(super) others: Vec<i64>,
    /// The number of repeated requests to create the ticket.
    pub(super) retries: u32,
    /// The kind of answer, if the line was sent.
    pub(super) answer: Option<Answer>,
    /// The error, if there was one.
    pub(super) error: Option<Error>,
    /// The reason to end the import, if there is one.
    pub(super) halt: Option<Reason>,
}

impl Settled {
    pub(super) fn new(outcome: LineOutcome) -> Self {
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

    pub(super) fn halting(outcome: LineOutcome, reason: Reason) -> Self {
        Self {
            halt: Some(reason),
            ..Self::new(outcome)
        }
    }

    fn refused(rejection: Rejection, error: Error) -> Self {
        Self {
            answer: rejection.status.map(Answer::Refused),
            error: Some(error),
            ..Self::new(LineOutcome::Rejected(rejection))
        }
    }
}

/// The state of a line in the journal.
#[derive(Debug)]
pub(super) enum JournalState {
    /// The journal doesn't know the line.
    Unknown,
    /// An earlier run left the line unsettled.
    Unsettled,
    /// The line has its outcome.
    Settled(Settled),
}

/// Looks for a line in the journal, without a request to the service.
pub(super) async fn state_in_journal(
    journal: &SqliteJournal,
    checked: &Checked,
) -> Result<JournalState, Reason> {
    let Some(entry) = journal.entry(&checked.id).await? else {
        return Ok(JournalState::Unknown);
    };
    let EntryState::Done {
        resource_id: ticket_id,
    } = entry.state
    else {
        // The body isn't compared, because the body that was sent has to be settled first.
        return Ok(JournalState::Unsettled);
    };
    Ok(JournalState::Settled(if entry.body == checked.body {
        Settled {
            audited: entry.audited,
            ..Settled::new(LineOutcome::found(ticket_id))
        }
    } else {
        Settled::new(LineOutcome::Rejected(Rejection::other_body(None)))
    }))
}

/// Sends lines with a client and a journal.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    pub(super) reads: Reads,
    pub(super) journal: Arc<SqliteJournal>,
}

impl Sender {
    /// Starts a task that sends a line, or settles one that an earlier run left
    /// unsettled.
    pub(super) fn start(&self, checked: Checked) -> LineTask {
        let sender = self.clone();
        Box::pin(async move {
            let result = sender.send(&checked).await;
            (checked, result)
        })
    }

    async fn send(&self, checked: &Checked) -> Result<Settled, Error> {
        let mut backoff = self.reads.backoff();
        let mut attempts = 0_u32;
        let mut settled = loop {
            let call = self
                .reads
                .tickets
                .create_once(checked.id.clone(), checked.ticket.clone())
                .look_first(false)
                .with_lane(Lane::Bulk);
            let error = match call.await {
                Ok(created) => {
                    attempts = attempts.saturating_add(created.attempts());
                    break of_created(&created, attempts);
                }
                Err(error) => error,
            };
            attempts = attempts.saturating_add(error.attempts());
            match of_create(&error, &checked.ticket) {
                Decision::Settled(outcome) => {
                    break Settled {
                        answer: answer(&outcome).filter(|_| error.attempts() > 0),
                        error: Some(error),
                        ..Settled::new(outcome)
                    };
                }
                Decision::Refused(rejection) => break Settled::refused(rejection, error),
                Decision::RefusedPerhapsAll(rejection) => {
                    break self.of_refusal(rejection, error).await;
                }
                Decision::ClaimHeld | Decision::NoEvidence if backoff.wait(None).await => {}
                Decision::NoEvidence => break Settled::new(LineOutcome::in_doubt()),
                Decision::NotSent => return Err(error),
                Decision::ClaimHeld => {
                    break Settled::halting(LineOutcome::Unsent, Reason::Client(error));
                }
                Decision::Halt(outcome) => break Settled::halting(outcome, Reason::Client(error)),
            }
        };
        settled.retries = attempts.saturating_sub(1);
        Ok(settled)
    }

    /// Finds out whether a refusal concerns only the line. It does if a read with the
    /// credentials and the address of the refused request succeeds.
    async fn of_refusal(&self, rejection: Rejection, error: Error) -> Settled {
        match self.reads.until_read(|| self.reads.probe()).await {
            Ok(()) => Settled::refused(rejection, error),
            Err(_) => Settled::halting(LineOutcome::Unsent, Reason::Client(error)),
        }
    }
}

/// Returns the kind of answer to a create, by the outcome of the line.
fn answer(outcome: &LineOutcome) -> Option<Answer> {
    match outcome {
        LineOutcome::Created { .. } => Some(Answer::Success),
        LineOutcome::InDoubt { .. } => Some(Answer::Ambiguous),
        _ => None,
    }
}

/// Returns the outcome for a ticket that exists, after this many attempts of this run.
fn of_created(created: &Created, attempts: u32) -> Settled {
    let ticket_id = created.ticket.id;
    let outcome = match created.how() {
        // This run sent the line, so it created the ticket.
        How::Sent | How::FoundAfterAmbiguity => LineOutcome::Created { ticket_id },
        _ if attempts > 0 => LineOutcome::Created { ticket_id },
        _ => LineOutcome::found(ticket_id),
    };
    Settled {
        others: created.duplicates().to_vec(),
        answer: (created.attempts() > 0).then_some(Answer::Success),
        ..Settled::new(outcome)
    }
}
