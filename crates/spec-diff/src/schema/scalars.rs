//! Decides whether a scalar fits a schema, and lists sample scalars to test a schema with.

use serde_json::{Map, Number, Value, json};

use super::keywords::{allows_null, limit};
use super::number::Num;
use super::types::{Type, integer_range};
use crate::document::{Document, NodeId, reference};

/// The depth to which composed schemas are followed. The work grows with each level.
const DEPTH: usize = 4;

/// The greatest length of a sample string.
const LONGEST: usize = 300;

/// The greatest number of samples.
const MOST: usize = 96;

/// Keywords of arrays and objects. A schema that has one of these, and no `type`, is taken for
/// the schema of an array or object, and so for one that allows no scalars.
const OF_ARRAYS_AND_OBJECTS: [&str; 4] =
    ["additionalProperties", "items", "properties", "required"];

/// Whether a scalar fits all of the schemas; `None` if unknown.
pub fn fits_all(document: &mut Document<'_>, schemas: &[NodeId], value: &Value) -> Option<bool> {
    let each = each_fits(document, schemas, value, DEPTH)?;
    Some(each.into_iter().all(|fits| fits))
}

fn each_fits(
    document: &mut Document<'_>,
    schemas: &[NodeId],
    value: &Value,
    depth: usize,
) -> Option<Vec<bool>> {
    let schemas = schemas.iter();
    schemas
        .map(|schema| fits(document, *schema, value, depth))
        .collect()
}

fn fits(document: &mut Document<'_>, node: NodeId, value: &Value, depth: usize) -> Option<bool> {
    let depth = depth.checked_sub(1)?;
    let node = document.resolve(node);
    let schema = document.value(node).as_object()?;
    if reference(document.value(node)).is_some() {
        return None;
    }
    if value.is_null() && allows_null(document, node) {
        return Some(true);
    }
    if !is_of_type(schema, value)? || !is_listed(schema, value) {
        return Some(false);
    }
    let is_inside = match (Num::read(value), value.as_str()) {
        (Some(number), _) => allows_number(schema, node, number)?,
        (_, Some(text)) => allows_text(schema, node, text)?,
        _ => true,
    };
    let mut count = |keyword: &str| -> Option<(usize, usize)> {
        let members = document.items_of(node, keyword);
        let each = each_fits(document, &members, value, depth)?;
        let fitting = each.iter().filter(|fits| **fits).count();
        Some((fitting, each.len()))
    };
    let (all, any, one) = (count("allOf")?, count("anyOf")?, count("oneOf")?);
    let is_excluded = match document.child(node, "not") {
        Some(not) => fits(document, not, value, depth)?,
        None => false,
    };
    Some(
        is_inside
            && !is_excluded
            && all.0 == all.1
            && (any.0 > 0 || any.1 == 0)
            && (one.0 == 1 || one.1 == 0),
    )
}

fn is_of_type(schema: &Map<String, Value>, value: &Value) -> Option<bool> {
    let Some(kind) = schema.get("type") else {
        return Some(
            !OF_ARRAYS_AND_OBJECTS
                .iter()
                .any(|keyword| schema.contains_key(*keyword)),
        );
    };
    Some(Type::read(kind.as_str()?)?.has(value))
}

fn is_listed(schema: &Map<String, Value>, value: &Value) -> bool {
    let number = Num::read(value);
    let is_same = |one: &Value| one == value || (number.is_some() && Num::read(one) == number);
    let listed = schema.get("enum").and_then(Value::as_array);
    listed.is_none_or(|listed| listed.iter().any(is_same))
}

fn allows_number(schema: &Map<String, Value>, node: NodeId, number: Num) -> Option<bool> {
    let is_inside = |keyword: &str| {
        let limit = limit(schema, keyword, node);
        limit.is_none_or(|limit| limit.admits(number, keyword == "maximum"))
    };
    let format = schema.get("format").and_then(Value::as_str);
    let is_in_range = match (format.and_then(integer_range), number) {
        (Some((least, most)), Num::Int(number)) => (least..=most).contains(&number),
        (Some(_), Num::Float(_)) => return None,
        (None, _) => true,
    };
    let step = schema.get("multipleOf").and_then(Num::read);
    let is_step = step.is_none_or(|step| number.is_multiple_of(step));
    Some(is_inside("minimum") && is_inside("maximum") && is_in_range && is_step)
}

/// Whether a text fits; `None` if that depends on a pattern or format, because these aren't
/// evaluated.
fn allows_text(schema: &Map<String, Value>, node: NodeId, text: &str) -> Option<bool> {
    let format = schema.get("format").and_then(Value::as_str);
    let is_plain = matches!(format, None | Some("password"));
    if schema.contains_key("pattern") || !is_plain {
        return None;
    }
    let length = Num::Int(i128::try_from(text.chars().count()).ok()?);
    let least = limit(schema, "minLength", node);
    let most = limit(schema, "maxLength", node);
    Some(
        least.is_none_or(|limit| length >= limit.number)
            && most.is_none_or(|limit| length <= limit.number),
    )
}

/// Returns samples of every scalar type.
pub fn common() -> Vec<Value> {
    match json!([null, true, false, 0, 1, -1, 0.5, "", "a"]) {
        Value::Array(values) => values,
        _ => Vec::new(),
    }
}

/// Adds samples for a schema: its listed scalars, and scalars at and next to its limits.
pub fn collect(document: &mut Document<'_>, schema: NodeId, values: &mut Vec<Value>) {
    collect_to(document, schema, DEPTH, values);
}

fn collect_to(document: &mut Document<'_>, node: NodeId, depth: usize, values: &mut Vec<Value>) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    let node = document.resolve(node);
    let Some(schema) = document.value(node).as_object() else {
        return;
    };
    let mut add = |value: Value| {
        if values.len() < MOST && !values.contains(&value) {
            values.push(value);
        }
    };
    let listed = schema.get("enum").and_then(Value::as_array);
    let is_scalar = |value: &&Value| !value.is_object() && !value.is_array();
    for value in listed.into_iter().flatten().filter(is_scalar) {
        add(value.clone());
    }
    for keyword in ["minimum", "maximum", "multipleOf"] {
        let number = schema.get(keyword).and_then(Num::read);
        for near in [-1_i8, 0, 1] {
            match number {
                Some(Num::Int(number)) => {
                    let number = Number::from_i128(number.saturating_add(near.into()));
                    number.into_iter().for_each(|number| add(number.into()));
                }
                Some(Num::Float(number)) => add((number + f64::from(near)).into()),
                None => {}
            }
        }
    }
    for keyword in ["minLength", "maxLength"] {
        let length = schema.get(keyword).and_then(Value::as_u64);
        let length = length.and_then(|length| usize::try_from(length).ok());
        let Some(length) = length.filter(|length| *length < LONGEST) else {
            continue;
        };
        for length in length.saturating_sub(1)..=length.saturating_add(1) {
            add("a".repeat(length).into());
        }
    }
    let mut inner = Vec::new();
    for keyword in ["allOf", "anyOf", "oneOf"] {
        inner.extend(document.items_of(node, keyword));
    }
    inner.extend(document.child(node, "not"));
    for schema in inner {
        collect_to(document, schema, depth, values);
    }
}
