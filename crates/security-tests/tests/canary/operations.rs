//! Tests every operation of the document, with canaries in place of the texts
//! of its examples. The operations are read from the document, so a new one is
//! tested without a change here.

use gorgias::transport::Multipart;
use gorgias::{Client, RateLimit};
use gorgias_emulator::{Emulator, Fault, FaultRule};
use http::Method;
use security_tests::canary::Canaries;
use security_tests::capture::{Capture, Capturing};
use security_tests::in_process::InProcess;
use serde_json::{Map, Value};
use tracing::level_filters::LevelFilter;

use crate::scenario::add;

const DOCUMENT: &str = include_str!("../../../gorgias-emulator/src/document.json");

/// No fault, an error that may repeat the request, a lost connection, and an
/// answer that can't be read.
const FAULTS: [Option<&str>; 4] = [None, Some("H6"), Some("F7"), Some("H22")];

/// The request of an operation.
struct Case {
    id: String,
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: Option<Body>,
}

/// The body of a request.
enum Body {
    Json(Value),
    /// A file whose name, type and content are the canary.
    File(String),
}

/// Follows a reference.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value.get("$ref").and_then(Value::as_str);
    let target = target.and_then(|target| document.pointer(target.trim_start_matches('#')));
    target.unwrap_or(value)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Returns requests for each example of each operation: one for each text, with
/// the word in its place, and one with the word in place of all texts.
fn cases(document: &Value, word: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Some(id) = operation["operationId"].as_str() else {
                continue;
            };
            let case = |query: &[(String, String)], body| Case {
                id: id.to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                path: filled(template),
                query: query.to_vec(),
                body,
            };
            let parameters = list(&item["parameters"])
                .iter()
                .chain(list(&operation["parameters"]));
            let query: Vec<_> = parameters
                .map(|parameter| resolved(document, parameter))
                .filter(|parameter| parameter["in"] == "query")
                .map(|parameter| {
                    (
                        parameter["name"].as_str().unwrap().to_owned(),
                        word.to_owned(),
                    )
                })
                .collect();
            let bodies = bodies(document, operation, word);
            if bodies.is_empty() {
                cases.push(case(&[], None));
                cases.extend(
                    query
                        .iter()
                        .map(|one| case(std::slice::from_ref(one), None)),
                );
            }
            cases.extend(bodies.into_iter().map(|body| case(&[], Some(body))));
        }
    }
    cases
}

/// Fills in the parameters of a path.
fn filled(template: &str) -> String {
    let pieces = template.split('{');
    let filled = pieces.map(|piece| match piece.split_once('}') {
        Some((_, rest)) => format!("7{rest}"),
        None => piece.to_owned(),
    });
    filled.collect()
}

fn bodies(document: &Value, operation: &Value, word: &str) -> Vec<Body> {
    let content = resolved(document, &operation["requestBody"]).get("content");
    let content = content.and_then(Value::as_object);
    if content.is_some_and(|content| content.contains_key("multipart/form-data")) {
        return vec![Body::File(word.to_owned())];
    }
    let examples = content
        .into_iter()
        .flat_map(Map::values)
        .filter_map(|content| content["examples"].as_object())
        .flat_map(Map::values)
        .map(|example| &resolved(document, example)["value"]);
    let mut bodies = Vec::new();
    for example in examples {
        let texts = texts(example);
        let mut all = example.clone();
        for pointer in &texts {
            let mut one = example.clone();
            for body in [&mut one, &mut all] {
                *body.pointer_mut(pointer).unwrap() = word.into();
            }
            bodies.push(Body::Json(one));
        }
        bodies.push(Body::Json(all));
    }
    bodies
}

/// Returns pointers to every text within a value.
fn texts(value: &Value) -> Vec<String> {
    let within = |key: String, value| {
        let below = texts(value).into_iter();
        below.map(move |pointer| format!("/{key}{pointer}"))
    };
    match value {
        Value::String(_) => vec![String::new()],
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .flat_map(|(index, item)| within(index.to_string(), item))
                .collect()
        }
        Value::Object(members) => {
            let members = members.iter();
            members
                .flat_map(|(key, value)| within(key.clone(), value))
                .collect()
        }
        _ => Vec::new(),
    }
}

async fn play(out: &Capturing, emulator: Emulator, case: &Case) {
    let builder = Client::builder("acme").api_key("agent@acme.example", "a-key");
    let client = builder
        .rate_limit(RateLimit::off())
        .transport(InProcess(emulator))
        .build()
        .unwrap();
    let mut call = client.request(case.method.clone(), case.path.as_str());
    for (name, value) in &case.query {
        call = call.query(name, value);
    }
    match &case.body {
        Some(Body::Json(body)) => call = call.json(body),
        Some(Body::File(word)) => {
            let form = Multipart::new().file(word, word, word, word.clone());
            call = call.multipart(form);
        }
        None => {}
    }
    out.add_debug(&call);
    match call.await {
        Ok(answer) => {
            out.add_debug(&answer);
            out.add_debug(answer.metadata());
        }
        Err(error) => add(out, &error),
    }
}

#[tokio::test(start_paused = true)]
async fn no_canary_shows_in_anything_printed_of_any_operation() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let mut canaries = Canaries::default();
    let word = canaries.add("a value of a request");
    let cases = cases(&document, &word);
    for fault in FAULTS {
        for case in &cases {
            let out = Capture::start(LevelFilter::TRACE);
            let emulator = Emulator::builder().limit(None).build().unwrap();
            if let Some(fault) = fault {
                let rule = FaultRule::new(Fault::named(fault).unwrap());
                emulator.inject(rule.operation(&case.id).times(9));
            }
            play(&out, emulator, case).await;
            let found = canaries.found_in(out.text().as_bytes());
            assert!(
                found.is_empty(),
                "{} under {fault:?}: {}",
                case.id,
                out.text()
            );
        }
    }
    let operations: std::collections::BTreeSet<_> = cases.iter().map(|case| &case.id).collect();
    assert!(operations.len() > 10, "{operations:?}");
}
