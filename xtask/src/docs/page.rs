//! Creates the page from the document and the renderer.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Map, Value, json};
use spec_model::members;

use crate::{files::read, tools::Tools};

const PAGE: &str = include_str!("../../reference/page.html");

/// The image that the renderer would load.
const LOGO: &str = "https://cdn.redoc.ly/redoc/logo-mini.svg";

/// Returns the text of the page.
pub(super) fn render(document: &Value, tools: &Tools) -> Result<String> {
    let renderer = tools
        .node_modules()?
        .join("redoc/bundles/redoc.standalone.js");
    // The page must not load anything, so the renderer's logo is removed.
    let renderer = read(&renderer)?.replace(LOGO, "data:,");
    let title = document.pointer("/info/title").and_then(Value::as_str);
    // All parts are expanded, so that a browser's search finds every field.
    let options = json!({
        "expandResponses": "200,201",
        "generatedSamplesMaxDepth": 4,
        "hideDownloadButtons": true,
        "jsonSamplesExpandLevel": "all",
        "schemasExpansionLevel": "all",
        "showExtensions": ["x-unproven"],
    });
    let document = for_readers(document);
    // The renderer is inserted last, so that no placeholder in the renderer is replaced.
    Ok(PAGE
        .replace("{title}", title.unwrap_or("API reference"))
        .replace("{options}", &options.to_string())
        .replace("{document}", &in_script(&document.to_string()))
        .replacen("{renderer}", &in_script(&renderer), 1))
}

/// The operation that most readers look for.
const FIRST: (&str, &str) = ("/api/tickets", "post");

/// Prepares the document for the renderer. The operation that most readers look for comes
/// first. The values of open enums are added to descriptions, because the renderer doesn't
/// know `x-extensible-enum`.
fn for_readers(document: &Value) -> Value {
    let mut document = document.clone();
    let (path, method) = FIRST;
    if let Some(paths) = document
        .pointer_mut("/paths")
        .and_then(Value::as_object_mut)
    {
        move_first(paths, path);
        if let Some(item) = paths.get_mut(path).and_then(Value::as_object_mut) {
            move_first(item, method);
        }
    }
    let sets = open_sets(&document);
    show_values(&mut document, &sets);
    document
}

fn move_first(members: &mut Map<String, Value>, name: &str) {
    if let Some((name, value)) = members.shift_remove_entry(name) {
        members.shift_insert(0, name, value);
    }
}

/// Returns a sentence about the values of each open enum (`x-extensible-enum`), by the reference
/// to the enum.
fn open_sets(document: &Value) -> BTreeMap<String, String> {
    members(document, "/components/schemas")
        .filter_map(|(name, schema)| {
            let values = schema.get("x-extensible-enum")?.as_array()?;
            let values: Vec<_> = values.iter().filter_map(Value::as_str).collect();
            let sentence = format!(
                "Known values: `{}`. There may be others.",
                values.join("`, `")
            );
            Some((format!("#/components/schemas/{name}"), sentence))
        })
        .collect()
}

/// Adds the values to the descriptions of all members that refer to an open enum by `allOf`. The
/// renderer shows only the description of the member, not the description of the enum.
fn show_values(value: &mut Value, sets: &BTreeMap<String, String>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| show_values(item, sets)),
        Value::Object(members) => {
            let references = members.get("allOf").and_then(Value::as_array);
            let references = references.into_iter().flatten();
            let sentence = references
                .filter_map(|part| sets.get(part.get("$ref")?.as_str()?))
                .next();
            // If the member has its own `enum`, the renderer shows that list.
            if let (Some(sentence), None) = (sentence, members.get("enum")) {
                let own = members.get("description").and_then(Value::as_str);
                let description = match own {
                    Some(own) => format!("{own}\n\n{sentence}"),
                    None => sentence.clone(),
                };
                members.insert("description".to_owned(), description.into());
            }
            members
                .values_mut()
                .for_each(|member| show_values(member, sets));
        }
        _ => {}
    }
}

/// Escapes text so that it can't end a script element.
fn in_script(text: &str) -> String {
    text.replace("</script", "<\\/script")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_begins_with_a_ticket_and_lists_the_values_of_open_sets() {
        let document = json!({
            "paths": {
                "/api/macros": {"get": {}},
                "/api/tickets": {"get": {}, "post": {}},
            },
            "components": {"schemas": {
                "Channel": {"type": "string", "x-extensible-enum": ["api", "chat"]},
                "Narrow": {"allOf": [{"$ref": "#/components/schemas/Channel"}], "enum": ["api"]},
                "Ticket": {"properties": {"channel": {
                    "description": "Where.", "allOf": [{"$ref": "#/components/schemas/Channel"}]
                }}},
            }}
        });
        let shown = for_readers(&document);
        let keys =
            |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
        assert_eq!(keys(&shown["paths"]), ["/api/tickets", "/api/macros"]);
        assert_eq!(keys(&shown["paths"]["/api/tickets"]), ["post", "get"]);
        let schemas = &shown["components"]["schemas"];
        assert_eq!(
            schemas["Ticket"]["properties"]["channel"]["description"],
            "Where.\n\nKnown values: `api`, `chat`. There may be others."
        );
        assert_eq!(
            schemas["Narrow"],
            document["components"]["schemas"]["Narrow"]
        );
    }

    #[test]
    fn nothing_in_a_script_ends_it() {
        let text = in_script(&json!({"a": "</script><b>"}).to_string());
        assert!(!text.contains("</script"));
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["a"], "</script><b>");
    }
}
