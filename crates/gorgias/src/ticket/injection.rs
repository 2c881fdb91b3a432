//! Line breaks where they would start something new.
//!
//! Subjects, names and addresses become mail headers. A line break in one of
//! them would let whoever wrote it add headers, or recipients, of their own.

use std::fmt::{self, Write as _};

use gorgias_api::types::{CreateMessage, CreateParticipant, CreateSource, CreateTicket};
use gorgias_runtime::Violation;
use serde_json::Value;

const MESSAGE: &str = "must not contain a line break or NUL";

/// The members that end up in a mail header, wherever they stand.
const HEADER_MEMBERS: [&str; 6] = [
    "address",
    "content_type",
    "email",
    "message_id",
    "name",
    "subject",
];

/// The members whose insides are the caller's own business.
const FREE_MEMBERS: [&str; 4] = ["actions", "custom_fields", "extra", "meta"];

/// What is wrong with a typed ticket.
pub(super) fn in_ticket(ticket: &CreateTicket) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut check = |pointer: &dyn Fn() -> String, text: Option<&String>| {
        if text.is_some_and(|text| breaks(text)) {
            found.push(Violation::new(pointer(), MESSAGE));
        }
    };
    check(&|| "/subject".to_owned(), ticket.subject.as_ref());
    if let Some(customer) = &ticket.customer {
        check(&|| "/customer/email".to_owned(), customer.email.as_ref());
        check(&|| "/customer/name".to_owned(), customer.name.as_ref());
    }
    for (index, tag) in ticket.tags.iter().flatten().enumerate() {
        check(&|| format!("/tags/{index}/name"), Some(&tag.name));
    }
    for (index, message) in ticket.messages.iter().enumerate() {
        let mut check = |place: &dyn Fn() -> String, text: Option<&String>| {
            check(&|| format!("/messages/{index}/{}", place()), text);
        };
        in_message(message, &mut check);
    }
    for (index, message) in ticket.messages.iter().enumerate() {
        for (name, value) in message.headers.iter().flatten() {
            let mut pointer = format!("/messages/{index}/headers/{}", escaped(name));
            if breaks(name) {
                found.push(Violation::new(pointer.clone(), MESSAGE));
            }
            walk(value, &mut pointer, Strictness::Everything, &mut found);
        }
    }
    found
}

type Check<'a> = dyn FnMut(&dyn Fn() -> String, Option<&String>) + 'a;

fn in_message(message: &CreateMessage, check: &mut Check<'_>) {
    check(&|| "subject".to_owned(), message.subject.as_ref());
    check(&|| "message_id".to_owned(), message.message_id.as_ref());
    for (role, participant) in [("sender", &message.sender), ("receiver", &message.receiver)] {
        if let Some(participant) = participant {
            in_participant(role, participant, check);
        }
    }
    if let Some(source) = &message.source {
        in_source(source, check);
    }
    for (index, file) in message.attachments.iter().flatten().enumerate() {
        check(&|| format!("attachments/{index}/name"), Some(&file.name));
        check(
            &|| format!("attachments/{index}/content_type"),
            Some(&file.content_type),
        );
    }
}

fn in_participant(role: &str, participant: &CreateParticipant, check: &mut Check<'_>) {
    check(&|| format!("{role}/email"), participant.email.as_ref());
    check(&|| format!("{role}/name"), participant.name.as_ref());
    for (index, channel) in participant.channels.iter().flatten().enumerate() {
        check(
            &|| format!("{role}/channels/{index}/address"),
            Some(&channel.address),
        );
    }
}

fn in_source(source: &CreateSource, check: &mut Check<'_>) {
    if let Some(from) = &source.from {
        check(&|| "source/from/name".to_owned(), from.name.as_ref());
        check(&|| "source/from/address".to_owned(), from.address.as_ref());
    }
    for (end, people) in [("to", &source.to), ("cc", &source.cc), ("bcc", &source.bcc)] {
        for (index, person) in people.iter().flatten().enumerate() {
            check(
                &|| format!("source/{end}/{index}/name"),
                person.name.as_ref(),
            );
            check(
                &|| format!("source/{end}/{index}/address"),
                person.address.as_ref(),
            );
        }
    }
}

/// What is wrong with a body that was written elsewhere.
pub(super) fn in_value(body: &Value) -> Vec<Violation> {
    let mut found = Vec::new();
    walk(body, &mut String::new(), Strictness::Named, &mut found);
    found
}

#[derive(Clone, Copy, PartialEq)]
enum Strictness {
    /// Only members that become headers.
    Named,
    /// Every text, and every name of a member.
    Everything,
}

fn walk(value: &Value, pointer: &mut String, strictness: Strictness, found: &mut Vec<Violation>) {
    let length = pointer.len();
    let mut report = |pointer: &String| found.push(Violation::new(pointer.clone(), MESSAGE));
    match value {
        Value::String(text) if strictness == Strictness::Everything && breaks(text) => {
            report(pointer);
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                // Writing to a string can't fail.
                let _: fmt::Result = write!(pointer, "/{index}");
                walk(item, pointer, strictness, found);
                pointer.truncate(length);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                if strictness == Strictness::Named && FREE_MEMBERS.contains(&name.as_str()) {
                    continue;
                }
                pointer.push('/');
                pointer.push_str(&escaped(name));
                let named = HEADER_MEMBERS.contains(&name.as_str());
                let inner = if named || name == "headers" {
                    Strictness::Everything
                } else {
                    strictness
                };
                if strictness == Strictness::Everything && breaks(name) {
                    found.push(Violation::new(pointer.clone(), MESSAGE));
                }
                walk(member, pointer, inner, found);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

fn breaks(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'\r' | b'\n' | 0))
}

/// A name as a part of a JSON pointer.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
