//! Keeps one media type of a body.
//!
//! The generator accepts only bodies with one media type. If there are several, the
//! client sends the first of `SENT` that the document lists, and asks for JSON.

use serde_json::Value;

use super::named;

/// The media types of request bodies that the client can send, the best first.
pub(crate) const SENT: [&str; 5] = [
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/octet-stream",
    "text/plain",
];

/// Returns the media type in which the client sends a request body.
pub(crate) fn sent(content: &Value) -> Option<&str> {
    let names = content.as_object()?.keys();
    let names: Vec<&str> = names.map(String::as_str).collect();
    let best = SENT.iter().find_map(|media| {
        let mut names = names.iter();
        names.find(|name| bare(name) == *media)
    });
    best.or(names.first()).copied()
}

/// Returns the media type in which the client reads a response.
fn read(content: &Value) -> Option<&str> {
    let mut names = content.as_object()?.keys().map(String::as_str);
    names.find(|name| is_json(name))
}

/// Whether a media type is JSON.
pub(crate) fn is_json(media: &str) -> bool {
    bare(media) == "application/json" || bare(media).ends_with("+json")
}

/// Returns a media type without its parameters.
pub(crate) fn bare(media: &str) -> &str {
    media.split(';').next().unwrap_or_default().trim()
}

pub(super) fn run(document: &mut Value) -> usize {
    let mut count = 0;
    let mut keep = |holder: &mut Value, choose: fn(&Value) -> Option<&str>| {
        let Some(content) = holder.get_mut("content") else {
            return;
        };
        let Some(chosen) = choose(content).map(str::to_owned) else {
            return;
        };
        if let Value::Object(content) = content
            && content.len() > 1
        {
            content.retain(|name, _| *name == chosen);
            count += 1;
        }
    };
    super::each_body(document, |body| keep(body, sent));
    super::operations(document)
        .flat_map(|operation| named(operation.get_mut("responses")))
        .for_each(|response| keep(response, read));
    for response in named(document.pointer_mut("/components/responses")) {
        keep(response, read);
    }
    count
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    #[test]
    fn json_is_chosen_and_what_has_no_choice_stays() {
        let content = |names: &[&str]| -> Value {
            let names = names.iter().map(|name| ((*name).to_owned(), json!({})));
            names.collect::<Map<_, _>>().into()
        };
        let body = |names: &[&str]| json!({"content": content(names)});
        let mut document = json!({"paths": {"/a": {"put": {
            "requestBody": body(&["text/plain", "application/json; charset=utf-8"]),
            "responses": {
                "200": body(&["text/csv", "application/hal+json"]),
                "201": body(&["text/csv", "text/plain"]),
            },
        }}}});
        assert_eq!(run(&mut document), 2);
        let operation = &document["paths"]["/a"]["put"];
        assert_eq!(
            operation["requestBody"],
            body(&["application/json; charset=utf-8"])
        );
        let responses = &operation["responses"];
        assert_eq!(responses["200"], body(&["application/hal+json"]));
        assert_eq!(responses["201"], body(&["text/csv", "text/plain"]));
    }
}
