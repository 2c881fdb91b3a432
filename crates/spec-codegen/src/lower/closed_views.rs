//! Replaces each closed view of an open enum by the open enum.
//!
//! A closed view, such as `WritableVia`, lists the values that may be sent. In Rust, requests
//! and responses share one type, and the generated validation refuses other values.

use std::{collections::BTreeMap, iter};

use serde_json::Value;
use spec_model::{SCHEMAS, members, reference};

pub(super) fn run(document: &mut Value) -> usize {
    let views: BTreeMap<String, String> = members(document, "/components/schemas")
        .filter(|(_, schema)| schema.get("enum").is_some())
        .filter_map(|(name, schema)| Some((name.clone(), reference(schema)?.to_owned())))
        .collect();
    super::each(document, |_, schema| {
        let Some(target) = schema.get_mut("$ref") else {
            return false;
        };
        let name = target.as_str().and_then(|name| name.strip_prefix(SCHEMAS));
        // A view may narrow another view.
        let opened = iter::successors(name, |name| views.get(*name).map(String::as_str));
        let open = opened.take(views.len() + 1).skip(1).last();
        let open = open.map(str::to_owned);
        open.map(|open| *target = format!("{SCHEMAS}{open}").into())
            .is_some()
    });
    let schemas = document.pointer_mut("/components/schemas");
    if let Some(schemas) = schemas.and_then(Value::as_object_mut) {
        schemas.retain(|name, _| !views.contains_key(name));
    }
    views.len()
}
