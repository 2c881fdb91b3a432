//! Keeps text of customers out of reports.
//!
//! The service explains a refusal in words, and the explanation may repeat parts of the
//! ticket. Reports are kept, sent around and logged. So an explanation that shares a piece
//! of text with the ticket is left out.

use std::collections::HashSet;

use serde_json::Value;

/// The text in place of an explanation that is left out.
const LEFT_OUT: &str = "[left out: it repeats the ticket]";

/// An explanation is left out if it shares this many characters in a row with the ticket.
const PIECE: usize = 8;

/// An explanation is also left out if it contains a whole value of the ticket of at least this
/// many characters.
const SHORTEST: usize = 3;

/// Members whose values the API defines. An explanation may name these values.
const DEFINED_BY_API: [&str; 8] = [
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
    /// Creates the filter for explanations about this ticket.
    pub(crate) fn for_ticket(ticket: &'a Value) -> Self {
        let mut values = Vec::new();
        collect(ticket, &mut values);
        Self { values, ticket }
    }

    /// Returns the explanation, or the text in its place.
    pub(crate) fn apply(&self, explanation: &str) -> String {
        // The ticket is null if it couldn't be read.
        if self.ticket.is_null() || self.is_repeated_by(explanation) {
            LEFT_OUT.to_owned()
        } else {
            explanation.to_owned()
        }
    }

    fn is_repeated_by(&self, explanation: &str) -> bool {
        let text = explanation.to_lowercase();
        let chars: Vec<char> = text.chars().collect();
        let pieces: HashSet<&[char]> = chars.windows(PIECE).collect();
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
                if !(DEFINED_BY_API.contains(&name.as_str()) && member.is_string()) {
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
    fn without_the_ticket_every_explanation_is_left_out() {
        assert_eq!(EchoFilter::for_ticket(&Value::Null).apply("Bad."), LEFT_OUT);
    }
}
