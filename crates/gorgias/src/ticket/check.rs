//! Checks a ticket or message by the document's rules, and by rules that the
//! document can't express: those of `people` and `email`.

use std::fmt::Arguments;

use gorgias_api::types::{CreateMessage, CreateTicket};
use gorgias_runtime::support::validate::{Checked as _, Found, examine};
use gorgias_runtime::{Error, ExternalId, Violation, Violations};

use super::{email, people};

/// Checks a typed ticket.
pub(super) fn ticket(ticket: &CreateTicket) -> Found {
    let mut others = people::in_ticket(ticket);
    let messages = ticket.get_messages().unwrap_or_default();
    for (index, message) in messages.iter().enumerate() {
        in_message(message, format_args!("/messages/{index}"), &mut others);
    }
    found_with(examine(CreateTicket::rule(), ticket), others)
}

/// Checks a typed message that is added to a ticket.
pub(super) fn message(message: &CreateMessage) -> Found {
    let mut others = Vec::new();
    in_message(message, format_args!(""), &mut others);
    found_with(examine(CreateMessage::rule(), message), others)
}

fn in_message(message: &CreateMessage, place: Arguments<'_>, found: &mut Vec<Violation>) {
    email::in_message(message, place, found);
    people::in_message(message, place, found);
}

/// Adds the violations of the other rules to those in `found`, except at places that
/// have a violation already.
pub(super) fn found_with(mut found: Found, others: Vec<Violation>) -> Found {
    for violation in others {
        let mut places = found.violations.iter().map(Violation::pointer);
        if places.all(|place| place != violation.pointer()) {
            found.violations.push(violation);
        }
    }
    found
}

/// Whether a ticket or message has no external id yet, so that `id` has to be added.
/// Fails if it has another external id than `id`.
pub(super) fn is_free(has: Option<&str>, id: &ExternalId) -> Result<bool, Error> {
    match has {
        Some(other) if other != id.as_str() => {
            let message = "must be the external id that the call was given, or absent";
            let violation = Violation::new("/external_id", message);
            Violations::result(vec![violation]).map_err(Error::invalid)?;
            Ok(false)
        }
        Some(_) => Ok(false),
        None => Ok(true),
    }
}
