//! Estimates whether one schema is a new version of another.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::both::Both;
use crate::document::{Document, NodeId, reference};

/// Keywords of a schema that are documentation.
const DOCUMENTATION: [&str; 4] = ["description", "title", "example", "externalDocs"];

/// Returns a schema without its own documentation. The documentation of inner schemas
/// remains.
pub fn without_documentation(schema: &Value) -> Value {
    let Some(object) = schema.as_object() else {
        return schema.clone();
    };
    let kept = object.iter().filter(|(key, _)| {
        let extension = key.starts_with("x-") && *key != "x-extensible-enum";
        !extension && !DOCUMENTATION.contains(&key.as_str())
    });
    Value::Object(
        kept.map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
    )
}

/// Whether two schemas are certainly equal: they refer to one component, or their texts are
/// equal except for documentation.
pub fn same(documents: Both<&mut Document<'_>>, schemas: Both<NodeId>) -> bool {
    let references = Both::new(
        reference(documents.old.value(schemas.old)),
        reference(documents.new.value(schemas.new)),
    );
    if let Some(references) = references.transpose() {
        return references.are_equal();
    }
    let old = documents.old.resolve(schemas.old);
    let new = documents.new.resolve(schemas.new);
    without_documentation(documents.old.value(old))
        == without_documentation(documents.new.value(new))
}

/// Whether two schemas are one component, although one of them isn't a reference to it,
/// because the component was merged into the schema around it.
pub fn same_component(documents: Both<&mut Document<'_>>, schemas: Both<NodeId>) -> bool {
    let old = documents.old.resolve(schemas.old);
    let new = documents.new.resolve(schemas.new);
    Both::new(old, new) != schemas && documents.old.pointer(old) == documents.new.pointer(new)
}

/// Whether one schema is probably a new version of the other: at least half of all property
/// names are in both, or both have no properties and the same type. Properties that allow a
/// single value in both schemas must allow the same value.
pub fn alike(documents: Both<&mut Document<'_>>, schemas: Both<NodeId>) -> bool {
    let old = properties(documents.old, schemas.old);
    let new = properties(documents.new, schemas.new);
    if tags_agree(&old, &new) == Some(false) {
        return false;
    }
    if old.is_empty() && new.is_empty() {
        let kind = kind(documents.old, schemas.old);
        return kind.is_some() && kind == self::kind(documents.new, schemas.new);
    }
    let shared = old.keys().filter(|name| new.contains_key(*name)).count();
    let either = old.len().saturating_add(new.len()).saturating_sub(shared);
    shared.saturating_mul(2) >= either
}

/// Returns the type of a schema. Integers and numbers count as the same type,
/// because one often becomes the other.
fn kind<'a>(document: &mut Document<'a>, schema: NodeId) -> Option<Cow<'a, Value>> {
    let schema = document.resolve(schema);
    let kind = document.value(schema).get("type")?;
    Some(match kind == "integer" {
        true => Cow::Owned("number".into()),
        false => Cow::Borrowed(kind),
    })
}

/// Whether both schemas have properties with a single allowed value, and these values are
/// equal.
pub fn same_tags(documents: Both<&mut Document<'_>>, schemas: Both<NodeId>) -> bool {
    let old = properties(documents.old, schemas.old);
    let new = properties(documents.new, schemas.new);
    tags_agree(&old, &new) == Some(true)
}

/// Properties by name. A property that allows a single value comes with this value.
type Properties<'a> = BTreeMap<&'a str, Option<&'a Value>>;

/// Whether each property that allows a single value on both sides allows the same value.
/// `None` if there are no such properties.
fn tags_agree(old: &Properties<'_>, new: &Properties<'_>) -> Option<bool> {
    let mut shared = old
        .iter()
        .filter_map(|(name, value)| Some((*value)? == (*new.get(name)?)?))
        .peekable();
    shared.peek()?;
    Some(shared.all(|same| same))
}

/// Returns the properties of a schema and of its `allOf` members.
fn properties<'a>(document: &mut Document<'a>, schema: NodeId) -> Properties<'a> {
    let schema = document.resolve(schema);
    let members = document.items_of(schema, "allOf");
    let mut properties = Properties::new();
    for part in std::iter::once(schema).chain(members) {
        let part = document.resolve(part);
        for (name, property) in document.entries_of(part, "properties") {
            let property = document.resolve(property);
            let values = document.value(property).get("enum");
            let values = values.and_then(Value::as_array).map(Vec::as_slice);
            let known = properties.entry(name).or_default();
            if let Some([value]) = values {
                *known = Some(value);
            }
        }
    }
    properties
}
