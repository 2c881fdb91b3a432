//! Adapts the document to the generator, in passes.
//!
//! The document describes the service as it is. Each pass changes one construct for which the
//! generator would make worse code; the module of the pass says why. If a pass is for our own
//! document and changes nothing there, the run fails, because the pass is obsolete. The other
//! passes are for other documents.

mod alternatives;
mod bodies;
mod closed_views;
mod constraints;
mod containers;
mod defaults;
mod error_bodies;
mod kinds;
mod limits;
mod multipart;
mod null_marks;
mod nullable;
mod one_object;
mod open_enums;
mod open_objects;
mod parameters;
mod queries;
mod required;
mod shared_properties;
mod success;
mod variants;

use serde_json::{Map, Value};

pub(crate) use self::{
    bodies::SENT, bodies::bare, bodies::is_json, bodies::sent, kinds::is_object, kinds::kind,
    multipart::MULTIPART, null_marks::NULLABLE, shared_properties::is_alike, variants::original,
};
use spec_model::{
    METHODS, MessageComponents,
    sites::{Site, change_each, sites},
};

/// One pass, of `lower` or `polish`.
pub struct Pass<T> {
    name: &'static str,
    /// Whether our own document needs the pass.
    is_ours: bool,
    /// Changes the document or the code, and returns the number of changes.
    run: fn(&mut T) -> usize,
}

impl<T> Pass<T> {
    /// Makes a pass that our own document needs.
    pub const fn ours(name: &'static str, run: fn(&mut T) -> usize) -> Self {
        let is_ours = true;
        Self { name, is_ours, run }
    }

    /// Makes a pass that only other documents need.
    pub const fn foreign(name: &'static str, run: fn(&mut T) -> usize) -> Self {
        let is_ours = false;
        Self { name, is_ours, run }
    }
}

/// The passes in order. A pass that reads a keyword precedes the passes that remove the
/// keyword.
const PASSES: [Pass<Value>; 18] = [
    Pass::foreign("one media type of a body", bodies::run),
    Pass::ours("bodies of several parts", multipart::run),
    Pass::ours("limits in descriptions", limits::run),
    Pass::foreign("styles of queries", queries::run),
    Pass::ours("closed views of open enums", closed_views::run),
    Pass::ours("open enums", open_enums::run),
    Pass::foreign("alternatives of one type", alternatives::run),
    Pass::foreign("values of one name", variants::run),
    Pass::ours("raw error bodies", error_bodies::run),
    Pass::ours("any success", success::run),
    Pass::ours("nullable components", nullable::run),
    Pass::ours("marks of what may be null", null_marks::run),
    Pass::ours("optional containers", containers::run),
    Pass::ours("required fields of responses", required::run),
    Pass::foreign("shared properties of compositions", shared_properties::run),
    Pass::foreign("open objects", open_objects::run),
    Pass::ours("defaults", defaults::run),
    Pass::ours("constraints", constraints::run),
];

/// Runs every pass. Returns the names of the passes that are for our own document and changed
/// nothing.
pub fn lower(document: &mut Value) -> Vec<&'static str> {
    run(&PASSES, document)
}

/// Runs passes in order, as [`lower`] does.
pub fn run<T>(passes: &[Pass<T>], subject: &mut T) -> Vec<&'static str> {
    passes
        .iter()
        .filter(|pass| (pass.run)(subject) == 0 && pass.is_ours)
        .map(|pass| pass.name)
        .collect()
}

/// Returns the components that requests and responses contain.
fn message_components(document: &Value) -> MessageComponents {
    MessageComponents::of(&sites(document))
}

/// Calls `change` with every schema. Returns how often it returned true.
fn each(
    document: &mut Value,
    mut change: impl FnMut(&Site, &mut Map<String, Value>) -> bool,
) -> usize {
    let mut count = 0;
    change_each(document, &mut |site, schema| {
        count += usize::from(change(site, schema));
    });
    count
}

/// Whether a keyword occurs in the document. A pass for a keyword that doesn't occur needs no
/// copy of the document.
fn holds(value: &Value, keyword: &str) -> bool {
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(name, member)| name == keyword || holds(member, keyword)),
        Value::Array(items) => items.iter().any(|item| holds(item, keyword)),
        _ => false,
    }
}

/// Returns the values of an object; none if there is no object.
fn named(object: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    let members = object.and_then(Value::as_object_mut);
    members.into_iter().flat_map(Map::values_mut)
}

/// Lists all operations.
fn operations(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    named(document.get_mut("paths"))
        .filter_map(Value::as_object_mut)
        .flatten()
        .filter(|(method, _)| METHODS.contains(&method.as_str()))
        .map(|(_, operation)| operation)
}

/// Calls `change` with every request body, in operations and components.
fn each_body(document: &mut Value, mut change: impl FnMut(&mut Value)) {
    operations(document)
        .filter_map(|operation| operation.get_mut("requestBody"))
        .for_each(&mut change);
    named(document.pointer_mut("/components/requestBodies")).for_each(change);
}

/// Calls `change` with the responses of every operation. Returns how often it
/// returned `Some`.
fn each_responses(
    document: &mut Value,
    change: impl Fn(&mut Map<String, Value>) -> Option<()>,
) -> usize {
    operations(document)
        .filter_map(|operation| operation.get_mut("responses")?.as_object_mut())
        .filter_map(change)
        .count()
}
