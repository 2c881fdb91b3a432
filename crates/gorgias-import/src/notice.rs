//! What an import tells of its course.

use std::fmt;
use std::time::Duration;

use gorgias::ExternalId;

/// What an import tells of its course while it runs. `Display` says it in words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// Sending stops because of an outage. The service is read until that
    /// works, and then one line at a time is sent until one succeeds.
    #[non_exhaustive]
    OutageBegan {
        /// What the service does.
        cause: String,
        /// How long it is waited for.
        patience: Duration,
    },
    /// Sending goes on.
    OutageEnded,
    /// The service can't be read, and is read again until that works.
    #[non_exhaustive]
    Unreadable {
        /// What the service does.
        cause: String,
        /// How long it is waited for.
        patience: Duration,
    },
    /// The journal is new, and says nothing of earlier runs.
    #[non_exhaustive]
    NewJournal {
        /// Whether every line is looked up.
        look_first: bool,
        /// The most requests that the walk along the list takes otherwise.
        requests: u64,
    },
    /// The import goes on from an earlier run.
    #[non_exhaustive]
    GoesOn {
        /// How many ids have a ticket.
        done: u64,
        /// How many are unsettled.
        unsettled: u64,
    },
    /// A claim in the journal ends later than any claim can: the clock of this
    /// machine, or of another one, was set. Nothing is decided by it; the claim
    /// is waited for once.
    #[non_exhaustive]
    ClockFault {
        /// How far ahead of this machine's clock the claim was taken.
        ahead: Duration,
    },
    /// Of the lines that the journal doesn't know, only some are looked up.
    Sampling,
    /// A ticket exists that the journal doesn't know. From here on every line is
    /// proven to have none before it is sent.
    #[non_exhaustive]
    Incomplete {
        /// The external id.
        external_id: ExternalId,
        /// The ticket's id.
        ticket_id: i64,
    },
    /// Every line is looked up before it is sent, because the list is too long or
    /// proves nothing.
    EveryLine,
    /// The answers to look-ups prove nothing, so that the list is walked.
    #[non_exhaustive]
    LookUpsFail {
        /// What they lack.
        reason: String,
    },
}

impl Notice {
    /// The last answers to creates are ambiguous.
    pub(crate) fn ambiguous(error: &gorgias::Error, patience: Duration) -> Self {
        let cause = match error.status() {
            Some(status) if status.is_success() => {
                format!("the service answers {} without a ticket", status.as_u16())
            }
            Some(status) => format!("the service answers {}", status.as_u16()),
            None => "the service doesn't answer".to_owned(),
        };
        let cause = format!("{cause}, which leaves open whether a ticket was created");
        Self::OutageBegan { cause, patience }
    }

    /// The service can't be reached, or takes nothing now.
    pub(crate) fn unreachable(error: &gorgias::Error, patience: Duration) -> Self {
        let cause = error.to_string();
        Self::OutageBegan { cause, patience }
    }

    /// A read failed that is repeated.
    pub(crate) fn unreadable(error: &gorgias::Error, patience: Duration) -> Self {
        let cause = error.to_string();
        Self::Unreadable { cause, patience }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutageBegan { cause, patience } => write!(
                f,
                "sending stops: {cause}; the service is tried again for up to {}",
                Short(*patience)
            ),
            Self::Unreadable { cause, patience } => write!(
                f,
                "the service can't be read: {cause}; it is tried again for up to {}",
                Short(*patience)
            ),
            Self::NewJournal {
                look_first: true, ..
            } => f.write_str(
                "nothing is known of an earlier run: the journal is new. Every line is looked up \
                 before it is sent, with one more request for each",
            ),
            Self::NewJournal { requests, .. } => write!(
                f,
                "nothing is known of an earlier run: the journal is new. Before the first line is \
                 sent, the helpdesk's list is read with at most {requests} requests, so that no \
                 ticket is made that is there already"
            ),
            Self::GoesOn { done, unsettled } => write!(
                f,
                "going on from an earlier run: the journal has {done} tickets, and {unsettled} \
                 external ids that are not settled"
            ),
            Self::ClockFault { ahead } => write!(
                f,
                "a claim in the journal was taken {} in the future: the clock was set back since, or \
                 two machines' clocks differ. It is waited for once, and not for that long",
                Short(*ahead)
            ),
            Self::Sampling => f.write_str(
                "the first 32 lines that the journal doesn't know are looked up before they are \
                 sent, and then 1 in 50. A ticket of an earlier run that the journal doesn't know \
                 can be missed, and is made a second time then",
            ),
            Self::Incomplete {
                external_id,
                ticket_id,
            } => write!(
                f,
                "the journal is incomplete: {external_id} is ticket {ticket_id}, which it doesn't \
                 know. Every line is proven to have no ticket before it is sent"
            ),
            Self::EveryLine => f.write_str(
                "the helpdesk's list doesn't settle which lines have tickets, so every line is \
                 looked up before it is sent",
            ),
            Self::LookUpsFail { reason } => write!(
                f,
                "look-ups prove nothing: {reason}. The helpdesk's list is read to its end instead"
            ),
            Self::OutageEnded => f.write_str("sending goes on: the service works again"),
        }
    }
}

/// A duration in the largest unit that shows it whole.
struct Short(Duration);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        if seconds >= 60 && seconds.is_multiple_of(60) {
            write!(f, "{} min", seconds / 60)
        } else {
            write!(f, "{seconds} s")
        }
    }
}
