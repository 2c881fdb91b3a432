//! A rule of the service that the document doesn't have: a message on channel
//! `email` needs a `source` with a type, a sender and a receiver.

use serde_json::Value;

use super::Violation;

const MISSING: &str = "Missing data for required field.";

/// Returns what is missing in the e-mail messages of a body: in those in
/// `messages`, or in the body itself. Values of the wrong type are left to the
/// document's check.
pub(super) fn violations(body: &Value) -> Vec<Violation> {
    match body.get("messages").and_then(Value::as_array) {
        Some(messages) => {
            let messages = messages.iter().enumerate();
            let at = |(index, message): (usize, &Value)| {
                let index = index.to_string();
                of_message(message, &["messages", &index])
            };
            messages.flat_map(at).collect()
        }
        None => of_message(body, &[]),
    }
}

fn of_message(message: &Value, at: &[&str]) -> Vec<Violation> {
    if message.get("channel") != Some(&Value::from("email")) {
        return Vec::new();
    }
    let missing = missing(message.get("source").unwrap_or(&Value::Null));
    let missing = missing.into_iter();
    missing
        .map(|path| Violation::new(&[at, &["source"], path].concat(), MISSING))
        .collect()
}

/// Returns the paths of the members missing in a source.
fn missing(source: &Value) -> Vec<&'static [&'static str]> {
    let has = |pointer| {
        source
            .pointer(pointer)
            .is_some_and(|value| !value.is_null())
    };
    if source.is_null() {
        return vec![&[]];
    }
    let mut missing: Vec<&'static [&'static str]> = Vec::new();
    if !has("/type") {
        missing.push(&["type"]);
    }
    if !has("/from/address") {
        missing.push(&["from", "address"]);
    }
    if !has("/to/0/address") {
        missing.push(&["to", "0", "address"]);
    }
    missing
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paths(source: Value) -> Vec<String> {
        let body = json!({"messages": [
            {"channel": "phone"},
            {"channel": "email", "source": source},
        ]});
        let violations = violations(&body);
        violations
            .iter()
            .map(|violation| violation.path.join("/"))
            .collect()
    }

    #[test]
    fn an_e_mail_has_a_type_a_sender_and_an_addressee() {
        let address = json!({"address": "jane@example.com"});
        assert_eq!(paths(json!(null)), ["messages/1/source"]);
        assert_eq!(
            paths(json!({"from": {"name": "Jane"}, "to": []})),
            [
                "messages/1/source/type",
                "messages/1/source/from/address",
                "messages/1/source/to/0/address"
            ]
        );
        let full = json!({"type": "email", "from": address, "to": [address]});
        assert!(paths(full).is_empty());
    }
}
