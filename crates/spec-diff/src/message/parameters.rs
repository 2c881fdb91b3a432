//! Compares parameters.

use std::collections::HashMap;

use serde_json::Value;

use super::Site;
use super::body::is_required;
use super::content;
use super::serialization::Serialization;
use crate::document::{Document, NodeId};
use crate::law::Direction;
use crate::rules::{self, Rule};
use crate::schema::{Form, without_documentation};
use crate::session::{Exchange, Session};

/// A parameter of an operation.
#[derive(Debug, Clone)]
struct Parameter {
    place: String,
    name: String,
    node: NodeId,
    /// The node in the list of parameters: a reference, or the parameter
    /// itself.
    stands: NodeId,
}

/// Compares the parameters of two operations. `names` has the path parameters
/// that were renamed.
pub fn compare(
    session: &mut Session<'_>,
    exchange: Exchange,
    old: Site,
    new: Site,
    names: &[(String, String)],
) {
    let mut left = effective(&mut session.old, old);
    let mut right = effective(&mut session.new, new);
    for test in [is_in_its_place, is_called_the_same] {
        left.retain(|old| {
            let found = right.iter().position(|new| test(old, new, names));
            let Some(new) = found.map(|index| right.remove(index)) else {
                return true;
            };
            matched(session, exchange, old, &new);
            false
        });
    }
    for (rule, test) in [
        (&rules::PARAMETER_MOVED, is_moved as fn(&_, &_) -> bool),
        (&rules::PARAMETER_RENAMED, is_in_same_place),
    ] {
        moved_or_renamed(session, exchange, (&mut left, &mut right), rule, test);
    }
    let way = (exchange.operation, exchange.asking);
    for parameter in left {
        let holder = holder(&mut session.new, new);
        let message = format!(
            "{} parameter `{}` was removed",
            parameter.place, parameter.name
        );
        session.message(
            &rules::PARAMETER_REMOVED,
            parameter.stands,
            holder,
            message,
            way,
        );
    }
    for parameter in right {
        let holder = holder(&mut session.old, old);
        let (rule, kind): (&'static Rule, _) = if is_required(&session.new, parameter.node) {
            (&rules::REQUIRED_PARAMETER_ADDED, "required")
        } else {
            (&rules::PARAMETER_ADDED, "optional")
        };
        let (place, name) = (&parameter.place, &parameter.name);
        let message = format!("{place} parameter `{name}` was added ({kind})");
        session.message(rule, holder, parameter.stands, message, way);
    }
}

/// Returns the node that would hold a missing parameter.
fn holder(document: &mut Document<'_>, site: Site) -> NodeId {
    let list = document.child(site.operation, "parameters");
    list.or_else(|| document.child(site.path, "parameters"))
        .unwrap_or(site.operation)
}

/// Returns the parameters of the path, overridden by those of the operation.
fn effective(document: &mut Document<'_>, site: Site) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for owner in [site.path, site.operation] {
        for stands in document.items_of(owner, "parameters") {
            let node = document.resolve(stands);
            let text = |key| document.value(node).get(key).and_then(Value::as_str);
            let (Some(place), Some(name)) = (text("in"), text("name")) else {
                continue;
            };
            if place == "header" && is_ignored(name) {
                continue;
            }
            let parameter = Parameter {
                place: place.to_owned(),
                name: name.to_owned(),
                node,
                stands,
            };
            let key = (parameter.place.clone(), comparable(&parameter));
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

/// Returns the name for comparing: header names have no case.
fn comparable(parameter: &Parameter) -> String {
    match parameter.place.as_str() {
        "header" => parameter.name.to_ascii_lowercase(),
        _ => parameter.name.clone(),
    }
}

/// Whether two path parameters have the same position in the path under another
/// name.
fn is_in_its_place(old: &Parameter, new: &Parameter, names: &[(String, String)]) -> bool {
    let renamed = |(from, to): &(String, String)| *from == old.name && *to == new.name;
    old.place == "path" && new.place == "path" && names.iter().any(renamed)
}

fn is_called_the_same(old: &Parameter, new: &Parameter, _: &[(String, String)]) -> bool {
    old.place == new.place && comparable(old) == comparable(new)
}

fn is_moved(old: &Parameter, new: &Parameter) -> bool {
    old.name.eq_ignore_ascii_case(&new.name) && old.place != new.place
}

fn is_in_same_place(old: &Parameter, new: &Parameter) -> bool {
    old.place == new.place
}

/// Reports parameters that were moved or renamed: one removed and one added
/// that differ in nothing else, if only one such pair is possible.
fn moved_or_renamed(
    session: &mut Session<'_>,
    exchange: Exchange,
    (left, right): (&mut Vec<Parameter>, &mut Vec<Parameter>),
    rule: &'static Rule,
    test: fn(&Parameter, &Parameter) -> bool,
) {
    let candidates = |session: &Session<'_>, old: &Parameter, others: &[Parameter]| -> Vec<usize> {
        let is_candidate = |new: &Parameter| {
            test(old, new) && content_of(&session.old, old) == content_of(&session.new, new)
        };
        let found = others.iter().enumerate();
        found
            .filter(|(_, new)| is_candidate(new))
            .map(|(index, _)| index)
            .collect()
    };
    let mut kept = Vec::new();
    for old in std::mem::take(left) {
        let found = candidates(session, &old, right);
        let [index] = found.as_slice() else {
            kept.push(old);
            continue;
        };
        let new = right.remove(*index);
        let message = if old.place == new.place {
            format!(
                "{} parameter `{}` was renamed to `{}`",
                old.place, old.name, new.name
            )
        } else {
            format!("`{}` moved from {} to {}", old.name, old.place, new.place)
        };
        let way = (exchange.operation, exchange.asking);
        session.message(rule, old.stands, new.stands, message, way);
        session.counterparts.push((old.stands, new.stands));
    }
    *left = kept;
}

/// Returns everything of a parameter but its name, place and style.
fn content_of(document: &Document<'_>, parameter: &Parameter) -> Value {
    let mut content = without_documentation(document.value(parameter.node));
    if let Some(object) = content.as_object_mut() {
        for key in ["name", "in", "style", "explode"] {
            object.shift_remove(key);
        }
    }
    content
}

fn matched(session: &mut Session<'_>, exchange: Exchange, old: &Parameter, new: &Parameter) {
    session.counterparts.push((old.stands, new.stands));
    let way = (exchange.operation, exchange.asking);
    let name = format!("{} parameter `{}`", new.place, new.name);
    let changes = [
        flag(
            session,
            old,
            new,
            "required",
            (&rules::PARAMETER_BECAME_REQUIRED, "became required"),
            (&rules::PARAMETER_BECAME_OPTIONAL, "became optional"),
        ),
        flag(
            session,
            old,
            new,
            "deprecated",
            (&rules::PARAMETER_DEPRECATED, "was deprecated"),
            (&rules::PARAMETER_UNDEPRECATED, "is not deprecated any more"),
        ),
        flag(
            session,
            old,
            new,
            "allowReserved",
            (
                &rules::RESERVED_CHARACTERS_ALLOWED,
                "may have reserved characters",
            ),
            (
                &rules::RESERVED_CHARACTERS_REFUSED,
                "must have reserved characters escaped",
            ),
        ),
        flag(
            session,
            old,
            new,
            "allowEmptyValue",
            (&rules::EMPTY_VALUE_ALLOWED, "may be empty"),
            (&rules::EMPTY_VALUE_REFUSED, "may not be empty"),
        ),
    ];
    for (rule, words) in changes.into_iter().flatten() {
        session.message(rule, old.node, new.node, format!("{name} {words}"), way);
    }
    if became_array(session, old, new, &name, way) {
        return;
    }
    let from = Serialization::read(&mut session.old, old.node, &old.place);
    let to = Serialization::read(&mut session.new, new.node, &new.place);
    if is_rewritten(&from, &to) {
        let (from, to) = (from.describe(), to.describe());
        let message = format!("{name} was written as {from}, and is written as {to}");
        let rule = &rules::PARAMETER_SERIALIZATION_CHANGED;
        session.message(rule, old.node, new.node, message, way);
    } else if matches!(from, Serialization::Content(_)) {
        content::compare(session, old.node, new.node, way);
    } else {
        session.schemas(old.node, new.node, Form::Text, way);
    }
}

/// Reports a query parameter that became an array. A scalar in a query is
/// written like an exploded array of one item, so the value is compared with
/// the items. Returns whether it did.
fn became_array(
    session: &mut Session<'_>,
    old: &Parameter,
    new: &Parameter,
    name: &str,
    way: (usize, Direction),
) -> bool {
    let from = Serialization::read(&mut session.old, old.node, &old.place);
    let to = Serialization::read(&mut session.new, new.node, &new.place);
    let exploded = matches!(&to, Serialization::Styled { style, explode: true } if style == "form");
    if from != Serialization::Plain || !exploded {
        return false;
    }
    let schemas = (
        session.old.followed(old.node, "schema"),
        session.new.followed(new.node, "schema"),
    );
    let (Some(old), Some(new)) = schemas else {
        return false;
    };
    let says = |key: &str| session.new.value(new).get(key);
    let takes_one = |key: &str, fits: fn(u64) -> bool| {
        says(key).is_none_or(|count| count.as_u64().is_some_and(fits))
    };
    if says("type") != Some(&Value::from("array"))
        || !takes_one("minItems", |least| least <= 1)
        || !takes_one("maxItems", |most| most >= 1)
    {
        return false;
    }
    let Some(items) = session.new.child(new, "items") else {
        return false;
    };
    let message = format!("{name} takes several values");
    session.message(&rules::PARAMETER_BECAME_ARRAY, old, new, message, way);
    session.schema(old, items, Form::Text, way);
    true
}

/// Whether values are written another way. A change between a scalar and a list
/// doesn't count, because the type is reported anyway.
pub fn is_rewritten(old: &Serialization, new: &Serialization) -> bool {
    use Serialization::{Content, Plain, Styled};
    match (old, new) {
        (Plain, Styled { style, .. }) | (Styled { style, .. }, Plain) => {
            matches!(style.as_str(), "matrix" | "label")
        }
        (Content(_), Content(_)) => false,
        (old, new) => old != new,
    }
}

type FlagChange = (&'static Rule, &'static str);

fn flag(
    session: &Session<'_>,
    old: &Parameter,
    new: &Parameter,
    key: &str,
    set: FlagChange,
    unset: FlagChange,
) -> Option<FlagChange> {
    let says =
        |document: &Document<'_>, node| document.value(node).get(key) == Some(&Value::Bool(true));
    match (says(&session.old, old.node), says(&session.new, new.node)) {
        (false, true) => Some(set),
        (true, false) => Some(unset),
        _ => None,
    }
}
