//! Reads single keywords of a schema, and merges the keywords of several schemas.

use std::collections::HashSet;

use serde_json::Value;
use spec_model::is_true;

use super::number::Num;
use super::similar::without_documentation;
use crate::document::{Document, NodeId};

/// One of the schemas that a shape is merged from.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The node of the schema.
    pub node: NodeId,
    /// The entry of an `allOf` that leads to the schema; `None` if the schema is in the place
    /// itself.
    pub member: Option<NodeId>,
}

/// A limit.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// The number.
    pub number: Num,
    /// Whether the number itself is not allowed.
    pub exclusive: bool,
    /// The part that sets the limit.
    pub part: NodeId,
}

impl Limit {
    /// Whether the limit allows a number. `upper` says whether the limit is an upper one.
    pub fn admits(self, number: Num, upper: bool) -> bool {
        let is_inside = match upper {
            true => number < self.number,
            false => number > self.number,
        };
        is_inside || (number == self.number && !self.exclusive)
    }

    /// Whether the other limit allows every number that this limit allows.
    pub fn implies(self, other: Self, upper: bool) -> bool {
        other.admits(self.number, upper) || (self.number == other.number && self.exclusive)
    }
}

/// The constraint on properties that aren't listed, from `additionalProperties`.
#[derive(Debug, Clone, Default)]
pub enum Additional {
    /// Any such property is allowed.
    #[default]
    Open,
    /// No such property is allowed.
    Closed(NodeId),
    /// Such properties have to fit these schemas.
    Typed(Vec<NodeId>),
}

impl Additional {
    /// Returns the node of the constraint.
    pub fn node(&self) -> Option<NodeId> {
        match self {
            Self::Open => None,
            Self::Closed(node) => Some(*node),
            Self::Typed(nodes) => nodes.first().copied(),
        }
    }
}

/// A `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub struct Union {
    /// `oneOf` or `anyOf`.
    pub keyword: &'static str,
    /// The schema that has the list.
    pub part: NodeId,
    /// The variants. References aren't followed.
    pub variants: Vec<NodeId>,
}

/// Lists the schemas `roots`, references followed, and all members of their `allOf`s, at
/// any depth.
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

/// Returns the part that allows null. Null is allowed if the schemas of the place have
/// `nullable`, or if every part with a type has it. OpenAPI 3.0.3 ignores `nullable` beside
/// an `allOf` without a `type`. Here such a `nullable` counts, because authors of documents
/// expect it to.
pub fn null_part(document: &Document<'_>, parts: &[Part]) -> Option<NodeId> {
    let is_nullable = |node: NodeId| document.is_true(node, "nullable");
    let has_type = |node: NodeId| document.value(node).get("type").is_some();
    let mut roots = parts.iter().filter(|part| part.member.is_none()).peekable();
    let first = roots.peek()?.node;
    if roots.all(|part| is_nullable(part.node)) {
        return Some(first);
    }
    let mut with_type = parts.iter().filter(|part| has_type(part.node)).peekable();
    let part = with_type.peek()?.node;
    with_type.all(|part| is_nullable(part.node)).then_some(part)
}

/// Whether a schema with its `allOf` members allows null.
pub fn allows_null(document: &mut Document<'_>, schema: NodeId) -> bool {
    let parts = parts(document, &[schema]);
    null_part(document, &parts).is_some()
}

/// Reads a limit from a keyword.
pub fn limit(
    schema: &serde_json::Map<String, Value>,
    keyword: &str,
    part: NodeId,
) -> Option<Limit> {
    let number = Num::read(schema.get(keyword)?)?;
    let exclusive = match keyword {
        "maximum" => schema.get("exclusiveMaximum"),
        "minimum" => schema.get("exclusiveMinimum"),
        // A lower limit of 0 characters, items or properties excludes nothing.
        _ if keyword.starts_with("min") && number == Num::Int(0) => return None,
        _ => None,
    };
    Some(Limit {
        number,
        exclusive: is_true(exclusive),
        part,
    })
}

/// Returns the stricter of two limits.
pub fn stricter(known: Option<Limit>, limit: Limit, upper: bool) -> Limit {
    let known = known.filter(|known| known.implies(limit, upper));
    known.unwrap_or(limit)
}

/// Returns the values that are in both lists. If there is no `known` list, returns all values
/// of `list`; if `list` is no array, returns the `known` list.
pub fn common_values<'a>(
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

/// Whether a schema has only documentation and `nullable`, so that every value fits.
pub fn has_only_documentation(schema: &Value) -> bool {
    let rest = without_documentation(schema);
    rest.as_object()
        .is_some_and(|rest| rest.keys().all(|key| key == "nullable"))
}

/// Whether a pattern is one of the common spellings that match every string.
pub fn matches_every_string(pattern: &str) -> bool {
    matches!(
        pattern,
        "" | "^" | "$" | ".*" | "^.*" | ".*$" | "^.*$" | "^[\\s\\S]*$"
    )
}
