//! `Display` and `Debug` of the error. Neither shows a body or a credential.

use std::fmt;

use super::outcome::{noun, outcome};
use super::{Error, ErrorKind};
use crate::delivery::Delivery;
use crate::validate::Violations;

/// The most violations that a message lists. More would make it hard to read.
const SHOWN: usize = 5;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_summary(f)?;
        self.fmt_origin(f)?;
        if let Some(violations) = self.violations() {
            fmt_violations(violations, f)?;
        }
        self.fmt_advice(f)?;
        if self.0.write && self.needs_outcome() {
            let outcome = outcome(self.0.operation, self.delivery(), self.is_not_found());
            write!(f, "; {outcome}")?;
        }
        Ok(())
    }
}

impl Error {
    /// Writes what went wrong.
    fn fmt_summary(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = noun(self.0.operation);
        f.write_str(match self.kind() {
            ErrorKind::Mismatch => {
                return write!(
                    f,
                    "the service answered with a {noun} of another external id"
                );
            }
            ErrorKind::NoEvidence => {
                return write!(f, "whether the {noun} exists is not known");
            }
            ErrorKind::InDoubt => {
                return write!(f, "what became of the {noun} could not be settled");
            }
            ErrorKind::KeyReused => {
                return write!(f, "the external id was used for another {noun}");
            }
            ErrorKind::KeyHeld => {
                let holder = "another process or task";
                return write!(f, "{holder} is creating the {noun} of this external id");
            }
            ErrorKind::Configuration => "the client can't be built as configured",
            ErrorKind::InvalidRequest => "the request is not valid and was not sent",
            ErrorKind::Unauthorized => "the service refused the credentials",
            ErrorKind::Forbidden => "the credentials don't allow this",
            ErrorKind::QuotaExceeded => "a quota of the account is used up",
            ErrorKind::NotFound => "what was asked for does not exist",
            ErrorKind::WrongEndpoint => "the address is not one of the API's",
            ErrorKind::MethodNotAllowed => "the address does not accept this method",
            ErrorKind::Conflict => "a value that must be unique is already in use",
            ErrorKind::RateLimited => "the account's rate limit is reached",
            ErrorKind::Rejected => "the service refused the request",
            ErrorKind::Service => "the service or a gateway in front of it failed",
            ErrorKind::Redirect => "the service redirects elsewhere, which is not followed",
            ErrorKind::UnexpectedResponse => "the answer could not be read",
            ErrorKind::Journal => "the journal failed",
            ErrorKind::Token => "there is no access token to send",
            ErrorKind::Timeout => match self.delivery() {
                Delivery::NotSent => "the time was up before the request was sent",
                Delivery::Rejected => "the time was up before the request was sent again",
                Delivery::Applied | Delivery::Unknown => "no answer came in time",
            },
            ErrorKind::Connect => "no connection could be made, nothing was sent",
            ErrorKind::Transport => "the connection failed before the answer was complete",
        })
    }

    /// Whether the message has to say what became of the write, because the
    /// summary of the error's kind doesn't say it.
    fn needs_outcome(&self) -> bool {
        let may_be_applied = !self.delivery().is_safe_to_resend();
        may_be_applied
            || !matches!(
                self.kind(),
                ErrorKind::Configuration
                    | ErrorKind::InvalidRequest
                    | ErrorKind::KeyReused
                    | ErrorKind::KeyHeld
                    | ErrorKind::Journal
            )
    }

    /// Writes the status and the request id of the response.
    fn fmt_origin(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(status) = self.status() else {
            return Ok(());
        };
        write!(f, " (status {}", status.as_u16())?;
        if let Some(id) = self.request_id() {
            write!(f, ", request {id}")?;
        }
        f.write_str(")")
    }

    /// Writes what to do about the error.
    fn fmt_advice(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::Unauthorized => {
                f.write_str(": check the e-mail address and API key, or the access token")
            }
            ErrorKind::Forbidden => f.write_str(": check the user's role or the token's scopes"),
            ErrorKind::QuotaExceeded => f.write_str(": sending again does not help"),
            ErrorKind::WrongEndpoint | ErrorKind::MethodNotAllowed => {
                f.write_str(": check the subdomain and the base URL")
            }
            ErrorKind::RateLimited => match self.retry_after() {
                Some(wait) => write!(f, ": wait {} s", wait.as_secs()),
                None => f.write_str(": wait before the next request"),
            },
            ErrorKind::Redirect => match self.reply().and_then(|reply| reply.redirect_host()) {
                Some(host) => write!(f, ": it points at {host}"),
                None => Ok(()),
            },
            ErrorKind::Rejected => match self.field_errors().len() {
                0 => Ok(()),
                1 => f.write_str(": it finds fault with 1 field"),
                count => write!(f, ": it finds fault with {count} fields"),
            },
            _ => Ok(()),
        }
    }
}

fn fmt_violations(violations: &Violations, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, violation) in violations.iter().take(SHOWN).enumerate() {
        f.write_str(if index == 0 { ": " } else { "; " })?;
        match violation.pointer() {
            "" => f.write_str("the body")?,
            pointer if is_plain(pointer) => f.write_str(pointer)?,
            // The pointer holds a key that the caller chose, which may be
            // personal data.
            _ => f.write_str("a field with an unusual name")?,
        }
        write!(f, " {}", violation.message())?;
    }
    match violations.iter().count().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => write!(f, "; and {more} more"),
    }
}

fn is_plain(pointer: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/_-".contains(&byte);
    pointer.len() <= 120 && pointer.bytes().all(plain)
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("delivery", &self.delivery())
            .field("status", &self.status().map(|status| status.as_u16()))
            .field("request_id", &self.request_id())
            .field("attempts", &self.attempts())
            .field("resource_id", &self.resource_id())
            .field("in_doubt", &self.in_doubt())
            .field(
                "violations",
                &self.violations().map(|all| all.iter().count()),
            )
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}
