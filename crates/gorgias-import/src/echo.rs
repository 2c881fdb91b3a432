//! Keeps what customers wrote out of reports.
//!
//! The service explains a refusal in its own words, and may repeat what it
//! refuses. A report is kept, sent around and logged, so words that share a
//! piece with the ticket don't go into it.

use std::collections::HashSet;

use serde_json::Value;

/// What stands in place of such words.
const LEFT_OUT: &str = "[left out: it repeats the ticket]";

/// A piece this long in both is no chance.
const PIECE: usize = 8;

/// The shortest value that is looked for as a whole.
const SHORTEST: usize = 3;

/// Members with values of the API's own, which its messages may well name.
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

/// The words of a service about one ticket.
pub(crate) struct Words<'a> {
    values: Vec<String>,
    ticket: &'a Value,
}

impl<'a> Words<'a> {
    /// Words about this ticket.
    pub(crate) fn about(ticket: &'a Value) -> Self {
        let mut values = Vec::new();
        collect(ticket, &mut values);
        Self { values, ticket }
    }

    /// The words, or what stands in their place.
    pub(crate) fn check(&self, said: &str) -> String {
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
    fn words_that_repeat_the_ticket_are_left_out() {
        let ticket = json!({
            "channel": "email",
            "status": "open",
            "customer": {"email": "jane@example.com", "name": "Ann"},
            "messages": [{"channel": "email", "body_text": "My password is hunter2, help."}],
        });
        let words = Words::about(&ticket);
        for said in [
            "Not a valid email address: JANE@example.com.",
            "ann is not known.",
            "Bad text: 'My password is hu…'.",
        ] {
            assert_eq!(words.check(said), LEFT_OUT, "{said}");
        }
        for said in [
            "Missing data for required field.",
            "Not a valid email address.",
            "Not a valid choice: open.",
            "",
        ] {
            assert_eq!(words.check(said), said);
        }
    }

    #[test]
    fn without_the_ticket_nothing_can_be_told() {
        assert_eq!(Words::about(&Value::Null).check("Bad."), LEFT_OUT);
    }
}
