//! Bodies made from the document's own schema.
//!
//! Each body has many fields at once, so a few dozen bodies meet every value
//! of every field.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// The OpenAPI document.
pub(crate) fn document() -> Value {
    let text = include_str!("../../../gorgias-emulator/src/document.json");
    serde_json::from_str(text).expect("is JSON")
}

/// The schema of a create request.
pub(crate) fn request_schema() -> Value {
    json!({"$ref": "#/components/schemas/CreateTicket"})
}

/// Bodies that together have every allowed kind of value in every field.
pub(crate) fn valid_bodies(document: &Value, schema: Value) -> Vec<Value> {
    valid(document, &schema)
}

/// Bodies that together break every rule of every field, each with the
/// pointers that must be complained about.
pub(crate) fn invalid_bodies(document: &Value, schema: Value) -> Vec<(Value, BTreeSet<String>)> {
    // The first is the null that no request may be.
    let all = invalid(document, &schema).into_iter();
    all.filter(|(body, _)| body.is_object()).collect()
}

/// A schema without references, and with what `allOf` adds.
fn resolve(document: &Value, schema: &Value) -> Map<String, Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document
            .pointer(reference.trim_start_matches('#'))
            .expect("exists");
        return resolve(document, target);
    }
    let mut whole = Map::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        whole.extend(resolve(document, part));
    }
    whole.extend(schema.as_object().expect("an object").clone());
    whole
}

fn number(schema: &Map<String, Value>, key: &str) -> Option<i64> {
    schema.get(key).and_then(Value::as_i64)
}

fn length(schema: &Map<String, Value>, key: &str) -> Option<usize> {
    number(schema, key).map(|length| usize::try_from(length).expect("a length"))
}

fn properties(schema: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn valid(document: &Value, schema: &Value) -> Vec<Value> {
    let schema = resolve(document, schema);
    let mut values = match schema.get("type").and_then(Value::as_str) {
        Some("object") => valid_objects(document, &schema),
        Some("array") => valid_arrays(document, &schema),
        Some("string") => valid_strings(&schema),
        Some("boolean") => vec![json!(true), json!(false)],
        Some("integer") => {
            let least = number(&schema, "minimum").unwrap_or(0).max(0);
            vec![
                json!(least),
                json!(268_435_456_i64),
                json!(9_007_199_254_740_991_i64),
            ]
        }
        Some(other) => panic!("the document has a new type: {other}"),
        None => vec![
            json!("text"),
            json!(1.5),
            json!({"a": [null]}),
            json!(false),
        ],
    };
    if schema.get("nullable") == Some(&json!(true)) {
        values.push(Value::Null);
    }
    values
}

fn is_email_address(schema: &Map<String, Value>) -> bool {
    schema.get("x-email-address") == Some(&json!(true))
}

fn valid_strings(schema: &Map<String, Value>) -> Vec<Value> {
    if let Some(closed) = schema.get("enum").and_then(Value::as_array) {
        return closed
            .iter()
            .filter(|value| value.is_string())
            .cloned()
            .collect();
    }
    if is_email_address(schema) {
        let most = length(schema, "maxLength").unwrap_or(320);
        let long = "\u{fc}".repeat(most - "@example.com".len()) + "@example.com";
        return vec![json!("jane..doe@docomo.ne.jp"), json!(long)];
    }
    let mut values = match schema.get("format").and_then(Value::as_str) {
        Some("date-time") => {
            let forms = ["2026-03-02T10:15:00Z", "2026-03-02T10:15:00.123456+05:30"];
            return forms.map(Value::from).to_vec();
        }
        Some("uri") => return vec![json!("https://files.example.com/a.jpg")],
        Some(other) => panic!("the document has a new format: {other}"),
        None => vec![json!("Gr\u{fc}\u{df}e \u{1f44b}")],
    };
    let known = schema.get("x-extensible-enum").and_then(Value::as_array);
    values.extend(known.into_iter().flatten().cloned());
    values.extend(length(schema, "minLength").map(|least| json!("x".repeat(least))));
    values.extend(length(schema, "maxLength").map(|most| json!("\u{fc}".repeat(most))));
    values
}

fn valid_arrays(document: &Value, schema: &Map<String, Value>) -> Vec<Value> {
    let mut values = valid(document, &schema["items"])
        .into_iter()
        .map(|item| json!([item]))
        .collect::<Vec<_>>();
    if length(schema, "minItems").unwrap_or(0) == 0 {
        values.push(json!([]));
    }
    values
}

/// Each object has all properties; the next one has each property's next
/// value.
fn valid_objects(document: &Value, schema: &Map<String, Value>) -> Vec<Value> {
    let fields: Vec<_> = properties(schema)
        .map(|(name, schema)| (name, valid(document, schema)))
        .collect();
    let most = fields
        .iter()
        .map(|(_, values)| values.len())
        .max()
        .unwrap_or(1);
    (0..most)
        .map(|turn| {
            let members = fields
                .iter()
                .map(|(name, values)| ((*name).clone(), values[turn % values.len()].clone()));
            Value::Object(members.collect())
        })
        .collect()
}

type Broken = (Value, BTreeSet<String>);

fn here(value: Value) -> Broken {
    (value, BTreeSet::from([String::new()]))
}

fn below(prefix: &str, pointers: &BTreeSet<String>) -> BTreeSet<String> {
    pointers
        .iter()
        .map(|pointer| format!("/{prefix}{pointer}"))
        .collect()
}

fn invalid(document: &Value, schema: &Value) -> Vec<Broken> {
    let schema = resolve(document, schema);
    let mut broken = match schema.get("type").and_then(Value::as_str) {
        Some("object") => invalid_objects(document, &schema),
        Some("array") => invalid_arrays(document, &schema),
        Some("string") => invalid_strings(&schema),
        Some("boolean") => [json!("true"), json!(1), json!([])].map(here).to_vec(),
        Some("integer") => {
            let low = number(&schema, "minimum").map(|least| here(json!(least - 1)));
            let wrong = [json!("1"), json!(1.5), json!(true), json!({})].map(here);
            wrong.into_iter().chain(low).collect()
        }
        Some(other) => panic!("the document has a new type: {other}"),
        None => return Vec::new(),
    };
    if schema.get("nullable") != Some(&json!(true)) {
        broken.push(here(Value::Null));
    }
    broken
}

fn invalid_strings(schema: &Map<String, Value>) -> Vec<Broken> {
    let mut values = vec![json!(7), json!(["x"]), json!(false)];
    if schema.contains_key("enum") {
        values.extend([json!("carrier-pigeon"), json!("")]);
    }
    match schema.get("format").and_then(Value::as_str) {
        Some("date-time") => values.extend(
            [
                "2026-03-02",
                "2026-03-02T10:15:00",
                "2026-02-30T10:15:00Z",
                "soon",
                "",
            ]
            .map(Value::from),
        ),
        Some("uri") => values.extend(["not a url", "/relative", ""].map(Value::from)),
        _ => {}
    }
    if is_email_address(schema) {
        values.extend(["", "no at", "@", "jane@", "a@b@c"].map(Value::from));
    }
    let least = length(schema, "minLength").filter(|least| *least > 0);
    values.extend(least.map(|least| json!("x".repeat(least - 1))));
    values.extend(length(schema, "maxLength").map(|most| json!("x".repeat(most + 1))));
    values.into_iter().map(here).collect()
}

fn invalid_arrays(document: &Value, schema: &Map<String, Value>) -> Vec<Broken> {
    let items = valid(document, &schema["items"]);
    let mut broken = vec![here(json!({})), here(json!("x"))];
    if length(schema, "minItems").unwrap_or(0) > 0 {
        broken.push(here(json!([])));
    }
    if let Some(most) = length(schema, "maxItems") {
        broken.push(here(json!(vec![items[0].clone(); most + 1])));
    }
    for (item, pointers) in invalid(document, &schema["items"]) {
        // A good item first, so that the position counts.
        broken.push((json!([items[0], item]), below("1", &pointers)));
    }
    broken
}

/// Each object has something wrong with every property where anything can be;
/// the next one has each property's next mistake.
fn invalid_objects(document: &Value, schema: &Map<String, Value>) -> Vec<Broken> {
    let fields: Vec<_> = properties(schema)
        .map(|(name, schema)| (name, invalid(document, schema)))
        .filter(|(_, mistakes)| !mistakes.is_empty())
        .collect();
    let most = fields
        .iter()
        .map(|(_, mistakes)| mistakes.len())
        .max()
        .unwrap_or(0);
    let required: BTreeSet<_> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let closed = schema.get("additionalProperties") == Some(&json!(false));

    let mut broken = vec![here(json!([])), here(json!("x"))];
    for turn in 0..most {
        let mut object = Map::new();
        let mut pointers = BTreeSet::new();
        for name in &required {
            // One without mistakes of its own is merely missing.
            pointers.insert(format!("/{name}"));
        }
        for (name, mistakes) in &fields {
            let (value, at) = &mistakes[turn % mistakes.len()];
            object.insert((*name).clone(), value.clone());
            pointers.remove(&format!("/{name}"));
            pointers.extend(below(name, at));
        }
        if closed {
            object.insert("x/y~z".to_owned(), json!(turn));
            pointers.insert("/x~1y~0z".to_owned());
        }
        broken.push((Value::Object(object), pointers));
    }
    if !required.is_empty() {
        let pointers = required.iter().map(|name| format!("/{name}")).collect();
        broken.push((json!({}), pointers));
    }
    broken
}
