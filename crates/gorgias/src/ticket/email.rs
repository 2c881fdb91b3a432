//! Checks the `source` of e-mails.
//!
//! The document allows an e-mail without a source. People who tried the service say
//! that it refuses one unless the source has `type`, `from` and `to`. So a message
//! that was built with this crate must have all three. A message in a body that was
//! written elsewhere gets a warning for each that it lacks. In both, a value in the
//! place of an e-mail address has to be an e-mail address.

use std::fmt::Arguments;

use gorgias_api::types::{Channel, CreateMessage};
use gorgias_runtime::{Violation, is_email_address};
use serde_json::Value;

const MISSING: &str = "is needed: the service is said to refuse an e-mail without it";
const NO_ADDRESS: &str = "must be an e-mail address, such as jane@example.com";

/// The pointers of the parts of a source that an e-mail needs.
const PARTS: [&str; 3] = ["/type", "/from/address", "/to/0/address"];

/// The lists of people in a source.
const LISTS: [&str; 3] = ["to", "cc", "bcc"];

/// Adds the violations of a typed message. `place` is the JSON pointer of the
/// message.
pub(super) fn in_message(
    message: &CreateMessage,
    place: Arguments<'_>,
    found: &mut Vec<Violation>,
) {
    if message.get_channel() == Some(&Channel::Email) {
        // Values of the document's types always have a JSON form.
        let source = serde_json::to_value(message.get_source()).unwrap_or_default();
        let place = place.to_string();
        check_parts(&place, &source, found);
        check_addresses(&place, &source, found);
    }
}

/// Returns a violation for each missing part of the e-mails among messages, which
/// are given as JSON. The first message has the index `first` in the ticket.
pub(super) fn missing_in_values(messages: &[Value], first: usize) -> Vec<Violation> {
    in_emails(messages, first, check_parts)
}

/// Returns a violation for each value that should be an e-mail address and isn't, in
/// the e-mails among messages that are given as JSON.
pub(super) fn wrong_in_values(messages: &[Value]) -> Vec<Violation> {
    in_emails(messages, 0, check_addresses)
}

/// Runs a check on the source of each e-mail among messages.
fn in_emails(
    messages: &[Value],
    first: usize,
    check: fn(&str, &Value, &mut Vec<Violation>),
) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, message) in (first..).zip(messages) {
        if message.get("channel").and_then(Value::as_str) == Some("email") {
            let source = message.get("source").unwrap_or(&Value::Null);
            check(&format!("/messages/{index}"), source, &mut found);
        }
    }
    found
}

fn check_parts(message: &str, source: &Value, found: &mut Vec<Violation>) {
    let mut needed = |place: &str| {
        let pointer = format!("{message}/source{place}");
        found.push(Violation::new(pointer, MISSING));
    };
    if source.is_null() {
        return needed("");
    }
    for part in PARTS {
        if source.pointer(part).is_none_or(Value::is_null) {
            needed(part);
        }
    }
}

fn check_addresses(message: &str, source: &Value, found: &mut Vec<Violation>) {
    let kind = source.get("type").and_then(Value::as_str);
    if kind.is_some_and(|kind| kind != "email") {
        return;
    }
    let mut check = |place: &str, end: &Value| {
        let address = end.get("address").and_then(Value::as_str);
        if address.is_some_and(|address| !is_email_address(address)) {
            let pointer = format!("{message}/source/{place}/address");
            found.push(Violation::new(pointer, NO_ADDRESS));
        }
    };
    check("from", source.get("from").unwrap_or(&Value::Null));
    for list in LISTS {
        let people = source.get(list).and_then(Value::as_array);
        for (nth, person) in people.into_iter().flatten().enumerate() {
            check(&format!("{list}/{nth}"), person);
        }
    }
}
