//! Errors in the service's envelope, `{"error": {"msg": …, "data": …}}`.
//!
//! FIDELITY.md lists the messages that were recorded or are documented. They are
//! used unchanged, since clients may compare them. The other messages are our own.

use ::http::{HeaderValue, StatusCode, header};
use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::answer::Answer;
use crate::auth::Refusal;
use crate::document::Violation;
use crate::strictness::ErrorData;

/// The message recorded for a request to create a ticket when the account's quota was
/// used up.
const QUOTA: &str =
    "You do not have enough permissions to perform this action. Messaging quota exceeded.";

/// The message recorded for an unknown bearer token.
const UNKNOWN_TOKEN: &str =
    "401 Unauthorized: No user found matching the \"sub\" claim of the token.";

/// The HTML page recorded for an unknown path.
const NOT_FOUND_PAGE: &str = "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n\
    <h1>Not Found</h1>\n<p>The requested URL was not found on the server. If you entered the URL \
    manually please check your spelling and try again.</p>\n";

/// The key of a value's own errors, beside those of its children.
const OWN: &str = "_schema";

/// Returns the message of the 400 to an invalid request of an operation. The vendor
/// documents the message of `create_ticket`; the others are formed in the same way.
pub(crate) fn failure(operation: &str) -> String {
    format!("Failed to {}", operation.replace('_', " "))
}

/// An error without data.
pub(crate) fn error(status: StatusCode, message: &str) -> Answer {
    Answer::json(status, &json!({ "error": { "msg": message } }))
}

/// 400 with all violations.
pub(crate) fn invalid(message: &str, violations: &[Violation], shape: ErrorData) -> Answer {
    let data = match shape {
        ErrorData::Nested => nested(violations),
        ErrorData::Dotted => dotted(violations),
        ErrorData::Absent => return error(StatusCode::BAD_REQUEST, message),
    };
    let body = json!({ "error": { "msg": message, "data": data } });
    Answer::json(StatusCode::BAD_REQUEST, &body)
}

/// 400 for a body that is not JSON.
pub(crate) fn malformed() -> Answer {
    error(
        StatusCode::BAD_REQUEST,
        "The request body is not valid JSON.",
    )
}

pub(crate) fn unauthorized(refusal: Refusal) -> Answer {
    let message = match refusal {
        Refusal::NoCredentials => "401 Unauthorized: The request has no credentials.",
        Refusal::WrongKey => "401 Unauthorized: The e-mail and API key do not match an account.",
        Refusal::WrongToken => UNKNOWN_TOKEN,
    };
    error(StatusCode::UNAUTHORIZED, message)
}

pub(crate) fn quota_exceeded() -> Answer {
    error(StatusCode::FORBIDDEN, QUOTA)
}

/// 404 for a resource that doesn't exist.
pub(crate) fn no_such_resource() -> Answer {
    error(StatusCode::NOT_FOUND, "Resource not found.")
}

/// 404 for an unknown path: an HTML page, not JSON.
pub(crate) fn no_such_path() -> Answer {
    Answer::new(
        StatusCode::NOT_FOUND,
        "text/html; charset=utf-8",
        Bytes::from_static(NOT_FOUND_PAGE.as_bytes()),
    )
}

pub(crate) fn wrong_method(allowed: &[&str]) -> Answer {
    let mut answer = error(
        StatusCode::METHOD_NOT_ALLOWED,
        "The specified HTTP method is not allowed.",
    );
    if let Ok(allowed) = HeaderValue::from_str(&allowed.join(", ")) {
        answer.headers.insert(header::ALLOW, allowed);
    }
    answer
}

pub(crate) fn conflict() -> Answer {
    error(StatusCode::CONFLICT, "The resource already exists.")
}

pub(crate) fn too_large() -> Answer {
    error(
        StatusCode::PAYLOAD_TOO_LARGE,
        "The request body is too large.",
    )
}

/// 415 for a body that is not of this content type.
pub(crate) fn wrong_content_type(wanted: &str) -> Answer {
    let message = format!("The request body must be {wanted}.");
    error(StatusCode::UNSUPPORTED_MEDIA_TYPE, &message)
}

/// 429 that does not say how long to wait.
pub(crate) fn too_many() -> Answer {
    error(
        StatusCode::TOO_MANY_REQUESTS,
        "The account's rate limit is reached.",
    )
}

/// 429 with `Retry-After`, in whole seconds.
pub(crate) fn rate_limited(retry_after: u64) -> Answer {
    let mut answer = too_many();
    answer
        .headers
        .insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    answer
}

/// 501 for an operation of the service that the emulator doesn't serve.
pub(crate) fn not_emulated(operation: &str) -> Answer {
    let message = format!("The emulator does not serve {operation}.");
    error(StatusCode::NOT_IMPLEMENTED, &message)
}

/// 500 for an answer of the emulator that the document doesn't allow: a defect of the
/// emulator or of the document.
pub(crate) fn undocumented_answer(operation: &str, violations: &[Violation]) -> Answer {
    let message = format!("The emulator's own answer to {operation} violates the document.");
    let body = json!({ "error": { "msg": message, "data": nested(violations) } });
    Answer::json(StatusCode::INTERNAL_SERVER_ERROR, &body)
}

/// Returns the violations as nested objects by key. An array becomes an object
/// whose keys are the indexes.
fn nested(violations: &[Violation]) -> Value {
    let errors = violations.iter();
    let errors = errors.map(|violation| (violation.path.as_slice(), violation.message.as_str()));
    match nested_errors(errors) {
        // All violations are of the whole body. `data` must still be an object.
        Value::Array(own) => json!({ OWN: own }),
        nested => nested,
    }
}

/// The path below a value, and the message of an error there.
type PathAndMessage<'a> = (&'a [String], &'a str);

/// Returns the errors of a value: a list of the value's own errors or, if there are
/// errors below it, an object.
fn nested_errors<'a>(errors: impl Iterator<Item = PathAndMessage<'a>>) -> Value {
    let mut own = Vec::new();
    let mut below: Vec<(&String, Vec<PathAndMessage<'a>>)> = Vec::new();
    for (path, message) in errors {
        let Some((key, rest)) = path.split_first() else {
            own.push(message);
            continue;
        };
        match below.iter_mut().find(|(known, _)| *known == key) {
            Some((_, errors)) => errors.push((rest, message)),
            None => below.push((key, vec![(rest, message)])),
        }
    }
    if below.is_empty() {
        return json!(own);
    }
    let mut object = Map::new();
    if !own.is_empty() {
        object.insert(OWN.to_owned(), json!(own));
    }
    for (key, errors) in below {
        object.insert(key.clone(), nested_errors(errors.into_iter()));
    }
    Value::Object(object)
}

fn dotted(violations: &[Violation]) -> Value {
    let mut data: Map<String, Value> = Map::new();
    for violation in violations {
        let path = match violation.path.is_empty() {
            true => OWN.to_owned(),
            false => violation.path.join("."),
        };
        let messages = data.entry(path).or_insert_with(|| json!([]));
        if let Some(messages) = messages.as_array_mut() {
            messages.push(json!(violation.message));
        }
    }
    Value::Object(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_nest_by_key_and_position() {
        let violations = [
            Violation::new(&["messages", "0", "channel"], "a"),
            Violation::new(&["messages", "0", "channel"], "b"),
            Violation::new(&["messages"], "c"),
            Violation::new(&["subject"], "d"),
        ];
        assert_eq!(
            nested(&violations),
            json!({
                "messages": {"_schema": ["c"], "0": {"channel": ["a", "b"]}},
                "subject": ["d"]
            })
        );
    }

    #[test]
    fn an_error_of_the_whole_body_is_still_an_object() {
        assert_eq!(
            nested(&[Violation::new(&[], "a")]),
            json!({ "_schema": ["a"] })
        );
        assert_eq!(
            dotted(&[Violation::new(&[], "a"), Violation::new(&["x", "0"], "b")]),
            json!({ "_schema": ["a"], "x.0": ["b"] })
        );
    }
}
