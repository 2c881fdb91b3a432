//! Finds the components that the parts of a document refer to, directly or through other
//! components. A component is named by the reference to it, `#/components/…`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use spec_model::{escape, members, reachable};

/// The components of a document, each with the components that it refers to.
pub struct Components(BTreeMap<String, BTreeSet<String>>);

impl Components {
    /// Reads the references of each component.
    pub fn of(document: &Value) -> Self {
        let sections = members(document, "/components");
        let components = sections.flat_map(|(section, components)| {
            let components = members(components, "");
            components.map(move |(name, one)| (target(section, name), references(one)))
        });
        Self(components.collect())
    }

    /// Returns these components, and all components that they lead to.
    pub fn lead_to(&self, start: BTreeSet<String>) -> BTreeSet<String> {
        reachable(start, |one| self.0.get(one).into_iter().flatten().cloned())
    }

    /// Returns a component, and all components that lead to it.
    pub fn users(&self, of: String) -> BTreeSet<String> {
        reachable([of], |used| {
            let users = self.0.iter().filter(|(_, refers)| refers.contains(used));
            users.map(|(user, _)| user.clone()).collect::<Vec<_>>()
        })
    }
}

/// Returns the reference to a component.
pub fn target(section: &str, name: &str) -> String {
    format!("#/components/{section}/{}", escape(name))
}

/// Returns all references in a value.
pub fn references(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(value, &mut found);
    found
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str);
            found.extend(target.map(str::to_owned));
            // A discriminator names schemas by reference too.
            let mapping = members.get("mapping").and_then(Value::as_object);
            let named = mapping.into_iter().flat_map(Map::values);
            found.extend(named.filter_map(Value::as_str).map(str::to_owned));
            members.values().for_each(|inner| collect(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| collect(inner, found)),
        _ => {}
    }
}

/// Returns the components of a document for whose references `is_wanted` is true.
pub fn kept(document: &Value, is_wanted: impl Fn(&str) -> bool) -> Value {
    let sections = members(document, "/components").map(|(section, components)| {
        let wanted = members(components, "").filter(|(name, _)| is_wanted(&target(section, name)));
        let wanted = wanted.map(|(name, one)| (name.clone(), one.clone()));
        (section.clone(), wanted.collect())
    });
    Value::Object(sections.collect())
}
