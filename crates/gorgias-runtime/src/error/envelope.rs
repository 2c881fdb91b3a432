//! The body of an error response.

use serde_json::Value;

use super::FieldError;
use super::field_error::collect;
use crate::response::content;

/// The message and the field errors of an error body, in any of the known
/// shapes.
#[derive(Clone, Default)]
pub(crate) struct Envelope {
    pub(crate) message: Option<String>,
    pub(crate) fields: Vec<FieldError>,
    /// Whether the body is a JSON object. The service's own error bodies are JSON
    /// objects. An HTML page comes from a router or a proxy in front of the service.
    pub(crate) is_json: bool,
}

impl Envelope {
    pub(crate) fn read(body: &[u8]) -> Self {
        let body = content::without_bom(body);
        let Ok(value) = serde_json::from_slice::<Value>(body) else {
            return Self::default();
        };
        let error = value.get("error").unwrap_or(&value);
        let text = |name| error.get(name).and_then(Value::as_str);
        Self {
            message: text("msg")
                .or_else(|| text("message"))
                .or_else(|| error.as_str())
                .map(str::to_owned),
            fields: error.get("data").map(collect).unwrap_or_default(),
            is_json: value.is_object(),
        }
    }

    /// Whether the message says that a quota of the plan is used up. The status
    /// is the same as for a missing permission; only the text differs.
    pub(crate) fn is_quota_message(&self) -> bool {
        self.message
            .as_deref()
            .is_some_and(|message| message.to_ascii_lowercase().contains("quota exceeded"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(body: &str) -> Option<String> {
        Envelope::read(body.as_bytes()).message
    }

    #[test]
    fn every_known_shape_gives_its_message() {
        for body in [
            r#"{"error":{"msg":"No."}}"#,
            r#"{"error":{"message":"No."}}"#,
            r#"{"error":"No."}"#,
            r#"{"msg":"No."}"#,
            r#"{"message":"No."}"#,
            r#"{"error":{"msg":"No.","message":"Other."}}"#,
            "\u{feff}{\"error\":{\"msg\":\"No.\"}}",
        ] {
            assert_eq!(message(body).as_deref(), Some("No."), "{body}");
        }
    }

    #[test]
    fn other_bodies_give_no_message() {
        for body in [
            "",
            "<!doctype html>",
            "null",
            "[]",
            "{}",
            r#"{"error":7}"#,
            "{\"error\":{",
        ] {
            assert_eq!(message(body), None, "{body}");
        }
        assert!(!Envelope::read(b"<!doctype html>").is_json);
        assert!(Envelope::read(b"{}").is_json);
    }

    #[test]
    fn an_exhausted_quota_is_told_from_a_missing_permission() {
        let read = |msg: &str| {
            Envelope::read(format!(r#"{{"error":{{"msg":"{msg}"}}}}"#).as_bytes())
                .is_quota_message()
        };
        assert!(read("Not allowed. Messaging quota exceeded."));
        assert!(!read(
            "You do not have enough permissions to perform this action."
        ));
    }
}
