//! Checks a line.

use chrono::{DateTime, Utc};
use gorgias::journal::BodyHash;
use gorgias::{ExternalId, NewTicket};
use serde_json::Value;

use super::RawLine;
use super::lines::LONGEST;
use super::members::without;
use super::rules::{Derive, Rules};
use super::sending::would_be_sent;
use crate::files::{Named, file_addresses};
use crate::report::{Problem, Rejection, RejectionReason};

/// A line that passed all checks.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    pub(crate) line: u64,
    pub(crate) id: ExternalId,
    pub(crate) ticket: NewTicket,
    pub(crate) body: BodyHash,
    /// The line's `updated_datetime`, by which the list is ordered.
    pub(crate) updated: Option<DateTime<Utc>>,
}

/// A line that failed a check.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) line: u64,
    /// Its id, if it has one.
    pub(crate) id: Option<ExternalId>,
    pub(crate) rejection: Rejection,
}

impl Rules {
    /// Checks a line by all rules, and reports all problems at once.
    pub(crate) fn check(&self, raw: &RawLine) -> Result<Checked, Refused> {
        let line = raw.number;
        let whole = |message: String| Refused {
            line,
            id: None,
            rejection: Rejection::new(
                RejectionReason::Invalid,
                vec![Problem::new(String::new(), message)],
            ),
        };
        let Some(content) = &raw.content else {
            return Err(whole(format!("is longer than {LONGEST} bytes")));
        };
        let text = match std::str::from_utf8(content) {
            Ok(text) => text.trim_start_matches('\u{feff}').trim(),
            Err(error) => return Err(whole(format!("is not UTF-8 text: {error}"))),
        };
        let value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => {
                // serde_json counts lines within this text, which is always
                // line 1.
                let error = error
                    .to_string()
                    .replace(" at line 1 column ", " at column ");
                return Err(whole(format!("is not JSON: {error}")));
            }
        };
        // A value that isn't an object has no id. `NewTicket::from_json`
        // reports it.
        let id = value.is_object().then(|| self.external_id(&value));
        let (id, mut problems) = match id.transpose() {
            Ok(id) => (id, Vec::new()),
            Err(problem) => (None, vec![problem]),
        };
        problems.extend(raw.problems.iter().cloned());
        if self.files.is_none() {
            problems.extend(not_uploaded(text));
        }
        let sent = self.as_sent(text);
        let ticket = NewTicket::from_json(sent.as_deref().unwrap_or(text));
        let ticket = ticket.map_err(|error| {
            let violations = || error.violations().into_iter().flatten();
            // The API's rules may report the same problem of the id.
            problems.retain(|own| violations().all(|other| other.pointer() != own.pointer));
            problems.extend(violations().map(|violation| {
                Problem::new(violation.pointer().to_owned(), violation.message())
            }));
            if problems.is_empty() {
                problems.push(Problem::new(String::new(), error.to_string()));
            }
        });
        let mut reason = RejectionReason::Invalid;
        if !self.allow_sending {
            let sent = would_be_sent(&value);
            if problems.is_empty() && !sent.is_empty() {
                reason = RejectionReason::WouldSend;
            }
            problems.extend(sent);
        }
        let ready = match (ticket, id.clone()) {
            (Ok(ticket), Some(id)) if problems.is_empty() => {
                let ticket = ticket.external_id(id.as_str());
                let body = BodyHash::of_ticket(&ticket, &id).map_err(|error| Refused {
                    id: Some(id.clone()),
                    ..whole(error.to_string())
                })?;
                Some((ticket, id, body))
            }
            _ => None,
        };
        match ready {
            Some((ticket, id, body)) => Ok(Checked {
                line,
                id,
                ticket,
                body,
                updated: updated(&value),
            }),
            None => Err(Refused {
                line,
                id,
                rejection: Rejection::new(reason, problems),
            }),
        }
    }

    /// The id of a line, if it has one.
    pub(crate) fn id_of(&self, raw: &RawLine) -> Option<ExternalId> {
        let text = std::str::from_utf8(raw.content.as_ref()?).ok()?;
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
        self.external_id(&value).ok()
    }

    fn external_id(&self, value: &Value) -> Result<ExternalId, Problem> {
        match (&self.derive, value.get("external_id")) {
            (Some(derive), None | Some(Value::Null)) => derive.external_id(value),
            (Some(derive), Some(_)) if derive.field == "external_id" => derive.external_id(value),
            (_, Some(Value::String(id))) => ExternalId::new(id.as_str())
                .map_err(|error| Problem::new("/external_id".to_owned(), error.to_string())),
            (None, None | Some(Value::Null)) => Err(Problem::new(
                "/external_id".to_owned(),
                "is required, so that the ticket is created once",
            )),
            // The API's rules report what is wrong with it, in place of this
            // problem.
            (_, Some(_)) => Err(Problem::new(
                "/external_id".to_owned(),
                "is needed as a string",
            )),
        }
    }

    /// Returns the text without the member that the id is made from. `None` if
    /// the member is to be sent.
    fn as_sent(&self, text: &str) -> Option<String> {
        let derive = self.derive.as_ref()?;
        let inside = derive.field.starts_with('/');
        if inside {
            None
        } else {
            without(text, &derive.field)
        }
    }
}

impl Derive {
    fn external_id(&self, value: &Value) -> Result<ExternalId, Problem> {
        let (field, pointer) = match self.field.strip_prefix('/') {
            Some(_) => (value.pointer(&self.field), self.field.clone()),
            None => {
                let name = self.field.replace('~', "~0").replace('/', "~1");
                (value.get(&self.field), format!("/{name}"))
            }
        };
        let text = match field {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) if number.is_i64() || number.is_u64() => number.to_string(),
            None | Some(Value::Null) => {
                return Err(Problem::new(
                    pointer,
                    "is required, to make the external id of",
                ));
            }
            Some(_) => {
                return Err(Problem::new(
                    pointer,
                    "must be a string or an integer, to make the external id of",
                ));
            }
        };
        ExternalId::derive(&self.prefix, &text)
            .map_err(|error| Problem::new(pointer, error.to_string()))
    }
}

/// Returns the attachments of a line that are local files.
fn not_uploaded(text: &str) -> impl Iterator<Item = Problem> {
    let message = "is a file of this machine, which --attachments upload uploads";
    let found = file_addresses(text).into_iter();
    found.filter_map(move |found| match found.named {
        Named::Attachment { pointer, .. } => Some(Problem::new(pointer, message)),
        Named::Body => None,
    })
}

fn updated(value: &Value) -> Option<DateTime<Utc>> {
    let text = value.get("updated_datetime")?.as_str()?;
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::InvalidRules;

    fn raw(text: &str) -> RawLine {
        RawLine::new(7, Some(text.as_bytes().to_vec()))
    }

    fn check(rules: &Rules, value: &Value) -> Result<Checked, Refused> {
        rules.check(&raw(&value.to_string()))
    }

    fn refused(rules: &Rules, value: &Value) -> (RejectionReason, Vec<String>) {
        let refused = check(rules, value).unwrap_err();
        let problems = refused.rejection.problems.iter();
        (
            refused.rejection.reason,
            problems.map(|problem| problem.pointer.clone()).collect(),
        )
    }

    fn body() -> Value {
        json!({"messages": [{"channel": "api", "from_agent": false}]})
    }

    fn with(name: &str, value: Value) -> Value {
        let mut body = body();
        body[name] = value;
        body
    }

    fn derived(field: &str) -> Rules {
        Rules::new().derive_ids("zendesk", field).unwrap()
    }

    #[test]
    fn a_line_has_its_own_id() {
        let checked = check(&Rules::new(), &with("external_id", json!("a-1"))).unwrap();
        assert_eq!((checked.line, checked.id.as_str()), (7, "a-1"));
        let long = json!("x".repeat(256));
        for id in [json!(null), json!(7), json!(""), json!(" a"), long] {
            let (reason, pointers) = refused(&Rules::new(), &with("external_id", id));
            assert_eq!(reason, RejectionReason::Invalid);
            assert_eq!(pointers, ["/external_id"]);
        }
        assert_eq!(refused(&Rules::new(), &body()).1, ["/external_id"]);
    }

    #[test]
    fn an_id_is_made_of_a_field_that_is_not_sent() {
        for id in [json!(12345), json!("12345")] {
            let checked = check(&derived("id"), &with("id", id)).unwrap();
            assert_eq!(checked.id.as_str(), "zendesk:12345");
            let sent = checked.ticket.to_json().unwrap();
            let sent: Value = serde_json::from_str(&sent).unwrap();
            assert_eq!(sent, with("external_id", json!("zendesk:12345")));
        }
        for id in [json!(1.5), json!(true), json!(""), json!(null), json!([])] {
            assert_eq!(refused(&derived("id"), &with("id", id)).1, ["/id"]);
        }
        assert_eq!(refused(&derived("a/b"), &body()).1, ["/a~1b"]);
    }

    #[test]
    fn an_id_is_made_of_something_that_is_sent() {
        let line = with("meta", json!({"old": {"id": 9}}));
        let checked = check(&derived("/meta/old/id"), &line).unwrap();
        assert_eq!(checked.id.as_str(), "zendesk:9");
        assert!(checked.ticket.to_json().unwrap().contains(r#"{"id":9}"#));
        assert_eq!(refused(&derived("/meta/id"), &line).1, ["/meta/id"]);
        let line = with("subject", json!([]));
        assert_eq!(refused(&derived("/subject"), &line).1, ["/subject"]);
    }

    #[test]
    fn an_id_is_made_of_something() {
        let rules = |prefix, field| Rules::new().derive_ids(prefix, field).unwrap_err();
        assert_eq!(rules("zendesk", ""), InvalidRules::Field);
        for prefix in ["", "a b"] {
            assert!(matches!(rules(prefix, ""), InvalidRules::Prefix(_)));
        }
    }

    #[test]
    fn an_id_of_its_own_goes_first_unless_it_is_the_field() {
        let mut line = with("external_id", json!("own"));
        line["id"] = json!(7);
        assert_eq!(check(&derived("id"), &line).unwrap().id.as_str(), "own");
        let line = with("external_id", json!("own"));
        let checked = check(&derived("external_id"), &line).unwrap();
        assert_eq!(checked.id.as_str(), "zendesk:own");
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let line = json!({
            "colour": "red",
            "messages": [{"channel": "email", "from_agent": true, "via": "pigeon"}]
        });
        let (reason, mut pointers) = refused(&Rules::new(), &line);
        pointers.sort();
        assert_eq!(reason, RejectionReason::Invalid);
        assert_eq!(
            pointers,
            [
                "/colour",
                "/external_id",
                "/messages/0/sent_datetime",
                "/messages/0/via"
            ]
        );
    }

    #[test]
    fn what_stands_for_an_address_has_to_be_one() {
        for email in ["", "no at", "@", "jane@"] {
            let mut line = with("external_id", json!("a-1"));
            line["customer"] = json!({"email": email});
            line["messages"][0]["sender"] = json!({"email": email});
            let (reason, mut pointers) = refused(&Rules::new(), &line);
            pointers.sort();
            assert_eq!(reason, RejectionReason::Invalid);
            assert_eq!(pointers, ["/customer/email", "/messages/0/sender/email"]);
        }
    }

    #[test]
    fn a_file_of_this_machine_is_refused_with_the_flag_that_uploads_it() {
        let mut line = with("external_id", json!("a-1"));
        line["messages"][0]["attachments"] =
            json!([{"url": "file:///a.png", "name": "a.png", "content_type": "image/png"}]);
        line["messages"][0]["body_text"] = json!("file:///b.png");
        let refused = check(&Rules::new(), &line).unwrap_err();
        let [problem] = refused.rejection.problems.as_slice() else {
            panic!("{refused:?}");
        };
        assert_eq!(problem.pointer, "/messages/0/attachments/0/url");
        assert!(problem.message.contains("--attachments upload"));
    }

    #[test]
    fn what_would_be_sent_needs_permission() {
        let line = json!({
            "external_id": "a-1",
            "messages": [{"channel": "email", "from_agent": true}]
        });
        let told = refused(&Rules::new(), &line);
        let pointer = "/messages/0/sent_datetime".to_owned();
        assert_eq!(told, (RejectionReason::WouldSend, vec![pointer]));
        assert!(check(&Rules::new().allow_sending(true), &line).is_ok());
    }

    #[test]
    fn what_is_no_object_is_told() {
        for text in ["{", "7", "[]", "\u{1}", r#"{"a":1} {"b":2}"#] {
            let refused = Rules::new().check(&raw(text)).unwrap_err();
            assert_eq!(refused.rejection.reason, RejectionReason::Invalid);
            assert_eq!(refused.rejection.problems.len(), 1, "{text}");
        }
        // The message has only the column: the report gives the number of the
        // line in the input.
        let refused = Rules::new().check(&raw("{")).unwrap_err();
        assert_eq!(
            refused.rejection.problems[0].message,
            "is not JSON: EOF while parsing an object at column 1"
        );
        let bytes = RawLine::new(1, Some(vec![0xff]));
        assert!(Rules::new().check(&bytes).is_err());
        let long = RawLine::new(1, None);
        assert!(Rules::new().check(&long).is_err());
    }

    #[test]
    fn a_member_that_is_given_twice_is_refused_with_or_without_a_prefix() {
        let text = r#"{"id":1,"external_id":"a","external_id":"b",
            "messages":[{"channel":"api","from_agent":false}]}"#;
        for rules in [Rules::new(), derived("id")] {
            assert!(rules.check(&raw(text)).is_err());
        }
        let text = r#"{"id":1,"id":2,"messages":[{"channel":"api","from_agent":false}]}"#;
        assert!(derived("id").check(&raw(text)).is_err());
    }

    #[test]
    fn a_mark_of_byte_order_is_no_problem() {
        let line = format!("\u{feff}{}\r", with("external_id", json!("a-1")));
        assert!(Rules::new().check(&raw(&line)).is_ok());
    }

    #[test]
    fn the_time_of_its_last_change_is_read() {
        let mut line = with("external_id", json!("a-1"));
        line["updated_datetime"] = json!("2020-05-06T07:08:09+01:00");
        let checked = check(&Rules::new(), &line).unwrap();
        let at = checked.updated.unwrap();
        assert_eq!(at.to_rfc3339(), "2020-05-06T06:08:09+00:00");
    }
}
