//! Refuses compositions whose parts describe a property by two different
//! recursive schemas. The generator merges the two by copying, and each copy
//! contains the next pair to merge, without end.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use spec_model::{SCHEMAS, at, component, list, members, merged, reference, sites::Site};

use super::Report;
use crate::lower::is_object;

pub(super) fn check(document: &Value, sites: &[Site], report: &mut Report) {
    let mut merges = Merges {
        document,
        next: BTreeMap::new(),
    };
    let mut compositions = Vec::new();
    for site in sites {
        let Some(schema) = at(document, &site.pointer) else {
            continue;
        };
        let merged = merges.of(schema);
        if !merged.is_empty() {
            compositions.push((site, merged));
        }
    }
    let endless = merges.endless();
    for (site, merged) in compositions {
        if let Some((place, _)) = merged.iter().find(|(_, pair)| endless.contains(pair)) {
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

/// Two schemas, identified by their addresses.
type Pair = (*const Value, *const Value);

/// The graph of merges: for each pair of schemas, the pairs that have to be
/// merged for it.
struct Merges<'a> {
    document: &'a Value,
    next: BTreeMap<Pair, Vec<Pair>>,
}

impl<'a> Merges<'a> {
    /// Returns the places that several parts of a schema describe, with the
    /// pair of schemas that is merged for each.
    fn of(&mut self, schema: &'a Value) -> Vec<(String, Pair)> {
        let parts = parts(schema);
        if parts.is_empty() {
            return Vec::new();
        }
        let ends = alternatives(self.document, schema);
        let mut merged = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let part = self.layers_of(part, schema);
            let later = parts.iter().skip(index + 1);
            for other in later.chain(&ends) {
                for (place, one, other) in shared(&part, &self.layers_of(other, schema)) {
                    // If both describe it alike, `lower::shared_properties`
                    // keeps one of them.
                    let alike = one == other
                        || reference(one).is_some_and(|name| reference(other) == Some(name));
                    if !alike {
                        merged.extend(self.add(one, other).map(|pair| (place, pair)));
                    }
                }
            }
        }
        merged
    }

    /// Adds a pair and all pairs that its merge needs. Returns None if there is
    /// nothing to merge.
    fn add(&mut self, one: &'a Value, other: &'a Value) -> Option<Pair> {
        let first = self.pair(one, other)?;
        let mut left = vec![first];
        while let Some((one, other)) = left.pop() {
            let pair = key(one, other);
            if self.next.contains_key(&pair) {
                continue;
            }
            let shared = shared(&self.layers(one), &self.layers(other));
            let inner = shared
                .into_iter()
                .filter_map(|(_, one, other)| self.pair(one, other));
            let inner: Vec<_> = inner.collect();
            let keys = inner.iter().map(|(one, other)| key(one, other)).collect();
            self.next.insert(pair, keys);
            left.extend(inner);
        }
        Some(key(first.0, first.1))
    }

    fn pair(&self, one: &'a Value, other: &'a Value) -> Option<(&'a Value, &'a Value)> {
        let same = self.is_same_reference(one, other);
        (!same).then(|| (self.resolved(one), self.resolved(other)))
    }

    /// Returns the pairs whose merge never ends.
    fn endless(&self) -> BTreeSet<Pair> {
        let mut from: BTreeMap<Pair, Vec<Pair>> = BTreeMap::new();
        let mut open: BTreeMap<Pair, usize> = BTreeMap::new();
        for (pair, next) in &self.next {
            open.insert(*pair, next.len());
            for inner in next {
                from.entry(*inner).or_default().push(*pair);
            }
        }
        let done = open.iter().filter(|(_, count)| **count == 0);
        let mut done: Vec<Pair> = done.map(|(pair, _)| *pair).collect();
        while let Some(pair) = done.pop() {
            open.remove(&pair);
            for outer in from.get(&pair).into_iter().flatten() {
                if let Some(count) = open.get_mut(outer) {
                    *count -= 1;
                    if *count == 0 {
                        done.push(*outer);
                    }
                }
            }
        }
        open.into_keys().collect()
    }

    /// Returns the layers of a part of `whole`. If the part is `whole` itself,
    /// only its own keywords count.
    fn layers_of(&self, part: &'a Value, whole: &'a Value) -> Vec<&'a Value> {
        match std::ptr::eq(part, whole) {
            true => vec![part],
            false => self.layers(part),
        }
    }

    /// Whether both are the same reference, which the generator doesn't merge.
    /// It does if one of them may be null.
    fn is_same_reference(&self, one: &'a Value, other: &'a Value) -> bool {
        let target = reference(one);
        let is_direct = |schema: &Value| schema.get("$ref").is_some();
        target.is_some()
            && target == reference(other)
            && is_direct(one) == is_direct(other)
            && ![one, other, self.resolved(one)]
                .into_iter()
                .any(is_nullable)
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

/// Returns the places that both of two schemas describe, with both
/// descriptions.
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
                        // The other direction has added it.
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

/// Returns the alternatives of a schema, each of which is merged with its
/// parts. `lower::alternatives` makes one object of alternatives that are all
/// objects, so these don't count.
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

fn key(one: &Value, other: &Value) -> Pair {
    (std::ptr::from_ref(one), std::ptr::from_ref(other))
}

fn is_nullable(schema: &Value) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
}
