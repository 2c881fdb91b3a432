//! Describes a change in one phrase, with a short name for its place.

use serde_json::Value;
use spec_diff::Change;

/// Returns the phrase for a change: the name of its place, and then the message.
pub fn sentence(document: &Value, change: &Change) -> String {
    let (place, words) = subject_and_words(document, change);
    let verbs = ["was ", "became ", "is ", "are "];
    match verbs.iter().any(|verb| words.starts_with(verb)) {
        true => format!("{place} {words}"),
        false => format!("{place}: {words}"),
    }
}

/// Returns the name of a change's place, and the message without this name.
pub fn subject_and_words(document: &Value, change: &Change) -> (String, String) {
    let place = subject(document, &change.new);
    let words = change.message.as_str();
    // The place of an added or removed operation is the path, and the message begins with the
    // method and the path.
    if let Some((method, rest)) = words.split_once(' ')
        && let Some(rest) = rest.strip_prefix(&place)
        && let Some(rest) = rest.strip_prefix(' ')
    {
        return (format!("{method} {place}"), rest.to_owned());
    }
    let last = spec_model::steps(&change.new).last();
    let last = last.map(|step| format!("`{step}`"));
    let names = last.iter().map(String::as_str).chain([place.as_str()]);
    let status = place.rsplit(' ').next();
    let shortened = names.chain(status).find_map(|name| {
        let rest = words.strip_prefix(name)?.strip_prefix(' ')?;
        // If the pointer ends in a keyword, the name of the place doesn't contain the keyword,
        // so the message keeps it.
        place
            .ends_with(name.trim_matches('`'))
            .then(|| rest.to_owned())
    });
    let words = shortened.unwrap_or_else(|| words.to_owned());
    (place, words)
}

/// The greatest number of operations that are named. The others are counted.
const NAMED: usize = 6;

/// Returns the names of the first operations, and the number of the others.
pub fn operations(names: &[String]) -> String {
    let named = names
        .iter()
        .take(NAMED)
        .map(String::as_str)
        .collect::<Vec<_>>();
    match names.len().checked_sub(NAMED) {
        None | Some(0) => named.join(", "),
        Some(more) => format!("{} and {more} more", named.join(", ")),
    }
}

/// Returns a readable name for the place of a JSON pointer, such as
/// `CreateTicket.messages[].channel` or `POST /api/tickets, response 201`.
fn subject(document: &Value, pointer: &str) -> String {
    let segments: Vec<String> = spec_model::steps(pointer)
        .map(|step| step.into_owned())
        .collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        [] => "the document".to_owned(),
        ["components", "schemas", name, rest @ ..] => format!("{name}{}", inside(rest)),
        ["components", section, name, rest @ ..] => format!("{section} {name}{}", inside(rest)),
        ["paths", path, method, rest @ ..] => {
            let name = parameter(document, pointer);
            let rest = message(rest, name.as_deref());
            if *method == "parameters" {
                let name = name.unwrap_or_default();
                return format!("{path}, parameter {name}");
            }
            format!("{} {path}{rest}", method.to_ascii_uppercase())
        }
        ["paths", path] => (*path).to_owned(),
        other => other.join(" "),
    }
}

/// Returns the name of the parameter that a pointer leads into.
fn parameter(document: &Value, pointer: &str) -> Option<String> {
    let (before, rest) = pointer.split_once("/parameters/")?;
    let index = rest.split('/').next()?;
    let parameter = document.pointer(&format!("{before}/parameters/{index}"))?;
    let name = parameter.get("name")?.as_str()?;
    Some(name.to_owned())
}

/// Returns the name of a part of an operation.
fn message(segments: &[&str], parameter: Option<&str>) -> String {
    match segments {
        ["requestBody", rest @ ..] => format!(", request{}", body(rest)),
        ["responses", status, rest @ ..] => format!(", response {status}{}", body(rest)),
        ["parameters", _, rest @ ..] => {
            format!(
                ", parameter {}{}",
                parameter.unwrap_or_default(),
                inside(rest)
            )
        }
        ["callbacks", name, ..] => format!(", callback {name}"),
        // A keyword of an operation is left out, because the message of the change names it.
        [] | [_] => String::new(),
        other => format!(", {}", other.join(" ")),
    }
}

/// Returns the name of a part of a request body or response.
fn body(segments: &[&str]) -> String {
    match segments {
        ["content", media_type, "schema", rest @ ..] => match *media_type {
            "application/json" => inside(rest),
            other => format!(" ({other}){}", inside(rest)),
        },
        ["content", media_type, ..] => format!(" ({media_type})"),
        ["headers", name, ..] => format!(", header {name}"),
        _ => String::new(),
    }
}

/// Returns the name of a part of a schema.
fn inside(segments: &[&str]) -> String {
    let mut path = String::new();
    let mut rest = segments;
    loop {
        rest = match rest {
            ["properties", name, rest @ ..] => {
                path.push('.');
                path.push_str(if name.is_empty() { "\"\"" } else { name });
                rest
            }
            ["items", rest @ ..] => {
                path.push_str("[]");
                rest
            }
            ["additionalProperties", rest @ ..] => {
                path.push_str(".*");
                rest
            }
            ["allOf" | "anyOf" | "oneOf" | "not" | "schema", rest @ ..] | [_, rest @ ..] => rest,
            [] => return path,
        };
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parameters_go_by_name() {
        let document = json!({"paths": {"/a": {
            "parameters": [{"name": "id"}],
            "get": {"parameters": [{"name": "limit", "schema": {}}]},
        }}});
        let at = "/paths/~1a/get/parameters/0/schema";
        assert_eq!(subject(&document, at), "GET /a, parameter limit");
        assert_eq!(
            subject(&document, "/paths/~1a/parameters/0"),
            "/a, parameter id"
        );
    }

    #[test]
    fn nothing_is_said_twice() {
        let told = |pointer: &str, message: &str| {
            let mut change = spec_diff::compare(&json!({}), &json!({"paths": {}}))
                .changes
                .remove(0);
            (change.new, change.message) = (pointer.to_owned(), message.to_owned());
            sentence(&Value::Null, &change)
        };
        let at = "/components/schemas/A/properties/b";
        assert_eq!(told(at, "`b` became required"), "A.b became required");
        assert_eq!(told(at, "null is allowed"), "A.b: null is allowed");
        let at = "/components/schemas/A/properties/";
        assert_eq!(told(at, "`` became required"), "A.\"\" became required");
        assert_eq!(
            told("/paths/~1x", "DELETE /x was added"),
            "DELETE /x was added"
        );
        assert_eq!(told("/paths/~1x", "/x was removed"), "/x was removed");
        let at = "/paths/~1x/get/summary";
        assert_eq!(told(at, "`summary` changed"), "GET /x: `summary` changed");
        let at = "/paths/~1x/get/responses/409";
        assert_eq!(told(at, "409 was added"), "GET /x, response 409 was added");
    }

    #[test]
    fn places_have_short_names() {
        let at = "/components/schemas/CreateTicket/properties/messages/items/properties/channel";
        assert_eq!(subject(&Value::Null, at), "CreateTicket.messages[].channel");
        let at = "/paths/~1api~1tickets/post/responses/201/content/application~1json/schema/properties/id";
        assert_eq!(
            subject(&Value::Null, at),
            "POST /api/tickets, response 201.id"
        );
        let at = "/paths/~1api~1tickets/post/responses/201/headers/Location";
        assert_eq!(
            subject(&Value::Null, at),
            "POST /api/tickets, response 201, header Location"
        );
        assert_eq!(subject(&Value::Null, ""), "the document");
    }
}
