//! A ticket that was checked and is ready to be sent, with its request body.

use std::path::Path;

use gorgias::{Attachment, ExternalId, NewTicket};
use serde::Deserialize;

use crate::failure::{Failure, located};
use crate::shell::quoted;

/// A checked ticket, with its request body.
pub(super) struct Draft {
    pub(super) ticket: NewTicket,
    pub(super) body: String,
}

impl Draft {
    /// Checks a ticket, and writes its request body.
    pub(super) fn new(ticket: Result<NewTicket, gorgias::Error>) -> Result<Self, Failure> {
        ticket
            .and_then(|ticket| {
                // The client makes this check before it sends, so a dry run must not
                // print a body that the client would refuse.
                ticket.validate_with_attachments()?;
                Ok(Self {
                    body: ticket.to_json()?,
                    ticket,
                })
            })
            .map_err(Failure::of_write)
    }

    /// Adds uploaded files to the draft. Their addresses are checked when the
    /// ticket is sent.
    pub(super) fn attach(self, files: Vec<Attachment>) -> Result<Self, Failure> {
        if files.is_empty() {
            return Ok(self);
        }
        let ticket = files.into_iter().fold(self.ticket, NewTicket::attachment);
        let body = ticket.to_json().map_err(Failure::of_write)?;
        Ok(Self { ticket, body })
    }

    /// Fails if the helpdesk would send a message of the ticket to a customer.
    pub(super) fn refuse_to_send(&self) -> Result<(), Failure> {
        let body = serde_json::from_str(&self.body).unwrap_or_default();
        let sent = gorgias_import::would_be_sent(&body);
        if sent.is_empty() {
            return Ok(());
        }
        let details = sent
            .iter()
            .map(|problem| located(&problem.pointer, &problem.message));
        Err(
            Failure::invalid("the helpdesk would send a message to a customer")
                .details(details)
                .hint("--send-now allows it; sent_datetime says that it was sent already"),
        )
    }

    /// The external id that `--once` needs.
    pub(super) fn once(&self) -> Result<ExternalId, Failure> {
        let Some(id) = self.external_id() else {
            return Err(Failure::invalid("--once needs an external id")
                .hint("give one with --external-id, or as external_id in the --file"));
        };
        ExternalId::new(id).map_err(|error| Failure::invalid(format!("--once: {error}")))
    }

    /// Adds the hint that says how to find out whether the ticket exists.
    pub(super) fn how_to_settle(&self, failure: Failure, journal: Option<&Path>) -> Failure {
        let Some(id) = self.external_id() else {
            return failure.hint(
                "look for it before sending again: gorgias ticket list --limit 20. \
                 With --external-id it could be found by that",
            );
        };
        let id = quoted(&id);
        let settle = format!("find out: gorgias ticket settle --external-id {id}");
        failure.hint(match journal {
            Some(path) => {
                let path = quoted(&path.to_string_lossy());
                format!(
                    "{settle} --journal {path}. With --resend-after 15m that frees the key once \
                     the service proves that there is no ticket, and this command sends it again; \
                     it assumes that no request is applied later than that"
                )
            }
            None => settle,
        })
    }

    fn external_id(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct Body {
            external_id: Option<String>,
        }
        let body: Body = serde_json::from_str(&self.body).ok()?;
        body.external_id.filter(|id| !id.is_empty())
    }
}
