//! What an error means for a line, and for the import.

use gorgias::{Delivery, Error, ErrorKind, NewTicket};

use crate::report::{Outcome, Problem, Rejection, RejectionReason};

/// What to do about an error.
#[derive(Debug)]
pub(super) enum Decision {
    /// The line has its outcome.
    Settled(Outcome),
    /// The service refused the line.
    Refused(Rejection),
    /// The service refused the line with a status that may concern all lines. A
    /// read will show whether it does.
    RefusedPerhapsAll(Rejection),
    /// Another process or task holds the claim of the line.
    Held,
    /// The line was sent before, and the look-ups prove nothing.
    NoEvidence,
    /// Nothing was sent, because the service couldn't be reached or accepts no
    /// request now.
    NotSent,
    /// The import has to end, because every other line would fail too.
    Halt(Outcome),
}

/// Decides what to do about the error of a create.
pub(super) fn of_create(error: &Error, ticket: &NewTicket) -> Decision {
    use ErrorKind as Kind;

    // The ticket exists, but it couldn't be read or recorded in the journal.
    if let (Some(ticket_id), false) = (error.resource_id(), error.kind() == Kind::Mismatch) {
        let outcome = if error.attempts() > 0 {
            Outcome::Created { ticket_id }
        } else {
            Outcome::found(ticket_id)
        };
        return match error.kind() {
            Kind::Journal => Decision::Halt(outcome),
            _ => Decision::Settled(outcome),
        };
    }
    let in_doubt = Outcome::in_doubt();
    match (error.delivery(), error.kind()) {
        // A service that answers with another ticket can't be trusted.
        (_, Kind::Mismatch) => Decision::Halt(in_doubt),
        (delivery, _) if !delivery.is_safe_to_resend() => Decision::Settled(in_doubt),
        (_, Kind::InvalidRequest) => Decision::Settled(Outcome::Rejected(invalid(error))),
        (_, Kind::KeyReused) => Decision::Settled(Outcome::Rejected(Rejection::other_body(None))),
        (_, Kind::Configuration | Kind::Journal | Kind::Token) => Decision::Halt(Outcome::Unsent),
        (_, Kind::KeyHeld) => Decision::Held,
        (_, Kind::NoEvidence) => Decision::NoEvidence,
        (_, Kind::RateLimited) => Decision::NotSent,
        // A look-up was refused, or the service can't be reached.
        (Delivery::NotSent, _) if may_pass(error) => Decision::NotSent,
        (Delivery::NotSent, _) => Decision::Halt(Outcome::Unsent),
        (_, kind) => {
            let rejection = Rejection::refused(error, ticket);
            match kind {
                Kind::Unauthorized
                | Kind::Forbidden
                | Kind::QuotaExceeded
                | Kind::NotFound
                | Kind::WrongEndpoint
                | Kind::MethodNotAllowed => Decision::RefusedPerhapsAll(rejection),
                _ => Decision::Refused(rejection),
            }
        }
    }
}

/// Whether another attempt may succeed.
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

/// Returns the rejection of a ticket that the client refuses to send.
pub(crate) fn invalid(error: &Error) -> Rejection {
    let violations = error.violations().into_iter().flatten();
    let problems = violations
        .map(|violation| Problem::new(violation.pointer().to_owned(), violation.message()));
    Rejection::new(RejectionReason::Invalid, problems.collect())
}
