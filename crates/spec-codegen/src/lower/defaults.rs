//! Drops every `default`.
//!
//! The service applies them. In generated code they would always be sent, and
//! a later change of the service's default would not reach the caller.

use serde_json::Value;

use super::Pass;

pub(super) const PASS: Pass<Value> = Pass {
    name: "defaults",
    ours: true,
    run,
};

fn run(document: &mut Value) -> usize {
    super::each(document, |_, schema| {
        schema.shift_remove("default").is_some()
    })
}
