//! Short names for places.

use serde_json::Value;

/// What a JSON pointer into a document is about, as people would say it:
/// `CreateTicket.messages[].channel`, `POST /api/tickets, response 201`.
pub fn subject(document: &Value, pointer: &str) -> String {
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

/// The name of the parameter a pointer leads into.
fn parameter(document: &Value, pointer: &str) -> Option<String> {
    let (before, rest) = pointer.split_once("/parameters/")?;
    let index = rest.split('/').next()?;
    let parameter = document.pointer(&format!("{before}/parameters/{index}"))?;
    let name = parameter.get("name")?.as_str()?;
    Some(name.to_owned())
}

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
        [] => String::new(),
        other => format!(", {}", other.join(" ")),
    }
}

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

/// The way through a schema.
fn inside(segments: &[&str]) -> String {
    let mut way = String::new();
    let mut rest = segments;
    loop {
        rest = match rest {
            ["properties", name, rest @ ..] => {
                way.push('.');
                way.push_str(name);
                rest
            }
            ["items", rest @ ..] => {
                way.push_str("[]");
                rest
            }
            ["additionalProperties", rest @ ..] => {
                way.push_str(".*");
                rest
            }
            ["allOf" | "anyOf" | "oneOf" | "not" | "schema", rest @ ..] | [_, rest @ ..] => rest,
            [] => return way,
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
