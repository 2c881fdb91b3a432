//! E-mails that don't say where they came from and where they went.
//!
//! The document allows them. People who tried the service say that it refuses
//! them, and that it has to be the whole way: the kind, `from` and `to`. So what
//! is built here has to say it, and what was written elsewhere gets a warning.

use gorgias_api::types::{Channel, CreateMessage, CreateSource, CreateSourceAddress};
use gorgias_runtime::Violation;
use serde_json::Value;

const MESSAGE: &str = "is needed in an e-mail, which the service is said to refuse otherwise";

/// The parts of a source that an e-mail needs.
const PARTS: [&str; 3] = ["type", "from/address", "to/0/address"];

/// What is wrong with typed messages.
pub(super) fn in_messages(messages: &[CreateMessage]) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, message) in messages.iter().enumerate() {
        if message.channel == Channel::Email {
            check(index, message.source.as_ref().map(parts), &mut found);
        }
    }
    found
}

/// What is wrong with messages as JSON, the first of which has the index
/// `first`.
pub(super) fn in_values(messages: &[Value], first: usize) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, message) in (first..).zip(messages) {
        if message.get("channel").and_then(Value::as_str) == Some("email") {
            let source = message.get("source").filter(|source| !source.is_null());
            check(index, source.map(parts_of_value), &mut found);
        }
    }
    found
}

fn parts(source: &CreateSource) -> [bool; 3] {
    let to = source.to.as_ref().and_then(|to| to.first());
    let has_address =
        |end: Option<&CreateSourceAddress>| end.is_some_and(|end| end.address.is_some());
    [
        source.type_.is_some(),
        has_address(source.from.as_ref()),
        has_address(to),
    ]
}

fn parts_of_value(source: &Value) -> [bool; 3] {
    PARTS.map(|part| {
        let part = source.pointer(&format!("/{part}"));
        part.is_some_and(|part| !part.is_null())
    })
}

fn check(index: usize, parts: Option<[bool; 3]>, found: &mut Vec<Violation>) {
    let mut needed = |place: &str| {
        let pointer = format!("/messages/{index}/source{place}");
        found.push(Violation::new(pointer, MESSAGE));
    };
    let Some(parts) = parts else {
        return needed("");
    };
    for (part, _) in PARTS.iter().zip(parts).filter(|(_, has)| !has) {
        needed(&format!("/{part}"));
    }
}
