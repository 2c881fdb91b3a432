//! Compares parameters.

use std::collections::HashMap;

use serde_json::Value;

use super::Site;
use super::serialization::{self, Serialization};
use crate::both::{Both, Side};
use crate::document::{Document, NodeId};
use crate::reach::Reach;
use crate::rules::{self, Rule};
use crate::schema::{Form, without_documentation};
use crate::session::Session;

/// The boolean keywords of a parameter, each with the rule for a change to false
/// and the rule for a change to true.
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
    place: &'a str,
    name: &'a str,
    node: NodeId,
    /// The node in the list of parameters: a reference, or the parameter
    /// itself.
    stands: NodeId,
}

impl Parameter<'_> {
    /// `in` and name as compared: header names are case-insensitive.
    fn key(&self) -> (&str, String) {
        let name = match self.place {
            "header" => self.name.to_ascii_lowercase(),
            _ => self.name.to_owned(),
        };
        (self.place, name)
    }

    /// Its name in reports.
    fn title(&self) -> String {
        format!("{} parameter `{}`", self.place, self.name)
    }
}

/// Compares the parameters of two operations. `names` has the path parameters
/// that were renamed.
pub fn compare(
    session: &mut Session<'_>,
    sites: Both<Site>,
    names: &[Both<String>],
    reach: &Reach,
) {
    let mut parameters = session.both(sites, effective);
    // A path parameter is identified by its position in the template, so a
    // renamed one still matches.
    let is_in_its_place = |old: &Parameter<'_>, new: &Parameter<'_>| {
        let renamed = |pair: &Both<String>| pair.old == old.name && pair.new == new.name;
        old.place == "path" && new.place == "path" && names.iter().any(renamed)
    };
    let mut pairs = parameters.pair_off(is_in_its_place);
    pairs.extend(parameters.pair_off(|old, new| old.key() == new.key()));
    for pair in pairs {
        matched(session, pair.as_ref(), reach);
    }
    // A parameter counts as moved if exactly one added parameter has its name
    // (ignoring case), another `in`, and otherwise equal content.
    let moved = parameters.pair_unique(|old, new| {
        old.name.eq_ignore_ascii_case(new.name)
            && old.place != new.place
            && is_alike(session, old, new)
    });
    for pair in moved {
        let Parameter { name, place, .. } = pair.old;
        let message = format!("`{name}` moved from {place} to {}", pair.new.place);
        let at = pair.map(|parameter| parameter.stands);
        session.became(&rules::PARAMETER_MOVED, at, message, reach);
    }
    let renamed =
        parameters.pair_unique(|old, new| old.place == new.place && is_alike(session, old, new));
    for pair in renamed {
        let message = format!("{} was renamed to `{}`", pair.old.title(), pair.new.name);
        let at = pair.map(|parameter| parameter.stands);
        session.became(&rules::PARAMETER_RENAMED, at, message, reach);
    }
    for (side, parameter) in parameters.into_items() {
        lone(session, sites, (side, &parameter), reach);
    }
}

/// Reports a removed or added parameter.
fn lone(
    session: &mut Session<'_>,
    sites: Both<Site>,
    (side, parameter): (Side, &Parameter<'_>),
    reach: &Reach,
) {
    let site = sites.get(side.other());
    let other = session.document(side.other());
    let list = other.child(site.operation, "parameters");
    let list = list.or_else(|| other.child(site.path, "parameters"));
    let (rule, kind): (&'static Rule, _) = match session.new.is_true(parameter.node, "required") {
        _ if side == Side::Old => (&rules::PARAMETER_REMOVED, ""),
        true => (&rules::REQUIRED_PARAMETER_ADDED, " (required)"),
        false => (&rules::PARAMETER_ADDED, " (optional)"),
    };
    let at = Both::of(side, parameter.stands, list.unwrap_or(site.operation));
    let message = format!("{} was {}{kind}", parameter.title(), side.verb());
    session.note(rule, at, message, reach);
}

/// Returns the parameters of the path, overridden by those of the operation.
fn effective<'a>(document: &mut Document<'a>, site: Site) -> Vec<Parameter<'a>> {
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    let mut known = HashMap::new();
    for owner in [site.path, site.operation] {
        for stands in document.items_of(owner, "parameters") {
            let node = document.resolve(stands);
            let texts = (document.text(node, "in"), document.text(node, "name"));
            let (Some(place), Some(name)) = texts else {
                continue;
            };
            if place == "header" && is_ignored(name) {
                continue;
            }
            let parameter = Parameter {
                place,
                name,
                node,
                stands,
            };
            let key = (place, parameter.key().1);
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

/// Whether OpenAPI 3.0 ignores a header parameter of this name, because media
/// types and security schemes describe it.
fn is_ignored(name: &str) -> bool {
    ["accept", "content-type", "authorization"]
        .iter()
        .any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// Whether two parameters are equal except for name, `in` and style.
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

fn matched(session: &mut Session<'_>, pair: Both<&Parameter<'_>>, reach: &Reach) {
    session
        .counterparts
        .push(pair.map(|parameter| parameter.stands));
    let at = pair.map(|parameter| parameter.node);
    let name = pair.new.title();
    for (key, rules) in FLAGS {
        session.flag(rules, at, key, &name, reach);
    }
    if !became_array(session, pair, &name, reach) {
        let rule = &rules::PARAMETER_SERIALIZATION_CHANGED;
        let places = pair.map(|parameter| parameter.place);
        serialization::compare(session, rule, at, places, &name, reach);
    }
}

/// Reports a query parameter that became an array. A scalar in a query is
/// written like an exploded array of one item, so the value is compared with
/// the items. Returns true if it was reported; the caller then doesn't compare
/// the serialization.
fn became_array(
    session: &mut Session<'_>,
    pair: Both<&Parameter<'_>>,
    name: &str,
    reach: &Reach,
) -> bool {
    let written = session.both(pair, |document, parameter| {
        Serialization::read(document, parameter.node, parameter.place)
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
    session.schema(Both::new(at.old, items), Form::Text, reach);
    true
}
