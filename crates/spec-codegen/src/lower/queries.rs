//! Removes the styles of query parameters.
//!
//! The generator supports only one style. The styles aren't lost, because our client doesn't
//! use the generator's code, and writes every parameter in the document's style.

use serde_json::Value;

use super::parameters;

const KEYWORDS: [&str; 3] = ["style", "explode", "allowEmptyValue"];

pub(super) fn run(document: &mut Value) -> usize {
    let mut count = 0;
    parameters::each(document, |parameter| {
        if parameter.get("in").and_then(Value::as_str) == Some("query") {
            let before = parameter.len();
            parameter.retain(|keyword, _| !KEYWORDS.contains(&keyword.as_str()));
            count += usize::from(parameter.len() < before);
        }
    });
    count
}
