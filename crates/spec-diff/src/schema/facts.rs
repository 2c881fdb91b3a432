//! What single keywords say, and what several parts say together.

use std::collections::HashSet;

use serde_json::Value;

use super::number::Num;
use super::similar::without_documentation;
use crate::document::{Document, NodeId};

/// One of the schemas that make up a shape.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The schema itself.
    pub node: NodeId,
    /// Where it stands in an `allOf`; nowhere for the schema itself.
    pub member: Option<NodeId>,
}

/// A limit.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// The number.
    pub number: Num,
    /// Whether the number itself is outside.
    pub exclusive: bool,
    /// The part that sets it.
    pub part: NodeId,
}

/// The schemas of a place and everything their `allOf`s add.
pub fn parts(document: &mut Document<'_>, roots: &[NodeId]) -> Vec<Part> {
    let mut parts = Vec::with_capacity(roots.len());
    let mut seen = HashSet::new();
    let mut stack: Vec<(NodeId, Option<NodeId>)> =
        roots.iter().rev().map(|root| (*root, None)).collect();
    while let Some((place, member)) = stack.pop() {
        let node = document.resolve(place);
        if !seen.insert(node) {
            continue;
        }
        parts.push(Part { node, member });
        let members = document.items_of(node, "allOf");
        stack.extend(members.into_iter().rev().map(|place| (place, Some(place))));
    }
    parts
}

/// Null fits when the schema itself says so, or when each part that has a type
/// does. Saying so beside an `allOf` is read as it is meant, though 3.0.3 gives
/// it no meaning without a `type`.
pub fn nullable(document: &Document<'_>, parts: &[Part]) -> Option<NodeId> {
    let says = |node: NodeId| document.value(node).get("nullable") == Some(&Value::Bool(true));
    let typed = |node: NodeId| document.value(node).get("type").is_some();
    let mut roots = parts.iter().filter(|part| part.member.is_none()).peekable();
    let first = roots.peek()?.node;
    if roots.all(|part| says(part.node)) {
        return Some(first);
    }
    let mut with_type = parts.iter().filter(|part| typed(part.node)).peekable();
    let part = with_type.peek()?.node;
    with_type.all(|part| says(part.node)).then_some(part)
}

/// Whether a schema says by itself that null fits.
pub fn says_null(document: &mut Document<'_>, schema: NodeId) -> bool {
    let parts = parts(document, &[schema]);
    nullable(document, &parts).is_some()
}

/// A limit as a keyword sets it.
pub fn limit(
    schema: &serde_json::Map<String, Value>,
    keyword: &str,
    part: NodeId,
) -> Option<Limit> {
    let number = Num::read(schema.get(keyword)?)?;
    let exclusive = match keyword {
        "maximum" => schema.get("exclusiveMaximum"),
        "minimum" => schema.get("exclusiveMinimum"),
        // A lower limit of none is no limit.
        _ if keyword.starts_with("min") && number == Num::Int(0) => return None,
        _ => None,
    };
    let exclusive = exclusive == Some(&Value::Bool(true));
    Some(Limit {
        number,
        exclusive,
        part,
    })
}

/// The stricter of two limits.
pub fn stricter(known: Option<Limit>, limit: Limit, upper: bool) -> Limit {
    let Some(known) = known else { return limit };
    let tighter = if upper {
        limit.number < known.number
    } else {
        limit.number > known.number
    };
    let as_tight = limit.number == known.number && limit.exclusive && !known.exclusive;
    if tighter || as_tight { limit } else { known }
}

/// The values all lists have in common.
pub fn met<'a>(
    known: Option<(Vec<&'a Value>, NodeId)>,
    list: &'a Value,
    part: NodeId,
) -> Option<(Vec<&'a Value>, NodeId)> {
    let Some(list) = list.as_array() else {
        return known;
    };
    Some(match known {
        None => (list.iter().collect(), part),
        Some((mut values, _)) => {
            values.retain(|value| list.contains(value));
            (values, part)
        }
    })
}

/// The first part that says something decides.
pub fn first(slot: &mut Option<NodeId>, node: Option<NodeId>) {
    if slot.is_none() {
        *slot = node;
    }
}

/// Whether a schema is for readers only, so that anything fits it.
pub fn says_nothing(schema: &Value) -> bool {
    let says = without_documentation(schema);
    says.as_object()
        .is_some_and(|says| says.keys().all(|key| key == "nullable"))
}

/// Patterns that every string matches.
pub fn is_trivial(pattern: &str) -> bool {
    matches!(
        pattern,
        "" | "^" | "$" | ".*" | "^.*" | ".*$" | "^.*$" | "^[\\s\\S]*$"
    )
}
