//! Decides what an error means for a line, and for the import.

use gorgias::{Delivery, Error, ErrorKind, NewTicket};

use crate::report::{LineOutcome, Problem, Rejection, RejectionReason};

/// What to do about an error.
#[derive(Debug)]
pub(super) enum Decision {
    /// The line has its outcome.
    Settled(LineOutcome),
    /// The service refused the line.
    Refused(Rejection),
    /// The service refused the line with a status that may concern all lines. A read has to
    /// show whether it does.
    RefusedPerhapsAll(Rejection),
    /// Another process or task holds the claim of the line.
    ClaimHeld,
    /// The look-up before sending doesn't prove whether the ticket of the line exists.
    NoEvidence,
    /// No ticket was created: the service couldn't be reached, a look-up failed, or the
    /// rate limit refused the request. The line can be sent again.
    NotSent,
    /// The import has to end: every other line would fail too, or the service's answers
    /// can't be trusted. The line has this outcome.
    Halt(LineOutcome),
}

/// Decides what to do about the error of a create.
pub(super) fn of_create(error: &Error, ticket: &NewTicket) -> Decision {
    // The ticket exists, but it couldn't be read or recorded in the journal.
    if let (Some(ticket_id), false) = (error.resource_id(), error.kind() == ErrorKind::Mismatch) {
        let outcome = if error.attempts() > 0 {
            LineOutcome::Created { ticket_id }
        } else {
            LineOutcome::found(ticket_id)
        };
        return match error.kind() {
            ErrorKind::Journal => Decision::Halt(outcome),
            _ => Decision::Settled(outcome),
        };
    }
    let in_doubt = LineOutcome::in_doubt();
    match (error.delivery(), error.kind()) {
        // A service that answers with another ticket can't be trusted.
        (_, ErrorKind::Mismatch) => Decision::Halt(in_doubt),
        (delivery, _) if !delivery.is_safe_to_resend() => Decision::Settled(in_doubt),
        (_, ErrorKind::InvalidRequest) => Decision::Settled(LineOutcome::Rejected(invalid(error))),
        (_, ErrorKind::KeyReused) => {
            Decision::Settled(LineOutcome::Rejected(Rejection::other_body(None)))
        }
        (_, ErrorKind::Configuration | ErrorKind::Journal | ErrorKind::Token) => {
            Decision::Halt(LineOutcome::Unsent)
        }
        (_, ErrorKind::KeyHeld) => Decision::ClaimHeld,
        (_, ErrorKind::NoEvidence) => Decision::NoEvidence,
        (_, ErrorKind::RateLimited) => Decision::NotSent,
        // The service can't be reached, or a look-up failed in a way that may be temporary.
        (Delivery::NotSent, _) if may_pass(error) => Decision::NotSent,
        (Delivery::NotSent, _) => Decision::Halt(LineOutcome::Unsent),
        (_, kind) => {
            let rejection = Rejection::refused(error, ticket);
            match kind {
                ErrorKind::Unauthorized
                | ErrorKind::Forbidden
                | ErrorKind::QuotaExceeded
                | ErrorKind::NotFound
                | ErrorKind::WrongEndpoint
                | ErrorKind::MethodNotAllowed => Decision::RefusedPerhapsAll(rejection),
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
    let problems =
        violations.map(|violation| Problem::new(violation.pointer(), violation.message()));
    Rejection::new(RejectionReason::Invalid, problems.collect())
}
