//! Tells an absent list or map from an empty one.
//!
//! A request must be able to send `[]`, and an optional map in a response may
//! be null, absent or empty. The generator makes all of them an empty
//! container unless the schema is nullable. Lists in responses stay plain: for
//! a reader, null and empty are the same.

use serde_json::Value;

use super::{Directions, Pass};
use crate::sites::Site;

pub(super) const PASS: Pass<Value> = Pass {
    name: "optional containers",
    ours: true,
    run,
};

fn run(document: &mut Value) -> usize {
    let original = document.clone();
    let directions = Directions::of(document);
    super::each(document, |site, schema| {
        if site.property.is_none() || schema.contains_key("nullable") {
            return false;
        }
        let container = match schema.get("type").and_then(Value::as_str) {
            Some("array") => directions.is_sent(site) && !directions.is_received(site),
            Some("object") => !schema.contains_key("properties"),
            _ => false,
        };
        // A required one that is sent can be neither null nor absent.
        if container && (directions.is_received(site) || !is_required(&original, site)) {
            schema.insert("nullable".into(), true.into());
            return true;
        }
        false
    })
}

fn is_required(document: &Value, site: &Site) -> bool {
    let holder = site.pointer.rsplit_once("/properties/");
    holder
        .and_then(|(holder, _)| document.pointer(holder)?.get("required")?.as_array())
        .is_some_and(|required| {
            required
                .iter()
                .any(|name| name.as_str() == site.property.as_deref())
        })
}
