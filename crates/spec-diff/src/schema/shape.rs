//! The merged form of the schemas at a place: references are followed, and `allOf` members
//! are merged.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::keywords::{
    Additional, Limit, Part, Union, common_values, has_only_documentation, limit,
    matches_every_string, null_part, parts, stricter,
};
use super::number::Num;
use super::pairs::Place;
use super::types::Type;
use crate::document::{Document, NodeId, reference};
use crate::rules::BOUNDS;

/// The constraints of all schemas of a place together.
#[derive(Debug, Default)]
pub struct Shape<'a> {
    /// The schemas that were merged. The schemas of the place come first.
    pub parts: Vec<Part>,
    /// The node to report for a change that doesn't belong to a single part.
    pub at: NodeId,
    pub kind: Option<(Type, NodeId)>,
    /// Whether the schemas have `type`. Otherwise `kind` is inferred.
    pub is_typed: bool,
    pub formats: Vec<(&'a str, NodeId)>,
    pub nullable: Option<NodeId>,
    pub limits: [Option<Limit>; BOUNDS.len()],
    pub patterns: Vec<(&'a str, NodeId)>,
    pub steps: Vec<(Num, NodeId)>,
    pub unique: Option<NodeId>,
    /// The values of `enum`.
    pub values: Option<(Vec<&'a Value>, NodeId)>,
    /// The values of `x-extensible-enum`.
    pub known: Option<(Vec<&'a Value>, NodeId)>,
    /// The nodes of each property, with the parts that declare it.
    pub properties: BTreeMap<&'a str, Vec<(NodeId, NodeId)>>,
    pub required: BTreeMap<&'a str, NodeId>,
    pub additional: Additional,
    /// Declared properties that some part with `additionalProperties: false` doesn't list, and
    /// therefore refuses.
    pub refused: BTreeSet<&'a str>,
    pub items: Vec<NodeId>,
    pub unions: Vec<Union>,
    /// The only variant of a union that remained after the redundant variants were removed.
    pub sole: Option<NodeId>,
    pub exclusions: Vec<NodeId>,
    pub discriminator: Option<NodeId>,
    pub default: Option<NodeId>,
    pub deprecated: Option<NodeId>,
    pub xml: Option<NodeId>,
    /// A reference without a target in this document.
    pub unresolved: Option<&'a str>,
    /// The value of `type`, if OpenAPI 3.0 has no such type.
    pub foreign: Option<&'a Value>,
}

impl<'a> Shape<'a> {
    /// Merges the schemas of a place. Unions stay as they are written.
    pub fn gather(document: &mut Document<'a>, place: &Place) -> Self {
        let mut shape = Self {
            parts: parts(document, &place.roots),
            at: place.at,
            ..Self::default()
        };
        for part in shape.parts.clone() {
            shape.add_part(document, part.node);
        }
        shape.nullable = null_part(document, &shape.parts);
        if place.is_null_elsewhere {
            shape.nullable = None;
            if let Some((values, _)) = &mut shape.values {
                values.retain(|value| !value.is_null());
            }
        }
        shape.find_refused(document);
        shape
    }

    /// Merges another schema into the shape.
    pub fn add_part(&mut self, document: &mut Document<'a>, part: NodeId) {
        let Some(schema) = document.value(part).as_object() else {
            return;
        };
        if let Some(reference) = reference(document.value(part)) {
            self.unresolved = Some(reference);
            return;
        }
        for (slot, bound) in self.limits.iter_mut().zip(&BOUNDS) {
            if let Some(limit) = limit(schema, bound.keyword.name, part) {
                *slot = Some(stricter(*slot, limit, bound.keyword.upper));
            }
        }
        for (key, value) in schema {
            self.add_keyword(document, part, key, value);
        }
    }

    fn add_keyword(
        &mut self,
        document: &mut Document<'a>,
        part: NodeId,
        key: &'a str,
        value: &'a Value,
    ) {
        match key {
            "type" => {
                if let Some(kind) = value.as_str().and_then(Type::read) {
                    let known = self
                        .kind
                        .map_or(kind, |(known, _)| known.intersection(kind));
                    self.kind = Some((known, part));
                    self.is_typed = true;
                } else {
                    self.foreign = Some(value);
                }
            }
            "format" => {
                // The format `password` allows every string. It only makes input fields hide
                // the text.
                let format = value.as_str().filter(|format| *format != "password");
                self.formats.extend(format.map(|format| (format, part)));
            }
            "pattern" => {
                let pattern = value.as_str().filter(|text| !matches_every_string(text));
                self.patterns.extend(pattern.map(|text| (text, part)));
            }
            "multipleOf" => self.steps.extend(Num::read(value).map(|step| (step, part))),
            "uniqueItems" if value == &Value::Bool(true) => self.unique = Some(part),
            "enum" => self.values = common_values(self.values.take(), value, part),
            "x-extensible-enum" => self.known = common_values(self.known.take(), value, part),
            "required" => {
                let names = value.as_array().into_iter().flatten();
                for name in names.filter_map(Value::as_str) {
                    self.required.entry(name).or_insert(part);
                }
            }
            "properties" => {
                for (name, node) in document.entries_of(part, key) {
                    let declared = self.properties.entry(name).or_default();
                    declared.push((node, part));
                }
            }
            "additionalProperties" => self.add_additional(document, part, value),
            "items" => self.items.extend(document.child(part, key)),
            "oneOf" => self.add_union(document, part, "oneOf"),
            "anyOf" => self.add_union(document, part, "anyOf"),
            "not" => self.exclusions.extend(document.child(part, key)),
            "discriminator" => {
                self.discriminator = self.discriminator.or(document.child(part, key))
            }
            "default" => self.default = self.default.or(document.child(part, key)),
            "deprecated" if value == &Value::Bool(true) => {
                self.deprecated = self.deprecated.or(Some(part))
            }
            "xml" => self.xml = self.xml.or(document.child(part, key)),
            _ => {}
        }
    }

    /// Adds a union, unless another part has the same union.
    fn add_union(&mut self, document: &mut Document<'a>, part: NodeId, keyword: &'static str) {
        let variants = document.items_of(part, keyword);
        let is_known = self.unions.iter().any(|known| {
            known.keyword == keyword
                && known.variants.len() == variants.len()
                && known.variants.iter().zip(&variants).all(|(one, other)| {
                    document.resolve(*one) == document.resolve(*other)
                        || document.value(*one) == document.value(*other)
                })
        });
        if !variants.is_empty() && !is_known {
            self.unions.push(Union {
                keyword,
                part,
                variants,
            });
        }
    }

    fn add_additional(&mut self, document: &mut Document<'a>, part: NodeId, value: &Value) {
        let Some(node) = document.child(part, "additionalProperties") else {
            return;
        };
        match (&mut self.additional, value) {
            (Additional::Closed(_), _) | (_, Value::Bool(true)) => {}
            (_, Value::Bool(false)) => self.additional = Additional::Closed(node),
            (_, schema) if has_only_documentation(schema) => {}
            (Additional::Typed(schemas), _) => schemas.push(node),
            (Additional::Open, _) => self.additional = Additional::Typed(vec![node]),
        }
    }

    /// Finds the properties that a part refuses.
    fn find_refused(&mut self, document: &Document<'a>) {
        for Part { node, .. } in &self.parts {
            if document.value(*node).get("additionalProperties") != Some(&Value::Bool(false)) {
                continue;
            }
            for (name, declared) in &self.properties {
                if declared.iter().all(|(_, holder)| holder != node) {
                    self.refused.insert(name);
                }
            }
        }
    }

    /// Infers a missing type from other keywords. Documents often omit `type`, and a document
    /// that adds the implied type must not be reported as changed.
    pub fn infer_kind(&mut self) {
        if self.kind.is_some() {
            return;
        }
        let declared = self.properties.values().flatten().next();
        let object = declared.map(|(_, part)| *part);
        let object = object.or_else(|| self.required.values().next().copied());
        let object = object.or(self.additional.node());
        self.kind = match (object, self.items.first(), &self.values) {
            (Some(part), ..) => Some((Type::Object, part)),
            (None, Some(part), _) => Some((Type::Array, *part)),
            (None, None, Some((values, part))) => {
                let mut kinds = values.iter().filter_map(|value| Type::of(value));
                let first = kinds.next();
                let only = first.filter(|first| kinds.all(|kind| kind == *first));
                only.map(|kind| (kind, *part))
            }
            (None, None, None) => None,
        };
    }

    /// Drops an enum of both booleans, which allows every boolean.
    pub fn drop_enum_of_all_booleans(&mut self) {
        let is_boolean = self.kind() == Some(Type::Boolean);
        let has_both = self.values.as_ref().is_some_and(|(values, _)| {
            [true, false]
                .iter()
                .all(|flag| values.contains(&&Value::Bool(*flag)))
        });
        if is_boolean && has_both {
            self.values = None;
        }
    }

    /// Returns the type.
    pub fn kind(&self) -> Option<Type> {
        self.kind.map(|(kind, _)| kind)
    }

    /// Returns the limit of the keyword at an index of [`BOUNDS`].
    pub fn limit(&self, index: usize) -> Option<Limit> {
        self.limits.get(index).copied().flatten()
    }

    /// Whether all values are scalars. False if the type is unknown.
    pub fn is_scalar(&self) -> bool {
        self.kind().is_some_and(Type::is_scalar)
    }

    /// Whether every value fits.
    pub fn allows_anything(&self) -> bool {
        self.kind.is_none()
            && self.foreign.is_none()
            && self.unresolved.is_none()
            && self.unions.is_empty()
            && self.is_unlimited()
            && self.is_range()
    }

    /// Whether no enum, format, pattern, `multipleOf` or `not` restricts the values.
    pub fn is_range(&self) -> bool {
        self.values.is_none()
            && self.formats.is_empty()
            && self.patterns.is_empty()
            && self.steps.is_empty()
            && self.exclusions.is_empty()
    }

    /// Whether the shape sets no limits, and allows repeated items.
    pub fn is_unlimited(&self) -> bool {
        self.unique.is_none() && self.limits.iter().all(Option::is_none)
    }

    /// Returns the first schema, or the node that would contain one.
    pub fn root(&self) -> NodeId {
        self.parts.first().map_or(self.at, |part| part.node)
    }
}
