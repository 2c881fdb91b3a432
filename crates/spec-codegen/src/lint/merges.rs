//! Refuses compositions whose parts describe a property by two different recursive schemas.
//! The generator merges the two schemas by copying, and each copy contains the next two
//! schemas to merge, so that the merge would never end.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use spec_model::{SCHEMAS, at, component, is_true, list, members, merged, reference, sites::Site};

use super::Report;
use crate::lower::{is_alike, is_object};

pub(super) fn check(document: &Value, sites: &[Site], report: &mut Report) {
    let mut merges = Merges {
        document,
        endless: BTreeMap::new(),
    };
    for site in sites {
        let schema = at(document, &site.pointer);
        if let Some(place) = schema.and_then(|schema| merges.endless_in(schema)) {
            report.refuse(
                &site.pointer,
                format!(
                    "the parts of the composition describe {place} by different schemas that \
                     lead back to themselves, and merging those never ends"
                ),
                "describe it in one part only, or by a reference to the same component",
            );
        }
    }
}

/// The merges of two schemas, by the addresses of both.
struct Merges<'a> {
    document: &'a Value,
    /// Whether a merge never ends.
    endless: BTreeMap<(*const Value, *const Value), bool>,
}

impl<'a> Merges<'a> {
    /// Returns a place that several parts of a schema describe, if the merge of their
    /// descriptions never ends.
    fn endless_in(&mut self, schema: &'a Value) -> Option<String> {
        let parts = parts(schema);
        if parts.is_empty() {
            return None;
        }
        let ends = alternatives(self.document, schema);
        for (index, part) in parts.iter().enumerate() {
            let part = self.layers_of(part, schema);
            let later = parts.iter().skip(index + 1);
            for other in later.chain(&ends) {
                for (place, one, other) in shared(&part, &self.layers_of(other, schema)) {
                    // If both descriptions are alike, `lower::shared_properties` keeps only
                    // one of them.
                    if !is_alike(one, other) && self.is_endless(one, other) {
                        return Some(place);
                    }
                }
            }
        }
        None
    }

    /// Whether the merge of two schemas leads back to itself, or to a merge that leads back to
    /// itself.
    fn is_endless(&mut self, one: &'a Value, other: &'a Value) -> bool {
        if self.is_same_reference(one, other) {
            return false;
        }
        let (one, other) = (self.resolved(one), self.resolved(other));
        let merge = (std::ptr::from_ref(one), std::ptr::from_ref(other));
        if let Some(known) = self.endless.get(&merge) {
            return *known;
        }
        // If the search meets this merge again before it is done, the merge is in a cycle.
        self.endless.insert(merge, true);
        let inner = shared(&self.layers(one), &self.layers(other));
        let mut inner = inner.into_iter();
        let is_endless = inner.any(|(_, one, other)| self.is_endless(one, other));
        self.endless.insert(merge, is_endless);
        is_endless
    }

    /// Returns the layers of a part of `whole`. If the part is `whole` itself, only the
    /// keywords of `whole` count.
    fn layers_of(&self, part: &'a Value, whole: &'a Value) -> Vec<&'a Value> {
        match std::ptr::eq(part, whole) {
            true => vec![part],
            false => self.layers(part),
        }
    }

    /// Whether both schemas are the same reference, so that the generator doesn't merge them.
    /// If one of them may be null, the generator merges them.
    fn is_same_reference(&self, one: &'a Value, other: &'a Value) -> bool {
        let target = reference(one);
        let is_direct = |schema: &Value| schema.get("$ref").is_some();
        target.is_some()
            && target == reference(other)
            && is_direct(one) == is_direct(other)
            && ![one, other, self.resolved(one)]
                .into_iter()
                .any(|schema| is_true(schema.get("nullable")))
    }

    fn resolved(&self, schema: &'a Value) -> &'a Value {
        reference(schema)
            .and_then(|name| component(self.document, name))
            .unwrap_or(schema)
    }

    /// Returns a schema and all schemas that it is composed of.
    fn layers(&self, schema: &'a Value) -> Vec<&'a Value> {
        let mut layers = Vec::new();
        let mut seen = BTreeSet::new();
        let mut left = vec![schema];
        while let Some(schema) = left.pop() {
            if !seen.insert(std::ptr::from_ref(schema)) {
                continue;
            }
            layers.push(schema);
            let target = schema.get("$ref").and_then(Value::as_str);
            let name = target.and_then(|target| target.strip_prefix(SCHEMAS));
            left.extend(name.and_then(|name| component(self.document, name)));
            for keyword in ["allOf", "anyOf", "oneOf"] {
                left.extend(list(schema, keyword).map(|(_, member)| member));
            }
        }
        layers
    }
}

/// Returns the places that both schemas describe, with both descriptions.
fn shared<'a>(one: &[&'a Value], other: &[&'a Value]) -> Vec<(String, &'a Value, &'a Value)> {
    let mut shared = Vec::new();
    for one in one {
        for other in other {
            for (keyword, place) in [
                ("items", "items"),
                ("additionalProperties", "other members"),
            ] {
                if let (Some(one), Some(other)) = (one.get(keyword), other.get(keyword)) {
                    shared.push((place.to_owned(), one, other));
                }
            }
            for (named, open) in [(one, other), (other, one)] {
                let rest = open.get("additionalProperties");
                for (name, property) in members(named, "/properties") {
                    let described = open.get("properties").and_then(|all| all.get(name));
                    match (described, rest) {
                        // The first direction has added the property already.
                        (Some(_), _) if std::ptr::eq(*named, *other) => {}
                        (Some(described), _) => {
                            shared.push((format!("the property {name}"), property, described));
                        }
                        (None, Some(rest)) if rest.is_object() => {
                            shared.push((format!("the property {name}"), property, rest));
                        }
                        (None, _) => {}
                    }
                }
            }
        }
    }
    shared
}

/// Returns the parts that are merged to make a schema.
fn parts(schema: &Value) -> Vec<&Value> {
    let members = list(schema, "allOf").map(|(_, member)| member);
    let own = ["properties", "items", "additionalProperties"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some());
    members.chain(own.then_some(schema)).collect()
}

/// Returns the alternatives of a schema, each of which the generator merges with the parts of
/// the schema. An `anyOf` of objects doesn't count, because `lower::alternatives` makes one
/// object of it.
fn alternatives<'a>(document: &Value, schema: &'a Value) -> Vec<&'a Value> {
    let mut alternatives: Vec<_> = list(schema, "oneOf").map(|(_, member)| member).collect();
    let any: Vec<_> = list(schema, "anyOf").map(|(_, member)| member).collect();
    if !any
        .iter()
        .all(|member| is_object(&merged(document, member)))
    {
        alternatives.extend(any);
    }
    alternatives
}
