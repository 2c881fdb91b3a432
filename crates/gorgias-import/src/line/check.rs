//! Checks a line by all rules.

use chrono::{DateTime, Utc};
use gorgias::journal::BodyHash;
use gorgias::{ExternalId, NewTicket};
use serde_json::Value;

use super::RawLine;
use super::lines::LONGEST;
use super::rules::Rules;
use super::sending::would_be_sent;
use crate::files::{AddressPlace, file_addresses};
use crate::report::{Problem, Rejection, RejectionReason};

/// A line that passed all checks.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    pub(crate) line: u64,
    pub(crate) id: ExternalId,
    pub(crate) ticket: NewTicket,
    pub(crate) body: BodyHash,
    /// The line's `updated_datetime`, by which the audit orders the service's list.
    pub(crate) updated: Option<DateTime<Utc>>,
}

/// A line that failed a check.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) line: u64,
    /// The external id, if the line has one.
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
            rejection: Rejection::new(RejectionReason::Invalid, vec![Problem::new("", message)]),
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
                // For serde_json the text is line 1. The report has the number of the line
                // in the input.
                let error = error
                    .to_string()
                    .replace(" at line 1 column ", " at column ");
                return Err(whole(format!("is not JSON: {error}")));
            }
        };
        // A value that isn't an object has no id. `NewTicket::from_json` reports the
        // problem.
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
            // If a rule of the API reports a problem at the same place, only that problem
            // is reported.
            problems.retain(|own| violations().all(|other| other.pointer() != own.pointer));
            problems.extend(
                violations()
                    .map(|violation| Problem::new(violation.pointer(), violation.message())),
            );
            if problems.is_empty() {
                problems.push(Problem::new("", error.to_string()));
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
        let (Ok(ticket), Some(id), true) = (ticket, id.clone(), problems.is_empty()) else {
            let rejection = Rejection::new(reason, problems);
            return Err(Refused {
                line,
                id,
                rejection,
            });
        };
        let ticket = ticket.external_id(id.as_str());
        let updated = time(value.get("updated_datetime"));
        match BodyHash::of_ticket(&ticket, &id) {
            Ok(body) => Ok(Checked {
                line,
                id,
                ticket,
                body,
                updated,
            }),
            Err(error) => Err(Refused {
                id: Some(id),
                ..whole(error.to_string())
            }),
        }
    }
}

/// Returns a problem for each attachment that is a local file.
fn not_uploaded(text: &str) -> impl Iterator<Item = Problem> {
    let message = "is a file on this machine; --attachments upload uploads it";
    let found = file_addresses(text).into_iter();
    found.filter_map(move |found| match found.place {
        AddressPlace::Attachment { pointer, .. } => Some(Problem::new(pointer, message)),
        AddressPlace::Body => None,
    })
}

/// Returns the time in a member. `None` if the member is missing, or isn't a time by RFC 3339.
pub(crate) fn time(member: Option<&Value>) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(member?.as_str()?).ok()?;
    Some(time.to_utc())
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::json;

    use super::*;

    pub(in crate::line) fn raw(text: &str) -> RawLine {
        RawLine::new(7, Some(text.as_bytes().to_vec()))
    }

    pub(in crate::line) fn check(rules: &Rules, value: &Value) -> Result<Checked, Refused> {
        rules.check(&raw(&value.to_string()))
    }

    pub(in crate::line) fn refused(rules: &Rules, value: &Value) -> (RejectionReason, Vec<String>) {
        let refused = check(rules, value).unwrap_err();
        let problems = refused.rejection.problems.iter();
        (
            refused.rejection.reason,
            problems.map(|problem| problem.pointer.clone()).collect(),
        )
    }

    pub(in crate::line) fn body() -> Value {
        json!({"messages": [{"channel": "api", "from_agent": false}]})
    }

    pub(in crate::line) fn with(name: &str, value: Value) -> Value {
        let mut body = body();
        body[name] = value;
        body
    }

    #[test]
    fn all_problems_are_reported_at_once() {
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
    fn e_mail_addresses_are_checked() {
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
    fn messages_that_would_be_sent_need_permission() {
        let line = json!({
            "external_id": "a-1",
            "messages": [{"channel": "email", "from_agent": true}]
        });
        let refusal = refused(&Rules::new(), &line);
        let pointer = "/messages/0/sent_datetime".to_owned();
        assert_eq!(refusal, (RejectionReason::WouldSend, vec![pointer]));
        assert!(check(&Rules::new().allow_sending(true), &line).is_ok());
    }

    #[test]
    fn a_line_that_is_no_object_is_rejected() {
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
