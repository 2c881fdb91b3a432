//! What an error means for a line, and for the import.

use gorgias::{Delivery, Error, ErrorKind, NewTicket};

use crate::report::{Outcome, Problem, Rejection, RejectionReason};

/// What is to be done about an error.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The line has its outcome.
    Settled(Outcome),
    /// The service can't take it now.
    Wait,
    /// No other line would fare better.
    Halt(Outcome),
}

/// Judges what kept a ticket from being created.
pub(super) fn of_create(error: &Error, ticket: &NewTicket) -> Verdict {
    use ErrorKind as Kind;

    // It exists, and couldn't be read or written down.
    if let (Some(ticket_id), false) = (error.ticket_id(), error.kind() == Kind::Mismatch) {
        let outcome = if error.attempts() > 0 {
            Outcome::Created { ticket_id }
        } else {
            Outcome::Found {
                ticket_id,
                same_as_line: None,
            }
        };
        return match error.kind() {
            Kind::Journal => Verdict::Halt(outcome),
            _ => Verdict::Settled(outcome),
        };
    }
    match (error.delivery(), error.kind()) {
        (Delivery::Applied | Delivery::Unknown, _) => {
            Verdict::Settled(Outcome::InDoubt { same_as_line: None })
        }
        (_, Kind::InvalidRequest) => Verdict::Settled(Outcome::Rejected(invalid(error))),
        (_, Kind::KeyReused) => Verdict::Settled(Outcome::Rejected(Rejection::other_body(None))),
        (
            _,
            Kind::Configuration
            | Kind::Journal
            | Kind::Token
            | Kind::Unauthorized
            | Kind::Forbidden
            | Kind::QuotaExceeded
            | Kind::WrongEndpoint
            | Kind::MethodNotAllowed,
        ) => Verdict::Halt(Outcome::Unsent),
        (_, Kind::RateLimited) | (Delivery::NotSent, _) => Verdict::Wait,
        (Delivery::Rejected, _) => {
            Verdict::Settled(Outcome::Rejected(Rejection::refused(error, ticket)))
        }
    }
}

/// Whether a read that failed is worth trying again.
pub(super) fn may_pass(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::RateLimited
            | ErrorKind::Service
            | ErrorKind::UnexpectedResponse
            | ErrorKind::Timeout
            | ErrorKind::Connect
            | ErrorKind::Transport
    )
}

/// What is wrong with a ticket that a client would not send.
pub(crate) fn invalid(error: &Error) -> Rejection {
    let violations = error.violations().into_iter().flatten();
    let problems = violations
        .map(|violation| Problem::new(violation.pointer().to_owned(), violation.message()));
    Rejection::new(RejectionReason::Invalid, problems.collect())
}
