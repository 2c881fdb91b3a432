//! What an import tells of its course.

use std::fmt;
use std::time::Duration;

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
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutageBegan { cause, patience } => write!(
                f,
                "sending stops: {cause}; the service is tried again for up to {}",
                Short(*patience)
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
