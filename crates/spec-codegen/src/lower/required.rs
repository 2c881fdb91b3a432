//! Makes the properties of received objects optional.
//!
//! A response must stay readable if the service stops sending a field. Only the
//! `id` of the resource itself stays required, because a resource without it
//! can't be identified.

use std::collections::BTreeSet;

use serde_json::Value;
use spec_model::{
    Reach, SCHEMAS, at, members,
    sites::{Root, Site, sites_within},
};

use super::{Directions, Pass};

pub(super) const PASS: Pass<Value> = Pass {
    name: "required fields of responses",
    ours: true,
    run,
};

fn run(document: &mut Value) -> usize {
    let sites = sites_within(document);
    let directions = Directions(Reach::of(&sites));
    let resources = resources(document, &sites);
    super::each(document, |site, schema| {
        if !directions.is_received(site) {
            return false;
        }
        let keeps_id = match site.root {
            Root::Component(name) => site.is_root && resources.contains(&**name),
            _ => site.is_root,
        };
        let Some(Value::Array(required)) = schema.get_mut("required") else {
            return false;
        };
        let before = required.len();
        required.retain(|name| keeps_id && name == "id");
        let dropped = required.len() < before;
        if required.is_empty() {
            schema.shift_remove("required");
        }
        dropped
    })
}

/// Returns the components that are the body of a response, or the items of a
/// list in one.
fn resources(document: &Value, sites: &[Site]) -> BTreeSet<String> {
    let target = |schema: &Value| {
        let target = schema.get("$ref")?.as_str()?;
        Some(target.strip_prefix(SCHEMAS)?.to_owned())
    };
    let is_answer = |site: &&Site| site.root == Root::Response && site.is_root;
    let bodies: Vec<_> = sites
        .iter()
        .filter(is_answer)
        .filter_map(|site| at(document, &site.pointer))
        .collect();
    let mut resources = BTreeSet::new();
    for body in bodies {
        resources.extend(body.get("items").and_then(target));
        let Some(name) = target(body) else { continue };
        let properties = format!("/components/schemas/{name}/properties");
        for (_, property) in members(document, &properties) {
            resources.extend(property.get("items").and_then(target));
        }
        resources.insert(name);
    }
    resources
}
