//! The readable forms of results, for a terminal. They are for people and may change.

use std::fmt::Display;

use chrono::{DateTime, Utc};
use gorgias::types::{Ticket, TicketMessage};

use crate::printable::{line, paragraph};

/// A ticket with its conversation.
pub(crate) fn ticket_text(ticket: &Ticket) -> String {
    let customer = ticket.customer.as_ref();
    let customer = customer.and_then(|it| person(&it.name, &it.email));
    let tags = ticket.tags.iter().filter_map(|tag| tag.name.as_deref());
    let mut text = facts([
        ("ticket", ticket.id.to_string()),
        ("subject", text_of(&ticket.subject)),
        ("status", text_of(&ticket.status)),
        ("priority", text_of(&ticket.priority)),
        ("customer", text_of(&customer)),
        ("channel", text_of(&ticket.channel)),
        ("tags", tags.collect::<Vec<_>>().join(", ")),
        ("external id", text_of(&ticket.external_id)),
        ("created", text_of(&ticket.created_datetime.map(time))),
    ]);
    text.extend(ticket.messages.iter().map(message_text));
    text
}

/// A message, with an empty line before it.
pub(crate) fn message_text(message: &TicketMessage) -> String {
    let sender = message.sender.as_ref();
    let sender = sender.and_then(|it| person(&it.name, &it.email));
    let head = [
        message.created_datetime.map(time),
        sender,
        message.channel.as_ref().map(ToString::to_string),
    ];
    let head: Vec<_> = head.iter().flatten().map(|part| line(part)).collect();
    let head = format!("\n--- {}\n", head.join(", "));
    let body = match (&message.body_text, &message.body_html) {
        (Some(body), _) if !body.is_empty() => body,
        (_, Some(html)) => html,
        _ => return head,
    };
    format!("{head}{}\n", paragraph(body.trim_end()))
}

/// A line for each fact that is not empty.
pub(crate) fn facts<const N: usize>(facts: [(&str, String); N]) -> String {
    let facts = facts.iter().filter(|(_, value)| !value.is_empty());
    facts
        .map(|(label, value)| format!("{label:<12} {}\n", line(value)))
        .collect()
}

/// A value as text; an empty text if there is none.
pub(crate) fn text_of(value: &Option<impl Display>) -> String {
    let text = value.as_ref().map(ToString::to_string);
    text.unwrap_or_default()
}

pub(crate) fn yes_or_no(value: Option<bool>) -> String {
    text_of(&value.map(|value| if value { "yes" } else { "no" }))
}

/// A person by name and address, or by the one of the two that is known.
pub(crate) fn person(name: &Option<String>, email: &Option<String>) -> Option<String> {
    let name = name.as_ref().filter(|name| !name.is_empty());
    match (name, email) {
        (Some(name), Some(email)) => Some(format!("{name} <{email}>")),
        (name, email) => name.or(email.as_ref()).cloned(),
    }
}

pub(crate) fn time(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%d %H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(json: serde_json::Value) -> Ticket {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_ticket_is_shown_with_its_conversation() {
        let ticket = ticket(serde_json::json!({
            "id": 94, "subject": "Where is my order?", "status": "open", "priority": "normal",
            "channel": "api", "external_id": "order-1234",
            "created_datetime": "2026-03-02T10:00:00.104512+00:00",
            "customer": {"name": "Jane Doe", "email": "jane@example.com"},
            "tags": [{"id": 1, "name": "shipping"}, {"id": 2, "name": "vip"}],
            "messages": [{
                "id": 1, "channel": "api", "body_text": "Order 1234\nhas not arrived.\n",
                "created_datetime": "2026-03-02T10:00:00Z", "sender": {"email": "jane@example.com"}
            }]
        }));
        assert_eq!(
            ticket_text(&ticket),
            "\
ticket       94
subject      Where is my order?
status       open
priority     normal
customer     Jane Doe <jane@example.com>
channel      api
tags         shipping, vip
external id  order-1234
created      2026-03-02 10:00:00Z

--- 2026-03-02 10:00:00Z, jane@example.com, api
Order 1234
has not arrived.
"
        );
    }

    #[test]
    fn a_bare_ticket_has_an_id_alone() {
        let ticket = ticket(serde_json::json!({"id": 7, "subject": "", "tags": null}));
        assert_eq!(ticket_text(&ticket), "ticket       7\n");
    }
}
