//! What the lint has let through and the generator has not taken.

use serde_json::Value;

use super::{Finding, Severity};
use crate::{culprit::culprit, shape::misshapen};

/// The longest reason that is told. The generator's are printed structures.
const LENGTH: usize = 160;

/// Where the generator's error comes from, which says nothing of that itself.
pub fn failure(
    document: &Value,
    lowered: &Value,
    error: &anyhow::Error,
    fails: impl Fn(&Value) -> bool,
) -> Finding {
    let (pointer, message, remedy) = match misshapen(document) {
        Some((pointer, fault)) => (
            pointer,
            format!("this has the wrong shape: {fault}"),
            "write it as OpenAPI 3.0 says",
        ),
        None => (
            culprit(lowered, fails).unwrap_or_default(),
            format!(
                "the generator cannot take this: {}",
                first(&format!("{error:#}"))
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

/// The first line of a reason, and not too much of it.
fn first(reason: &str) -> String {
    let line = reason.lines().next().unwrap_or_default();
    match line.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
