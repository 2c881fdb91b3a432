//! Replaces each closed view of an open enum by the open enum.
//!
//! A view such as `WritableVia` says which values may be sent. In Rust one
//! type serves both directions, and the generated validation closes the set.

use serde_json::Value;

use super::Pass;
use crate::sites::{SCHEMAS, members, reference};

pub(super) const PASS: Pass<Value> = Pass {
    name: "closed views of open enums",
    ours: true,
    run,
};

fn run(document: &mut Value) -> usize {
    let views: Vec<(String, String)> = members(document, "/components/schemas")
        .filter(|(_, schema)| schema.get("enum").is_some())
        .filter_map(|(name, schema)| Some((name.clone(), reference(schema)?.to_owned())))
        .collect();
    for (view, open) in &views {
        super::each(document, |_, _, schema| {
            let target = schema.get_mut("$ref");
            let found = target.filter(|target| **target == format!("{SCHEMAS}{view}"));
            found
                .map(|target| *target = format!("{SCHEMAS}{open}").into())
                .is_some()
        });
        if let Some(schemas) = document.pointer_mut("/components/schemas") {
            schemas
                .as_object_mut()
                .map(|schemas| schemas.shift_remove(view));
        }
    }
    views.len()
}
