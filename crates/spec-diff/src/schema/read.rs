//! Merges the schemas that apply at a place of a message ([`Place`]) into one description
//! ([`Shape`]).
//!
//! Redundant variants of a union are left out: a variant that allows only null, which means
//! the same as `nullable`, and a scalar variant of an `anyOf` if another variant allows all its
//! values.

use std::collections::BTreeMap;

use serde_json::Value;
use spec_model::is_true;

use super::keywords::{Part, Union, allows_null, null_part, parts};
use super::pairs::Place;
use super::sets::ValueSet;
use super::shape::Shape;
use super::similar::without_documentation;
use super::types::Type;
use crate::document::{Document, NodeId};

/// The most variants that are compared with each other. The work grows with the square of
/// their number.
const MOST_VARIANTS: usize = 32;

/// The depth to which properties and items are read into a [`ValueSet`]. The work grows with
/// each level, and deeper levels seldom decide whether two sets overlap.
const DEPTH: usize = 3;

/// Reads the schemas at a place.
pub fn shape<'a>(document: &mut Document<'a>, place: &Place) -> Shape<'a> {
    let mut shape = Shape::gather(document, place);
    simplify_unions(&mut shape, document);
    shape.infer_kind();
    shape.drop_enum_of_all_booleans();
    shape
}

/// Whether all values of a schema are scalars. False if the type is unknown.
pub fn is_scalar(document: &mut Document<'_>, schema: NodeId) -> bool {
    let place = Place::of(document, schema);
    shape(document, &place).is_scalar()
}

/// Reads a schema as a set of values.
pub fn value_set<'a>(document: &mut Document<'a>, node: NodeId) -> ValueSet<'a> {
    value_set_to(document, node, DEPTH)
}

fn value_set_to<'a>(document: &mut Document<'a>, node: NodeId, depth: usize) -> ValueSet<'a> {
    let place = Place::of(document, node);
    let shape = shape(document, &place);
    let mut properties = BTreeMap::new();
    let mut items = None;
    if let Some(depth) = depth.checked_sub(1) {
        for (name, declared) in &shape.properties {
            if let [(node, _)] = declared.as_slice() {
                properties.insert(*name, value_set_to(document, *node, depth));
            }
        }
        if let [node] = shape.items.as_slice() {
            items = Some(Box::new(value_set_to(document, *node, depth)));
        }
    }
    ValueSet {
        shape,
        properties,
        items,
    }
}

/// Removes redundant variants. If a single variant remains, it is merged with the schema
/// around the union.
fn simplify_unions<'a>(shape: &mut Shape<'a>, document: &mut Document<'a>) {
    let mut kept = Vec::new();
    for mut union in std::mem::take(&mut shape.unions) {
        let count = union.variants.len();
        remove_null_variant(shape, document, &mut union);
        if union.keyword == "anyOf" && union.variants.len() <= MOST_VARIANTS {
            remove_contained_variants(document, &mut union);
        }
        match union.variants.as_slice() {
            [sole] if count > 1 => merge_sole_variant(shape, document, *sole),
            _ => kept.push(union),
        }
    }
    // `merge_sole_variant` may have added the unions of a variant, which come last.
    shape.unions.splice(..0, kept);
}

/// Merges the variants of the only union into one enum, if all variants are enums of one type
/// without other constraints. Returns whether the variants were merged.
pub fn merge_enums<'a>(shape: &mut Shape<'a>, document: &mut Document<'a>) -> bool {
    let [union] = shape.unions.as_slice() else {
        return false;
    };
    let mut kind = None;
    let mut listed: Vec<&'a Value> = Vec::new();
    let mut is_null = false;
    for variant in &union.variants {
        let node = document.resolve(*variant);
        let Some((own, values)) = plain_enum(document.value(node)) else {
            return false;
        };
        if *kind.get_or_insert(own) != own {
            return false;
        }
        is_null |= allows_null(document, *variant);
        for value in values.iter().filter(|value| !value.is_null()) {
            match listed.contains(&value) {
                // A value that two variants list fits both, so a `oneOf` refuses it.
                true if union.keyword == "oneOf" => return false,
                true => {}
                false => listed.push(value),
            }
        }
    }
    let Some(kind) = kind else {
        return false;
    };
    let part = union.part;
    shape.kind = Some((kind, part));
    shape.is_typed = true;
    shape.values = Some((listed, part));
    shape.nullable = shape.nullable.or(is_null.then_some(part));
    shape.unions.clear();
    true
}

/// Returns the type and the values of an enum without other constraints.
fn plain_enum(schema: &Value) -> Option<(Type, &Vec<Value>)> {
    let constraints = without_documentation(schema);
    let is_plain = |key: &String| matches!(key.as_str(), "type" | "enum" | "nullable");
    let kind = Type::read(schema.get("type")?.as_str()?)?;
    let values = schema.get("enum")?.as_array()?;
    constraints
        .as_object()?
        .keys()
        .all(is_plain)
        .then_some((kind, values))
}

fn remove_null_variant<'a>(shape: &mut Shape<'a>, document: &mut Document<'a>, union: &mut Union) {
    let mut nulls = Vec::new();
    for variant in &union.variants {
        let node = document.resolve(*variant);
        if is_null(document.value(node)) {
            nulls.push(*variant);
        }
    }
    // With two null variants, null fits both, so a `oneOf` refuses it.
    if nulls.len() != 1 || union.variants.len() == 1 {
        return;
    }
    union.variants.retain(|variant| !nulls.contains(variant));
    if !shape.is_typed && shape.nullable.is_none() {
        shape.nullable = Some(union.part);
    }
}

/// Whether null is the only value that a schema allows.
fn is_null(schema: &Value) -> bool {
    let only = schema.get("enum").and_then(Value::as_array);
    let allowed = schema.get("type").is_none() || is_true(schema.get("nullable"));
    allowed && only.is_some_and(|values| values.as_slice() == [Value::Null])
}

/// Removes scalar variants whose values another variant allows. Object variants remain,
/// because receivers rely on the properties that a variant lists.
fn remove_contained_variants<'a>(document: &mut Document<'a>, union: &mut Union) {
    let mut scalars: Vec<(NodeId, ValueSet<'a>)> = Vec::new();
    for variant in &union.variants {
        let node = document.resolve(*variant);
        let schema = document.value(node);
        let is_composed = ["allOf", "anyOf", "oneOf", "not"]
            .iter()
            .any(|key| schema.get(*key).is_some());
        let kind = schema.get("type").and_then(Value::as_str);
        if !is_composed && matches!(kind, Some("string" | "integer" | "number" | "boolean")) {
            scalars.push((*variant, value_set(document, *variant)));
        }
    }
    let mut contained: Vec<NodeId> = Vec::new();
    for (variant, set) in &scalars {
        let is_contained = scalars.iter().any(|(other, larger)| {
            !std::ptr::eq(set, larger) && !contained.contains(other) && set.is_subset_of(larger)
        });
        if is_contained {
            contained.push(*variant);
        }
    }
    union
        .variants
        .retain(|variant| !contained.contains(variant));
}

/// Merges the only remaining variant of a union with the schema around the union.
fn merge_sole_variant<'a>(shape: &mut Shape<'a>, document: &mut Document<'a>, sole: NodeId) {
    let flag = shape.nullable;
    let added = parts(document, &[sole]);
    for part in added {
        let known = shape.parts.iter().any(|known| known.node == part.node);
        if !known {
            let member = Some(sole);
            let node = part.node;
            shape.parts.push(Part { node, member });
            shape.add_part(document, node);
        }
    }
    shape.sole = Some(document.resolve(sole));
    shape.nullable = flag.or_else(|| null_part(document, &shape.parts));
}
