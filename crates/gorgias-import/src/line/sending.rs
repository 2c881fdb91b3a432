//! Finds messages that the helpdesk would send to a customer.

use serde_json::Value;

use crate::report::Problem;

const MESSAGE: &str = "is needed, or the helpdesk sends this message to the customer";

/// Lists the messages of a ticket's body that the helpdesk would send to a customer, each with
/// the JSON pointer of the member that would prevent the sending.
///
/// On any channel, the helpdesk sends an agent's message without a
/// `sent_datetime`, unless it is an internal note. Null counts as missing.
#[must_use]
pub fn would_be_sent(ticket: &Value) -> Vec<Problem> {
    let messages = ticket.get("messages").and_then(Value::as_array);
    messages
        .into_iter()
        .flatten()
        .enumerate()
        .filter(|(_, message)| is_sent(message))
        .map(|(index, _)| Problem::new(format!("/messages/{index}/sent_datetime"), MESSAGE))
        .collect()
}

fn is_sent(message: &Value) -> bool {
    let member = |name| message.get(name).filter(|value| !value.is_null());
    let outgoing = member("from_agent").and_then(Value::as_bool) == Some(true);
    outgoing && member("sent_datetime").is_none() && !is_note(message)
}

/// Whether a message is an internal note. Its channel must be `internal-note`, and so must the
/// type of its source, if it has one, because a source of another type may take precedence over
/// the channel.
fn is_note(message: &Value) -> bool {
    let note = |value: &Value| value.as_str() == Some("internal-note");
    let source = message.pointer("/source/type");
    message.get("channel").is_some_and(note)
        && source.is_none_or(|source| source.is_null() || note(source))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sent(message: Value) -> bool {
        !would_be_sent(&json!({"messages": [message]})).is_empty()
    }

    #[test]
    fn messages_of_agents_are_sent_unless_they_were_before() {
        let at = "2026-01-05T09:00:00Z";
        for channel in ["email", "sms", "chat", "api", "whatsapp", "something-new"] {
            let message = json!({"channel": channel, "from_agent": true});
            assert!(sent(message.clone()), "{channel}");
            let mut null = message.clone();
            null["sent_datetime"] = Value::Null;
            assert!(sent(null), "{channel}");
            let mut before = message;
            before["sent_datetime"] = json!(at);
            assert!(!sent(before), "{channel}");
        }
        // Without a body too.
        assert!(sent(
            json!({"channel": "email", "from_agent": true, "public": false})
        ));
    }

    #[test]
    fn messages_of_customers_are_not_sent() {
        assert!(!sent(json!({"channel": "email", "from_agent": false})));
    }

    #[test]
    fn notes_stay_where_they_are() {
        let note = json!({"channel": "internal-note", "from_agent": true, "public": false});
        assert!(!sent(note.clone()));
        let mut typed = note.clone();
        typed["source"] = json!({"type": "internal-note"});
        assert!(!sent(typed));
        let mut odd = note;
        odd["source"] = json!({"type": "email"});
        assert!(sent(odd));
    }

    #[test]
    fn each_message_is_named() {
        let outgoing = json!({"channel": "email", "from_agent": true});
        let incoming = json!({"channel": "email", "from_agent": false});
        let ticket = json!({"messages": [incoming, outgoing, 7, outgoing]});
        let found = would_be_sent(&ticket);
        let pointers: Vec<_> = found.iter().map(|problem| &*problem.pointer).collect();
        assert_eq!(
            pointers,
            ["/messages/1/sent_datetime", "/messages/3/sent_datetime"]
        );
        assert!(would_be_sent(&json!({"messages": "none"})).is_empty());
        assert!(would_be_sent(&json!(null)).is_empty());
    }
}
