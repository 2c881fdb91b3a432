//! Warns about parts of a line that the API's document allows, but that are probably
//! mistakes.

mod addresses;

use chrono::{DateTime, TimeDelta, Utc};
use gorgias::NewTicket;
use gorgias::types::Channel;
use serde_json::{Map, Value};

use self::addresses::{check_addresses, check_person};
use crate::line::{nearest_value, time};
use crate::report::Problem;

/// The longest body, in bytes, that the service is said to accept.
const LONGEST_BODY: usize = 1 << 20;

/// Times up to this far in the future get no warning, because clocks differ.
const SLACK: TimeDelta = TimeDelta::minutes(5);

const BODIES: [&str; 5] = [
    "body_text",
    "body_html",
    "stripped_text",
    "stripped_html",
    "stripped_signature",
];

/// Returns the warnings of a valid ticket.
pub(crate) fn of(ticket: &NewTicket, now: DateTime<Utc>) -> Vec<Problem> {
    let own = ticket.warnings();
    let mut found: Vec<_> = own
        .iter()
        .map(|warning| Problem::new(warning.pointer(), warning.message()))
        .collect();
    let text = ticket.to_json().unwrap_or_default();
    let Ok(Value::Object(ticket)) = serde_json::from_str(&text) else {
        return found;
    };
    let mut warn = |pointer: String, message: &str| found.push(Problem::new(pointer, message));
    let after_creation = ["opened_datetime", "closed_datetime"];
    check_times(&ticket, "", &after_creation, now, &mut warn);
    check_channel(&ticket, "", &mut warn);
    check_person(ticket.get("customer"), "/customer", &mut warn);
    let messages = ticket.get("messages").and_then(Value::as_array);
    let mut last: Option<DateTime<Utc>> = None;
    for (index, message) in messages.into_iter().flatten().enumerate() {
        let Some(message) = message.as_object() else {
            continue;
        };
        let at = format!("/messages/{index}");
        check_channel(message, &at, &mut warn);
        check_addresses(message, &at, &mut warn);
        check_note(message, &at, &mut warn);
        check_bodies(message, &at, &mut warn);
        check_times(message, &at, &["sent_datetime"], now, &mut warn);
        let created = time(message.get("created_datetime"));
        if created.zip(last).is_some_and(|(this, last)| this < last) {
            warn(
                format!("{at}/created_datetime"),
                "is earlier than the created_datetime of the message before",
            );
        }
        last = created.or(last);
    }
    found
}

type Warn<'a> = dyn FnMut(String, &str) + 'a;

/// Warns about times in the future, and about times before the creation. `after_creation` names
/// the members whose time must not be before `created_datetime`.
fn check_times(
    object: &Map<String, Value>,
    at: &str,
    after_creation: &[&str],
    now: DateTime<Utc>,
    warn: &mut Warn<'_>,
) {
    let created = time(object.get("created_datetime"));
    for name in object.keys() {
        // The end of a snooze is in the future.
        if !name.ends_with("_datetime") || name == "snooze_datetime" {
            continue;
        }
        let Some(this) = time(object.get(name)) else {
            continue;
        };
        let pointer = || format!("{at}/{name}");
        if now.checked_add_signed(SLACK).is_some_and(|now| this > now) {
            warn(pointer(), "is in the future");
        }
        let follows = after_creation.contains(&name.as_str());
        if follows && created.is_some_and(|created| this < created) {
            warn(pointer(), "is before created_datetime");
        }
    }
}

/// Warns about a channel that looks like a misspelling of a channel in the API's document.
fn check_channel(object: &Map<String, Value>, at: &str, warn: &mut Warn<'_>) {
    let Some(channel) = object.get("channel").and_then(Value::as_str) else {
        return;
    };
    let known: Vec<_> = Channel::KNOWN.iter().map(ToString::to_string).collect();
    if let Some(nearest) = nearest_value(&known, channel) {
        let message = format!("is no known channel, but near to {nearest}");
        warn(format!("{at}/channel"), &message);
    }
}

fn check_note(message: &Map<String, Value>, at: &str, warn: &mut Warn<'_>) {
    let is_note = message.get("channel").and_then(Value::as_str) == Some("internal-note");
    let public = message.get("public").and_then(Value::as_bool);
    if is_note && public != Some(false) {
        let message = match public {
            Some(_) => "is true in an internal note, which customers may then see",
            None => {
                "is missing in an internal note, which customers may then see; it must be false"
            }
        };
        warn(format!("{at}/public"), message);
    }
}

fn check_bodies(message: &Map<String, Value>, at: &str, warn: &mut Warn<'_>) {
    let text = |name: &str| message.get(name).and_then(Value::as_str);
    let is_blank = |name: &str| text(name).is_none_or(|text| text.trim().is_empty());
    let attachments = message.get("attachments").and_then(Value::as_array);
    if is_blank("body_text")
        && is_blank("body_html")
        && attachments.is_none_or(|attachments| attachments.is_empty())
    {
        warn(
            at.to_owned(),
            "is empty: it has neither text nor attachments",
        );
    }
    for name in BODIES {
        let Some(text) = text(name) else {
            continue;
        };
        if text.len() > LONGEST_BODY {
            let length = text.len();
            let message = format!("has {length} bytes, and more than 1 MB is said to be refused");
            warn(format!("{at}/{name}"), &message);
        }
        if text.contains('\0') {
            warn(
                format!("{at}/{name}"),
                "has the character U+0000, which the service is likely to fail on",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use serde_json::json;

    use super::*;

    fn warnings(ticket: Value) -> Vec<String> {
        let ticket = NewTicket::from_value(ticket).unwrap();
        let now = Utc.with_ymd_and_hms(2026, 3, 2, 12, 0, 0).unwrap();
        let found = of(&ticket, now);
        found.into_iter().map(|problem| problem.pointer).collect()
    }

    fn message(member: &str, value: Value) -> Vec<String> {
        let mut message = json!({"channel": "api", "from_agent": false, "body_text": "Hello."});
        message[member] = value;
        warnings(json!({"messages": [message]}))
    }

    #[test]
    fn a_sound_line_has_none() {
        let ticket = json!({
            "channel": "carrier-pigeon",
            "created_datetime": "2026-03-02T11:59:00Z",
            "snooze_datetime": "2027-01-01T00:00:00Z",
            "messages": [
                {"channel": "sms", "from_agent": false, "body_html": "<b>Hello.</b>",
                    "created_datetime": "2026-03-02T11:00:00Z"},
                {"channel": "internal-note", "from_agent": true, "public": false, "body_text": "x",
                    "created_datetime": "2026-03-02T11:00:00Z"},
            ]
        });
        assert!(warnings(ticket).is_empty());
    }

    #[test]
    fn times_are_in_the_past_and_in_order() {
        let ticket = json!({
            "created_datetime": "2026-03-02T13:00:00+01:00",
            "closed_datetime": "2026-03-02T11:00:00Z",
            "updated_datetime": "2026-03-03T11:00:00Z",
            "messages": [
                {"channel": "api", "from_agent": false, "body_text": "b",
                    "created_datetime": "2026-03-01T11:00:00Z"},
                {"channel": "api", "from_agent": true, "body_text": "a",
                    "created_datetime": "2026-03-01T10:00:00Z",
                    "sent_datetime": "2026-03-01T09:00:00Z"},
            ]
        });
        assert_eq!(
            warnings(ticket),
            [
                "/closed_datetime",
                "/updated_datetime",
                "/messages/1/sent_datetime",
                "/messages/1/created_datetime"
            ]
        );
    }

    #[test]
    fn a_message_says_something_that_can_be_kept() {
        for blank in [json!(""), json!(" \n"), json!(null)] {
            assert_eq!(message("body_text", blank), ["/messages/0"]);
        }
        // Characters of two bytes.
        let long = json!("é".repeat((1 << 19) + 1));
        assert_eq!(message("body_text", long), ["/messages/0/body_text"]);
        let most = json!("é".repeat(1 << 19));
        assert!(message("body_text", most).is_empty());
        let nul = json!("a\0b");
        assert_eq!(message("body_html", nul), ["/messages/0/body_html"]);
    }

    #[test]
    fn a_channel_may_be_a_slip() {
        for slip in [
            "Email ",
            "emial",
            "SMS",
            "whats-app",
            "internal_note",
            "contact-form",
        ] {
            let found = message("channel", json!(slip));
            assert!(found.contains(&"/messages/0/channel".to_owned()), "{slip}");
        }
        assert!(message("channel", json!("carrier-pigeon")).is_empty());
    }

    #[test]
    fn an_odd_address_passes_with_a_warning() {
        let odd = "jane..doe@docomo.ne.jp";
        let ticket = json!({
            "customer": {"email": odd},
            "messages": [{
                "channel": "email", "from_agent": false, "body_text": "x",
                "sender": {"email": odd},
                "source": {"type": "email", "from": {"address": odd}, "to": [
                    {"address": "support@acme.example"}, {"address": odd}
                ]},
            }]
        });
        assert_eq!(
            warnings(ticket),
            [
                "/customer/email",
                "/messages/0/sender/email",
                "/messages/0/source/from/address",
                "/messages/0/source/to/1/address"
            ]
        );
        // A phone number is none.
        assert!(message("source", json!({"from": {"address": "+15550100"}})).is_empty());
    }

    #[test]
    fn a_note_is_not_for_customers() {
        for public in [json!({"public": true}), json!({})] {
            let mut note =
                json!({"channel": "internal-note", "from_agent": true, "body_text": "x"});
            note.as_object_mut()
                .unwrap()
                .extend(public.as_object().unwrap().clone());
            let found = warnings(json!({"messages": [note]}));
            assert_eq!(found, ["/messages/0/public"]);
        }
    }
}
