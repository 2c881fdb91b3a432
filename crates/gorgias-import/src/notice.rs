//! Notices about events of a running import.

use std::fmt;
use std::time::Duration;

use gorgias::ExternalId;

/// A notice about an event of a running import. `Display` writes it as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// Sending stops because of an outage. The import tries to read the list until a read
    /// works, and then sends one line at a time until one succeeds.
    #[non_exhaustive]
    OutageBegan {
        /// The failure of the service, as a phrase.
        cause: String,
        /// The longest time that the import waits.
        patience: Duration,
    },
    /// The outage is over, and sending continues.
    OutageEnded,
    /// A read failed, and is repeated until it works.
    #[non_exhaustive]
    Unreadable {
        /// The failure of the service, as a phrase.
        cause: String,
        /// The longest time that the import waits.
        patience: Duration,
    },
    /// The journal is new, so it knows nothing of earlier runs.
    #[non_exhaustive]
    NewJournal {
        /// Whether every line is looked up.
        look_first: bool,
        /// The largest number of requests for reading the list. The list is read unless every
        /// line is looked up.
        requests: u64,
    },
    /// The import continues an earlier run.
    #[non_exhaustive]
    GoesOn {
        /// The number of external ids in the journal that have a ticket.
        done: u64,
        /// The number of external ids in the journal that aren't settled.
        unsettled: u64,
    },
    /// A claim in the journal ends later than any claim can, because the clock of this machine
    /// or of another one was changed. The import waits for the length of the claim's lease, and
    /// not until the end in the journal.
    #[non_exhaustive]
    ClockFault {
        /// How far in the future the claim was taken, by this machine's clock.
        ahead: Duration,
    },
    /// Only a sample of the lines that the journal doesn't know is looked up.
    Sampling,
    /// A ticket exists that the journal doesn't know. From now on a line is sent only if it
    /// is proven to have no ticket.
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
    /// The answers to look-ups prove nothing, so the whole list is read.
    #[non_exhaustive]
    LookUpsFail {
        /// The reason why the answers prove nothing.
        reason: String,
    },
}

impl Notice {
    /// Creates the notice of an outage that began with ambiguous answers to creates.
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

    /// Creates the notice of an outage that began when a line couldn't be sent.
    pub(crate) fn unreachable(error: &gorgias::Error, patience: Duration) -> Self {
        let cause = error.to_string();
        Self::OutageBegan { cause, patience }
    }

    /// Creates the notice of a read that is repeated.
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
                 ticket is created a second time"
            ),
            Self::GoesOn { done, unsettled } => write!(
                f,
                "going on from an earlier run: the journal has {done} tickets, and {unsettled} \
                 external ids that are not settled"
            ),
            Self::ClockFault { ahead } => write!(
                f,
                "a claim in the journal was taken {} in the future: the clock was set back since, or \
                 two machines' clocks differ. The import waits only for the length of its lease",
                Short(*ahead)
            ),
            Self::Sampling => f.write_str(
                "the first 32 lines that the journal doesn't know are looked up before they are \
                 sent, and then 1 in 50. This can miss a ticket of an earlier run that the journal \
                 doesn't know; such a ticket is created a second time",
            ),
            Self::Incomplete {
                external_id,
                ticket_id,
            } => write!(
                f,
                "the journal is incomplete: it doesn't know ticket {ticket_id}, whose external id \
                 is {external_id}. From now on a line is sent only if it is proven to have no ticket"
            ),
            Self::EveryLine => f.write_str(
                "the helpdesk's list doesn't show which lines have tickets, so every line is \
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

/// Writes a duration in minutes if it is a whole number of them, or else in
/// seconds.
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
