//! Checks whether an import would accept a ticket. The conversion keeps to the rules; this
//! check finds its mistakes.

use gorgias::api::types::CreateTicket;
use gorgias::{Violation, is_email_address};
// `validate` would refuse addresses at `file:`, which the import uploads from.
use gorgias_runtime::support::validate::{Checked as _, examine};

/// The longest line that an import takes, as in `line/lines.rs` of `gorgias-import`.
const LONGEST: usize = 16 << 20;

/// Returns why the import would not accept a ticket whose line has this length.
pub(super) fn refusal(ticket: &CreateTicket, length: usize) -> Option<String> {
    if length > LONGEST {
        return Some(format!("is longer than {LONGEST} bytes"));
    }
    let mut violations = examine(CreateTicket::rule(), ticket).violations;
    let messages = ticket.get_messages().unwrap_or_default();
    for (index, message) in messages.iter().enumerate() {
        let source = message.get_source().into_iter();
        let mut ends = source.flat_map(|source| {
            let to = source.get_to().unwrap_or_default();
            to.iter().chain(source.get_from())
        });
        if ends.any(|end| !end.get_address().is_some_and(is_email_address)) {
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
