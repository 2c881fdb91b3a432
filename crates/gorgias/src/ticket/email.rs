//! E-mails that don't say where they came from and where they went.
//!
//! The document allows them. People who tried the service say that it refuses
//! them, and that it has to be the whole way: the kind, `from` and `to`. So what
//! is built here has to say it, and what was written elsewhere gets a warning.
//! What stands for an e-mail address has to be one in both.

use gorgias_api::types::{Channel, CreateMessage, CreateSource, CreateSourceAddress, SourceType};
use gorgias_runtime::{Violation, is_email_address};
use serde_json::Value;

const MISSING: &str = "is needed in an e-mail, which the service is said to refuse otherwise";
const NO_ADDRESS: &str = "must be an e-mail address, such as jane@example.com";

/// The parts of a source that an e-mail needs.
const PARTS: [&str; 3] = ["type", "from/address", "to/0/address"];

/// The lists of people in a source.
const LISTS: [&str; 3] = ["to", "cc", "bcc"];

/// The pointer of a ticket's message.
pub(super) fn place_of(index: usize) -> String {
    format!("/messages/{index}")
}

/// What is wrong with a typed message at a place.
pub(super) fn in_message(message: &CreateMessage, place: &str, found: &mut Vec<Violation>) {
    if message.get_channel() == Some(&Channel::Email) {
        let source = message.get_source();
        check_parts(place, source.map(parts), found);
        if let Some(source) = source {
            check_addresses(place, source, found);
        }
    }
}

/// What is missing in messages as JSON, the first of which has the index
/// `first`.
pub(super) fn missing_in_values(messages: &[Value], first: usize) -> Vec<Violation> {
    let mut found = Vec::new();
    for (place, message) in emails(messages, first) {
        let source = message.get("source").filter(|source| !source.is_null());
        check_parts(&place, source.map(parts_of_value), &mut found);
    }
    found
}

/// What stands in messages as JSON for an e-mail address and is none.
pub(super) fn wrong_in_values(messages: &[Value]) -> Vec<Violation> {
    let mut found = Vec::new();
    for (message_place, message) in emails(messages, 0) {
        let Some(source) = message.get("source") else {
            continue;
        };
        let kind = source.get("type").and_then(Value::as_str);
        if kind.is_some_and(|kind| kind != "email") {
            continue;
        }
        let address = |end: &Value| end.get("address")?.as_str().map(str::to_owned);
        let mut check = |place: String, end: &Value| {
            if let Some(address) = address(end) {
                check_address(&message_place, &place, &address, &mut found);
            }
        };
        if let Some(from) = source.get("from") {
            check("from".to_owned(), from);
        }
        for list in LISTS {
            let people = source.get(list).and_then(Value::as_array);
            for (nth, person) in people.into_iter().flatten().enumerate() {
                check(format!("{list}/{nth}"), person);
            }
        }
    }
    found
}

/// The e-mails among messages, with their places.
fn emails(messages: &[Value], first: usize) -> impl Iterator<Item = (String, &Value)> {
    let channel = |message: &Value| message.get("channel").and_then(Value::as_str) == Some("email");
    (first..)
        .zip(messages)
        .filter(move |(_, message)| channel(message))
        .map(|(index, message)| (place_of(index), message))
}

fn parts(source: &CreateSource) -> [bool; 3] {
    let to = source.get_to().and_then(|to| to.first());
    let has_address =
        |end: Option<&CreateSourceAddress>| end.is_some_and(|end| end.get_address().is_some());
    [
        source.get_type().is_some(),
        has_address(source.get_from()),
        has_address(to),
    ]
}

fn parts_of_value(source: &Value) -> [bool; 3] {
    PARTS.map(|part| {
        let part = source.pointer(&format!("/{part}"));
        part.is_some_and(|part| !part.is_null())
    })
}

fn check_parts(message: &str, parts: Option<[bool; 3]>, found: &mut Vec<Violation>) {
    let mut needed = |place: &str| {
        let pointer = format!("{message}/source{place}");
        found.push(Violation::new(pointer, MISSING));
    };
    let Some(parts) = parts else {
        return needed("");
    };
    for (part, _) in PARTS.iter().zip(parts).filter(|(_, has)| !has) {
        needed(&format!("/{part}"));
    }
}

fn check_addresses(message: &str, source: &CreateSource, found: &mut Vec<Violation>) {
    if source
        .get_type()
        .is_some_and(|kind| *kind != SourceType::Email)
    {
        return;
    }
    if let Some(address) = source.get_from().and_then(CreateSourceAddress::get_address) {
        check_address(message, "from", address, found);
    }
    for (list, people) in LISTS
        .iter()
        .zip([source.get_to(), source.get_cc(), source.get_bcc()])
    {
        for (nth, person) in people.into_iter().flatten().enumerate() {
            if let Some(address) = person.get_address() {
                check_address(message, &format!("{list}/{nth}"), address, found);
            }
        }
    }
}

fn check_address(message: &str, place: &str, address: &str, found: &mut Vec<Violation>) {
    if !is_email_address(address) {
        let pointer = format!("{message}/source/{place}/address");
        found.push(Violation::new(pointer, NO_ADDRESS));
    }
}
