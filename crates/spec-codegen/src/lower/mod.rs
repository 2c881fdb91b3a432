//! Adapts the document to the generator, in passes.
//!
//! The document describes the service as it is. Each pass changes one construct
//! of which the generator would make worse code; its module says why. A pass
//! that our own document needs makes the run fail when it changes nothing there,
//! because it is obsolete then. The other passes are for documents of others.

mod alternatives;
mod bodies;
mod closed_views;
mod constraints;
mod containers;
mod defaults;
mod error_bodies;
mod limits;
mod multipart;
mod null_marks;
mod nullable;
mod open_enums;
mod open_objects;
mod parameters;
mod queries;
mod required;
mod shared_properties;
mod success;
mod united;
mod variants;

use serde_json::{Map, Value};

pub(crate) use self::{
    alternatives::is_object, bodies::SENT, bodies::bare, bodies::sent, multipart::MULTIPART,
    null_marks::NULLABLE, required::RESOURCE, united::kind, variants::original,
};
use spec_model::{
    METHODS, Reach,
    sites::{self, Place},
};

/// One pass, of `lower` or `polish`.
pub struct Pass<T> {
    pub name: &'static str,
    /// Whether our own document needs the pass. Other passes are for documents
    /// of others.
    pub ours: bool,
    /// Changes the subject, and returns the number of changes.
    pub run: fn(&mut T) -> usize,
}

/// The passes in order. A pass that reads a keyword precedes those that remove
/// it.
const PASSES: [Pass<Value>; 19] = [
    bodies::PASS,
    multipart::PASS,
    limits::PASS,
    queries::PASS,
    alternatives::PASS,
    closed_views::PASS,
    open_enums::PASS,
    united::PASS,
    variants::PASS,
    error_bodies::PASS,
    success::PASS,
    nullable::PASS,
    null_marks::PASS,
    containers::PASS,
    required::PASS,
    shared_properties::PASS,
    open_objects::PASS,
    defaults::PASS,
    constraints::PASS,
];

/// Runs every pass. Returns the names of passes that our own document should
/// need and that changed nothing.
pub fn lower(document: &mut Value) -> Vec<&'static str> {
    run(&PASSES, document)
}

/// Runs passes in order, as [`lower`] does.
pub fn run<T>(passes: &[Pass<T>], subject: &mut T) -> Vec<&'static str> {
    passes
        .iter()
        .filter(|pass| (pass.run)(subject) == 0 && pass.ours)
        .map(|pass| pass.name)
        .collect()
}

/// The components that requests and responses contain.
struct Directions(Reach);

impl Directions {
    fn of(document: &mut Value) -> Self {
        Self(Reach::within(document))
    }

    fn is_received(&self, place: &Place) -> bool {
        match place.root {
            sites::Root::Component(name) => self.0.responses.contains(&**name),
            sites::Root::Response => true,
            sites::Root::Request | sites::Root::ErrorResponse => false,
        }
    }

    fn is_sent(&self, place: &Place) -> bool {
        match place.root {
            sites::Root::Component(name) => self.0.requests.contains(&**name),
            sites::Root::Request => true,
            sites::Root::Response | sites::Root::ErrorResponse => false,
        }
    }
}

/// Calls `change` with every schema. Returns how often it returned true.
fn each(
    document: &mut Value,
    mut change: impl FnMut(&Place, &mut Map<String, Value>) -> bool,
) -> usize {
    let mut count = 0;
    sites::change_each(document, &mut |place, schema| {
        count += usize::from(change(place, schema));
    });
    count
}

/// Whether a keyword occurs in the document. If it doesn't, a pass needs no
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

/// The values of an object.
fn named(object: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    let members = object.and_then(Value::as_object_mut);
    members.into_iter().flat_map(Map::values_mut)
}

/// Every operation.
fn operations(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    named(document.get_mut("paths"))
        .filter_map(Value::as_object_mut)
        .flatten()
        .filter(|(method, _)| METHODS.contains(&method.as_str()))
        .map(|(_, operation)| operation)
}

/// Calls `change` with every request body, of operations and among the
/// components.
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
