//! Whether an import would take what was converted. It follows the rules; this
//! is there so that a mistake can't go unseen.

use gorgias::api::types::{CreateAttachment, CreateTicket};
use gorgias::{Violation, is_email_address};
// The checks look at a value as it would be written, without a copy of it.
use gorgias_runtime::support::validate::{Checked as _, examine};
use serde::Serialize;

use super::message::{File, Message};
use super::ticket::Ticket;

/// The longest line that an import takes.
const LONGEST: usize = 16 << 20;

/// A ticket as its line has it.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    ticket: &'a Ticket,
    messages: &'a [&'a Message],
}

/// Why the import would not take a ticket whose line has some bytes.
pub(super) fn refusal(ticket: &Ticket, messages: &[&Message], length: usize) -> Option<String> {
    if length > LONGEST {
        return Some(format!("is longer than {LONGEST} bytes"));
    }
    let whole = Whole { ticket, messages };
    let mut violations = examine(CreateTicket::rule(), &whole).violations;
    for (index, message) in messages.iter().enumerate() {
        let source = message.source.iter();
        let mut addresses = source.flat_map(|source| source.to.iter().chain([&source.from]));
        if addresses.any(|end| !is_email_address(&end.address)) {
            let pointer = format!("/messages/{index}/source");
            violations.push(Violation::new(pointer, "has what is no e-mail address"));
        }
    }
    let told = violations
        .iter()
        .map(|violation| format!("{}: {}", violation.pointer(), violation.message()));
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// Whether the import would refuse a file.
pub(super) fn is_refused(file: &File) -> bool {
    examine(CreateAttachment::rule(), file).result().is_err()
}
