//! Compares parameters.

use std::collections::HashMap;

use serde_json::Value;

use super::OperationNodes;
use super::serialization::{self, Serialization};
use crate::both::{Both, Side};
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::schema::{Syntax, without_documentation};
use crate::session::Session;

/// The boolean keywords of a parameter. Each has a rule for a change to false and a rule for
/// a change to true.
const FLAGS: [(&str, [&Rule; 2]); 4] = [
    (
        "required",
        [
            &rules::PARAMETER_BECAME_OPTIONAL,
            &rules::PARAMETER_BECAME_REQUIRED,
        ],
    ),
    (
        "deprecated",
        [&rules::PARAMETER_UNDEPRECATED, &rules::PARAMETER_DEPRECATED],
    ),
    (
        "allowReserved",
        [
            &rules::RESERVED_CHARACTERS_REFUSED,
            &rules::RESERVED_CHARACTERS_ALLOWED,
        ],
    ),
    (
        "allowEmptyValue",
        [&rules::EMPTY_VALUE_REFUSED, &rules::EMPTY_VALUE_ALLOWED],
    ),
];

/// A parameter of an operation.
#[derive(Debug, Clone)]
struct Parameter<'a> {
    location: &'a str,
    name: &'a str,
    node: NodeId,
    /// The node in the list of parameters, which may be a reference to `node`.
    entry: NodeId,
}

impl Parameter<'_> {
    /// Returns `in` and the name. The case of header names makes no difference, so they are
    /// in lowercase.
    fn key(&self) -> (&str, String) {
        let name = match self.location {
            "header" => self.name.to_ascii_lowercase(),
            _ => self.name.to_owned(),
        };
        (self.location, name)
    }

    /// Returns the name of the parameter in reports.
    fn title(&self) -> String {
        format!("{} parameter `{}`", self.location, self.name)
    }
}

/// Compares the parameters of two operations. `names` are the path parameters that were
/// renamed.
pub fn compare(
    session: &mut Session<'_>,
    nodes: Both<OperationNodes>,
    names: &[Both<String>],
    reach: &Reach,
) {
    let mut parameters = session.both(nodes, effective);
    // The position in the template identifies a path parameter, so a renamed parameter
    // matches.
    let is_in_its_place = |old: &Parameter<'_>, new: &Parameter<'_>| {
        let renamed = |pair: &Both<String>| pair.old == old.name && pair.new == new.name;
        old.location == "path" && new.location == "path" && names.iter().any(renamed)
    };
    let mut pairs = parameters.pair_off(is_in_its_place);
    pairs.extend(parameters.pair_off(|old, new| old.key() == new.key()));
    for pair in pairs {
        matched(session, pair.as_ref(), reach);
    }
    // A parameter counts as moved if exactly one added parameter has the same name
    // (ignoring case) and another `in`, and is equal otherwise.
    let moved = parameters.pair_unique(|old, new| {
        old.name.eq_ignore_ascii_case(new.name)
            && old.location != new.location
            && is_alike(session, old, new)
    });
    for pair in moved {
        let Parameter { name, location, .. } = pair.old;
        let message = format!("`{name}` moved from {location} to {}", pair.new.location);
        let at = pair.map(|parameter| parameter.entry);
        session.note_replaced(&rules::PARAMETER_MOVED, at, message, reach);
    }
    let renamed = parameters
        .pair_unique(|old, new| old.location == new.location && is_alike(session, old, new));
    for pair in renamed {
        let message = format!("{} was renamed to `{}`", pair.old.title(), pair.new.name);
        let at = pair.map(|parameter| parameter.entry);
        session.note_replaced(&rules::PARAMETER_RENAMED, at, message, reach);
    }
    for (side, parameter) in parameters.into_items() {
        unmatched(session, nodes, (side, &parameter), reach);
    }
}

/// Reports a removed or added parameter.
fn unmatched(
    session: &mut Session<'_>,
    nodes: Both<OperationNodes>,
    (side, parameter): (Side, &Parameter<'_>),
    reach: &Reach,
) {
    let nodes = nodes.get(side.other());
    let other = session.document(side.other());
    let list = other.child(nodes.operation, "parameters");
    let list = list.or_else(|| other.child(nodes.path, "parameters"));
    let (rule, kind): (&'static Rule, _) = match session.new.is_true(parameter.node, "required") {
        _ if side == Side::Old => (&rules::PARAMETER_REMOVED, ""),
        true => (&rules::REQUIRED_PARAMETER_ADDED, " (required)"),
        false => (&rules::PARAMETER_ADDED, " (optional)"),
    };
    let at = Both::of(side, parameter.entry, list.unwrap_or(nodes.operation));
    let message = format!("{} was {}{kind}", parameter.title(), side.verb());
    session.note(rule, at, message, reach);
}

/// Returns the parameters of an operation: its own, and those of its path that it doesn't
/// override.
fn effective<'a>(document: &mut Document<'a>, nodes: OperationNodes) -> Vec<Parameter<'a>> {
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    let mut known = HashMap::new();
    for owner in [nodes.path, nodes.operation] {
        for entry in document.items_of(owner, "parameters") {
            let node = document.resolve(entry);
            let texts = (document.text(node, "in"), document.text(node, "name"));
            let (Some(location), Some(name)) = texts else {
                continue;
            };
            if location == "header" && is_ignored(name) {
                continue;
            }
            let parameter = Parameter {
                location,
                name,
                node,
                entry,
            };
            let key = (location, parameter.key().1);
            match known.get(&key).and_then(|index| parameters.get_mut(*index)) {
                Some(overridden) => *overridden = parameter,
                None => {
                    known.insert(key, parameters.len());
                    parameters.push(parameter);
                }
            }
        }
    }
    parameters
}

/// Whether OpenAPI 3.0 ignores a header parameter of this name, because media types and
/// security schemes describe the header.
fn is_ignored(name: &str) -> bool {
    ["accept", "content-type", "authorization"]
        .iter()
        .any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// Whether two parameters are equal except for name, `in`, `style`, `explode` and
/// documentation.
fn is_alike(session: &Session<'_>, old: &Parameter<'_>, new: &Parameter<'_>) -> bool {
    let values = session.values(Both::new(old.node, new.node));
    let contents = values.map(|value| {
        let mut content = without_documentation(value);
        if let Value::Object(content) = &mut content {
            content.retain(|key, _| !["name", "in", "style", "explode"].contains(&key.as_str()));
        }
        content
    });
    contents.are_equal()
}

/// Compares two matching parameters.
fn matched(session: &mut Session<'_>, pair: Both<&Parameter<'_>>, reach: &Reach) {
    session
        .counterparts
        .push(pair.map(|parameter| parameter.entry));
    let at = pair.map(|parameter| parameter.node);
    let name = pair.new.title();
    for (key, rules) in FLAGS {
        session.flag(rules, at, key, &name, reach);
    }
    if !became_array(session, pair, &name, reach) {
        let rule = &rules::PARAMETER_SERIALIZATION_CHANGED;
        let locations = pair.map(|parameter| parameter.location);
        serialization::compare(session, rule, at, locations, &name, reach);
    }
}

/// Reports a query parameter that became an array, and compares the old schema with the
/// schema of the items, because a scalar in a query is written like an exploded array of one
/// item. Returns whether the parameter was reported.
fn became_array(
    session: &mut Session<'_>,
    pair: Both<&Parameter<'_>>,
    name: &str,
    reach: &Reach,
) -> bool {
    let written = session.both(pair, |document, parameter| {
        Serialization::read(document, parameter.node, parameter.location)
    });
    let exploded = Serialization::Styled {
        style: "form",
        explode: true,
    };
    if written != Both::new(Serialization::Plain, exploded) {
        return false;
    }
    let schemas = session.both(pair, |document, parameter| {
        document.followed(parameter.node, "schema")
    });
    let Some(at) = schemas.transpose() else {
        return false;
    };
    let schema = session.new.value(at.new);
    let takes_one = |key: &str, fits: fn(u64) -> bool| {
        let count = schema.get(key);
        count.is_none_or(|count| count.as_u64().is_some_and(fits))
    };
    if session.new.text(at.new, "type") != Some("array")
        || !takes_one("minItems", |least| least <= 1)
        || !takes_one("maxItems", |most| most >= 1)
    {
        return false;
    }
    let Some(items) = session.new.child(at.new, "items") else {
        return false;
    };
    let message = format!("{name} takes several values");
    session.note(&rules::PARAMETER_BECAME_ARRAY, at, message, reach);
    session.schema(Both::new(at.old, items), Syntax::Text, reach);
    true
}
