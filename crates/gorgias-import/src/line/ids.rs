//! Finds the external id of a line, or makes it from a field.

use gorgias::ExternalId;
use serde_json::Value;

use super::members::without;
use super::rules::{Derive, Rules};
use crate::report::Problem;

impl Rules {
    /// Returns the external id of a line that is a JSON object.
    pub(super) fn external_id(&self, value: &Value) -> Result<ExternalId, Problem> {
        match (&self.derive, value.get("external_id")) {
            (Some(derive), None | Some(Value::Null)) => derive.external_id(value),
            (Some(derive), Some(_)) if derive.field == "external_id" => derive.external_id(value),
            (_, Some(Value::String(id))) => ExternalId::new(id.as_str())
                .map_err(|error| Problem::new("/external_id", error.to_string())),
            (None, None | Some(Value::Null)) => Err(Problem::new(
                "/external_id",
                "is required, so that the ticket is created once",
            )),
            // If the id isn't a string, the API's rules report a problem too, and `check` drops
            // this one.
            (_, Some(_)) => Err(Problem::new("/external_id", "must be a string")),
        }
    }

    /// Returns the text without the member that the id is made from. `None` if ids aren't made
    /// from a member, if the text has no such member, or if the member is sent.
    pub(super) fn as_sent(&self, text: &str) -> Option<String> {
        let field = &self.derive.as_ref()?.field;
        match field.starts_with('/') {
            true => None,
            false => without(text, field),
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
        let id = match field {
            Some(Value::String(text)) => ExternalId::derive(&self.prefix, text),
            Some(Value::Number(number)) if number.is_i64() || number.is_u64() => {
                ExternalId::derive(&self.prefix, number.to_string())
            }
            None | Some(Value::Null) => {
                let message = "is missing; the external id is made from it";
                return Err(Problem::new(pointer, message));
            }
            Some(_) => {
                let message = "must be a string or an integer; the external id is made from it";
                return Err(Problem::new(pointer, message));
            }
        };
        id.map_err(|error| Problem::new(pointer, error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::check::tests::{body, check, raw, refused, with};
    use super::*;
    use crate::InvalidRules;
    use crate::report::RejectionReason;

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
    fn a_member_that_is_given_twice_is_refused_with_or_without_a_prefix() {
        let text = r#"{"id":1,"external_id":"a","external_id":"b",
            "messages":[{"channel":"api","from_agent":false}]}"#;
        for rules in [Rules::new(), derived("id")] {
            assert!(rules.check(&raw(text)).is_err());
        }
        let text = r#"{"id":1,"id":2,"messages":[{"channel":"api","from_agent":false}]}"#;
        assert!(derived("id").check(&raw(text)).is_err());
    }
}
