//! What an error means for a line, and for the import.

use gorgias::{Delivery, Error, ErrorKind, NewTicket};

use crate::report::{Outcome, Problem, Rejection, RejectionReason};

/// What is to be done about an error.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The line has its outcome.
    Settled(Outcome),
    /// The service refused the line.
    Refused(Rejection),
    /// The service refused the line with a status that may concern all lines.
    /// A read tells.
    RefusedPerhapsAll(Rejection),
    /// Somebody else is at work on the line.
    Held,
    /// It was sent before, and the look-ups prove nothing.
    NoEvidence,
    /// Nothing was sent, because the service couldn't be reached or takes
    /// nothing now.
    NotSent,
    /// No other line would fare better.
    Halt(Outcome),
}

/// Judges what kept a ticket from being created.
pub(super) fn of_create(error: &Error, ticket: &NewTicket) -> Verdict {
    use ErrorKind as Kind;

    // It exists, and couldn't be read or written down.
    if let (Some(ticket_id), false) = (error.resource_id(), error.kind() == Kind::Mismatch) {
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
    let in_doubt = Outcome::InDoubt { same_as_line: None };
    match (error.delivery(), error.kind()) {
        // Whoever answers with other tickets can't be trusted with more.
        (_, Kind::Mismatch) => Verdict::Halt(in_doubt),
        (delivery, _) if !delivery.is_safe_to_resend() => Verdict::Settled(in_doubt),
        (_, Kind::InvalidRequest) => Verdict::Settled(Outcome::Rejected(invalid(error))),
        (_, Kind::KeyReused) => Verdict::Settled(Outcome::Rejected(Rejection::other_body(None))),
        (_, Kind::Configuration | Kind::Journal | Kind::Token) => Verdict::Halt(Outcome::Unsent),
        (_, Kind::KeyHeld) => Verdict::Held,
        (_, Kind::NoEvidence) => Verdict::NoEvidence,
        (_, Kind::RateLimited) => Verdict::NotSent,
        // A look-up was refused, or the service can't be reached.
        (Delivery::NotSent, _) if may_pass(error) => Verdict::NotSent,
        (Delivery::NotSent, _) => Verdict::Halt(Outcome::Unsent),
        (_, kind) => {
            let rejection = Rejection::refused(error, ticket);
            match kind {
                Kind::Unauthorized
                | Kind::Forbidden
                | Kind::QuotaExceeded
                | Kind::NotFound
                | Kind::WrongEndpoint
                | Kind::MethodNotAllowed => Verdict::RefusedPerhapsAll(rejection),
                _ => Verdict::Refused(rejection),
            }
        }
    }
}

/// Whether what failed is worth trying again.
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
