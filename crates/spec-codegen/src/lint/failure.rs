//! Explains an error of the generator on a document in which the lint found no error.

use serde_json::Value;

use super::{Finding, Severity};
use crate::{bisect::bisect, malformed::malformed};

/// The greatest length of a reason, in characters: two lines of a terminal. The generator's
/// errors may contain whole data structures.
const LENGTH: usize = 160;

/// Returns a finding with the place of the generator's error. The error itself names no
/// place. `fails` says whether the generator fails on a document.
pub fn failure(
    document: &Value,
    lowered: &Value,
    error: &anyhow::Error,
    fails: impl Fn(&Value) -> bool,
) -> Finding {
    let (pointer, message, remedy) = match malformed(document) {
        Some((pointer, fault)) => (
            pointer,
            format!("this has the wrong shape: {fault}"),
            "write it as OpenAPI 3.0 says",
        ),
        None => (
            bisect(lowered, fails).unwrap_or_default(),
            format!(
                "the generator cannot take this: {}",
                first_line(&format!("{error:#}"))
            ),
            "describe it in another way, or leave it out",
        ),
    };
    Finding {
        severity: Severity::Error,
        pointer,
        message,
        remedy,
    }
}

/// Returns the first line of a reason, cut to [`LENGTH`].
fn first_line(reason: &str) -> String {
    let line = reason.lines().next().unwrap_or_default();
    match line.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
