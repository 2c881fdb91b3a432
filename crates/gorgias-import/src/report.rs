//! The outcomes of lines.

use gorgias::{ExternalId, NewTicket};
use serde::{Serialize, Serializer};

use crate::echo::EchoFilter;

/// The outcome of one line of the input. As JSON it is one line of a report.
///
/// It contains the ids of the ticket and the problems of the line, but no other data of the
/// ticket.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct LineReport {
    /// The number of the line, from one.
    pub line: u64,
    /// The external id, if the line has one.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text")]
    pub external_id: Option<ExternalId>,
    /// The outcome.
    #[serde(flatten)]
    pub outcome: LineOutcome,
    /// Warnings about parts that the API's document allows, but that are probably mistakes,
    /// or that the service is said to refuse. Only a dry run gives warnings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Problem>,
}

impl LineReport {
    pub(crate) fn new(line: u64, external_id: Option<ExternalId>, outcome: LineOutcome) -> Self {
        Self {
            line,
            external_id,
            outcome,
            warnings: Vec::new(),
        }
    }
}

fn as_text<S: Serializer>(id: &Option<ExternalId>, serializer: S) -> Result<S::Ok, S::Error> {
    id.as_ref().map(ExternalId::as_str).serialize(serializer)
}

/// The outcome of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[non_exhaustive]
pub enum LineOutcome {
    /// This run created the ticket, even if it had to look the ticket up
    /// afterwards.
    #[non_exhaustive]
    Created {
        /// The ticket's id.
        ticket_id: i64,
    },
    /// The ticket existed already, from an earlier run or an earlier line.
    #[non_exhaustive]
    Found {
        /// The ticket's id.
        ticket_id: i64,
        /// The number of the earlier line that is equal to this one, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        same_as_line: Option<u64>,
    },
    /// The line has no ticket, and needs to be corrected.
    Rejected(Rejection),
    /// The ticket may exist. Another run looks for it again.
    #[non_exhaustive]
    InDoubt {
        /// The number of the earlier line with the same external id, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        same_as_line: Option<u64>,
    },
    /// The line is valid and wasn't sent, because the run ended early or was a
    /// dry run.
    Unsent,
}

impl LineOutcome {
    /// The outcome of a line whose ticket existed before this run.
    pub(crate) fn found(ticket_id: i64) -> Self {
        Self::Found {
            ticket_id,
            same_as_line: None,
        }
    }

    /// The outcome of a line whose ticket may exist.
    pub(crate) const fn in_doubt() -> Self {
        Self::InDoubt { same_as_line: None }
    }
}

/// Why a line was rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Rejection {
    /// The reason.
    pub reason: RejectionReason,
    /// The problems, each with its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// The HTTP status with which the service refused the ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The explanation of the service, unless it repeats the ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The number of the earlier line with the same external id, if the other ticket is from
    /// this input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_id_as_line: Option<u64>,
}

/// The reason for which a line was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RejectionReason {
    /// The line isn't a valid ticket, or has no external id. Nothing was sent.
    Invalid,
    /// The helpdesk would send one of the messages to a customer, and the rules don't allow
    /// that. Nothing was sent.
    WouldSend,
    /// The external id belongs to another ticket, of an earlier line or an earlier run.
    /// Nothing was sent.
    OtherBody,
    /// The service refused the ticket.
    Refused,
}

/// A problem of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// A JSON pointer to the place; empty for the whole line.
    pub pointer: String,
    /// A description of the problem.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            message: message.into(),
        }
    }
}

impl Rejection {
    pub(crate) fn new(reason: RejectionReason, problems: Vec<Problem>) -> Self {
        Self {
            reason,
            problems,
            status: None,
            message: None,
            same_id_as_line: None,
        }
    }

    /// Creates the rejection of a line whose id belongs to another ticket. `line` is the line
    /// of that ticket, if it is from this input.
    pub(crate) fn other_body(line: Option<u64>) -> Self {
        let message = match line {
            Some(_) => "is the id of another ticket in an earlier line",
            None => "is the id of another ticket that was sent before",
        };
        let problem = Problem::new("/external_id", message);
        Self {
            same_id_as_line: line,
            ..Self::new(RejectionReason::OtherBody, vec![problem])
        }
    }

    /// Creates the rejection of a line that the service refused. Explanations of the service
    /// that repeat the ticket are left out.
    pub(crate) fn refused(error: &gorgias::Error, ticket: &NewTicket) -> Self {
        let sent = ticket.to_json().unwrap_or_default();
        let sent = serde_json::from_str(&sent).unwrap_or_default();
        let filter = EchoFilter::for_ticket(&sent);
        let fields = error.field_errors().iter();
        let problems =
            fields.map(|field| Problem::new(field.pointer(), filter.apply(field.message())));
        Self {
            status: error.status().map(|status| status.as_u16()),
            message: error.service_message().map(|said| filter.apply(said)),
            ..Self::new(RejectionReason::Refused, problems.collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_is_one_flat_object() {
        let report = |external_id: Option<&str>, outcome| {
            let external_id = external_id.map(|id| ExternalId::new(id).unwrap());
            serde_json::to_value(LineReport::new(3, external_id, outcome)).unwrap()
        };
        assert_eq!(
            report(Some("a-1"), LineOutcome::Created { ticket_id: 5 }),
            json!({"line": 3, "external_id": "a-1", "outcome": "created", "ticket_id": 5})
        );
        assert_eq!(
            report(None, LineOutcome::Unsent),
            json!({"line": 3, "outcome": "unsent"})
        );
        assert_eq!(
            report(None, LineOutcome::Rejected(Rejection::other_body(Some(2)))),
            json!({
                "line": 3, "outcome": "rejected", "reason": "other_body", "same_id_as_line": 2,
                "problems": [{
                    "pointer": "/external_id",
                    "message": "is the id of another ticket in an earlier line"
                }]
            })
        );
    }
}
