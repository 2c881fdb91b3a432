//! Keeps what customers wrote out of reports.
//!
//! The service explains a refusal in words, and may repeat parts of the ticket.
//! Reports are kept, sent around and logged, so an explanation that shares a
//! piece of text with the ticket is left out.

use std::collections::HashSet;

use serde_json::Value;

/// The text that replaces such an explanation.
const LEFT_OUT: &str = "[left out: it repeats the ticket]";

/// The length of a shared piece that can't be a coincidence, in characters.
const PIECE: usize = 8;

/// The shortest value of the ticket that is looked for as a whole, in
/// characters.
const SHORTEST: usize = 3;

/// Members whose values the API defines. Its explanations may name them.
const OWN: [&str; 8] = [
    "channel",
    "content_type",
    "external_id",
    "language",
    "priority",
    "status",
    "type",
    "via",
];

/// Checks the explanations of the service about one ticket.
pub(crate) struct EchoFilter<'a> {
    values: Vec<String>,
    ticket: &'a Value,
}

impl<'a> EchoFilter<'a> {
    /// Prepares to check explanations about this ticket.
    pub(crate) fn for_ticket(ticket: &'a Value) -> Self {
        let mut values = Vec::new();
        collect(ticket, &mut values);
        Self { values, ticket }
    }

    /// Returns the explanation, or the text that replaces it.
    pub(crate) fn apply(&self, said: &str) -> String {
        if self.ticket.is_null() || self.repeat(said) {
            LEFT_OUT.to_owned()
        } else {
            said.to_owned()
        }
    }

    fn repeat(&self, said: &str) -> bool {
        let said: Vec<char> = said.to_lowercase().chars().collect();
        let text: String = said.iter().collect();
        let pieces: HashSet<&[char]> = said.windows(PIECE).collect();
        self.values.iter().any(|value| {
            let chars: Vec<char> = value.chars().collect();
            (chars.len() >= SHORTEST && text.contains(value.as_str()))
                || chars.windows(PIECE).any(|piece| pieces.contains(piece))
        })
    }
}

fn collect(value: &Value, values: &mut Vec<String>) {
    match value {
        Value::String(text) => values.push(text.trim().to_lowercase()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, values)),
        Value::Object(members) => {
            for (name, member) in members {
                if !(OWN.contains(&name.as_str()) && member.is_string()) {
                    collect(member, values);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn explanations_that_repeat_the_ticket_are_left_out() {
        let ticket = json!({
            "channel": "email",
            "status": "open",
            "customer": {"email": "jane@example.com", "name": "Ann"},
            "messages": [{"channel": "email", "body_text": "My password is hunter2, help."}],
        });
        let filter = EchoFilter::for_ticket(&ticket);
        for said in [
            "Not a valid email address: JANE@example.com.",
            "ann is not known.",
            "Bad text: 'My password is hu…'.",
        ] {
            assert_eq!(filter.apply(said), LEFT_OUT, "{said}");
        }
        for said in [
            "Missing data for required field.",
            "Not a valid email address.",
            "Not a valid choice: open.",
            "",
        ] {
            assert_eq!(filter.apply(said), said);
        }
    }

    #[test]
    fn without_the_ticket_nothing_can_be_told() {
        assert_eq!(EchoFilter::for_ticket(&Value::Null).apply("Bad."), LEFT_OUT);
    }
}
