//! Finds the schemas of a document that code is generated for, and the message
//! or component that each belongs to.

use std::rc::Rc;

use serde_json::{Map, Value};

use crate::{
    references::target,
    structure::{ObjectKind, is_success},
    walk::{Position, Visitor, walk},
};

/// The part of the document that a schema tree belongs to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Root {
    /// The component schema of this name.
    Component(Rc<str>),
    /// A parameter, or the body of a request.
    Request,
    /// The body of a successful response, or of a component that may be one.
    Response,
    /// The body of any other response.
    ErrorResponse,
}

/// The position of a schema in a walk.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// A JSON pointer to the schema.
    pub pointer: &'a str,
    /// The root of the tree that the schema belongs to.
    pub root: &'a Root,
    /// Whether the schema is the root itself.
    pub is_root: bool,
    /// The name of the property, if the schema describes one.
    pub property: Option<&'a str>,
}

/// A schema of the document.
#[derive(Clone, Debug)]
pub struct Site {
    /// A JSON pointer to the schema.
    pub pointer: String,
    /// The root of the tree that the schema belongs to.
    pub root: Root,
    /// Whether the schema is the root itself.
    pub is_root: bool,
    /// The name of the property, if the schema describes one.
    pub property: Option<String>,
    /// The component that its `$ref` names.
    pub(crate) target: Option<String>,
}

/// Lists every schema of the document, parents before children.
pub fn sites(document: &Value) -> Vec<Site> {
    // The walk needs a mutable document, because passes that change it use the
    // same walk.
    sites_within(&mut document.clone())
}

/// Lists every schema of the document, like [`sites`], without copying it.
pub fn sites_within(document: &mut Value) -> Vec<Site> {
    let mut found = Vec::new();
    look_at_each(document, &mut |place, target| {
        found.push(Site {
            pointer: place.pointer.to_owned(),
            root: place.root.clone(),
            is_root: place.is_root,
            property: place.property.map(str::to_owned),
            target: target.map(str::to_owned),
        });
    });
    found
}

/// Calls `look` with every schema and the component that its `$ref` names,
/// parents before children.
pub(crate) fn look_at_each(document: &mut Value, look: &mut dyn FnMut(&Place<'_>, Option<&str>)) {
    walk(document, &mut Schemas::new(look, &mut |_, _| {}));
}

/// Calls `change` with every schema, children before parents, so that what it
/// inserts isn't visited.
pub fn change_each(
    document: &mut Value,
    change: &mut dyn FnMut(&Place<'_>, &mut Map<String, Value>),
) {
    walk(document, &mut Schemas::new(&mut |_, _| {}, change));
}

/// A visitor of schemas. It leaves out those of headers and callbacks, because
/// no code is generated for them.
struct Schemas<'a> {
    enter: &'a mut dyn FnMut(&Place<'_>, Option<&str>),
    leave: &'a mut dyn FnMut(&Place<'_>, &mut Map<String, Value>),
    /// The root of the current schema. It is set when the walk enters the
    /// object that holds the schema.
    root: Root,
}

impl<'a> Schemas<'a> {
    fn new(
        enter: &'a mut dyn FnMut(&Place<'_>, Option<&str>),
        leave: &'a mut dyn FnMut(&Place<'_>, &mut Map<String, Value>),
    ) -> Self {
        Self {
            enter,
            leave,
            root: Root::Request,
        }
    }
}

impl Visitor for Schemas<'_> {
    fn enter(&mut self, position: &Position<'_>, value: &Value) -> bool {
        match position.kind {
            ObjectKind::Document
            | ObjectKind::Components
            | ObjectKind::PathItem
            | ObjectKind::Operation => {}
            ObjectKind::Parameter | ObjectKind::RequestBody => self.root = Root::Request,
            ObjectKind::Response => {
                let is_declared = position.holder == Some(ObjectKind::Operation);
                self.root = match position.name {
                    Some(status) if is_declared && !is_success(status) => Root::ErrorResponse,
                    _ => Root::Response,
                };
            }
            // The generator doesn't read the `content` of parameters.
            ObjectKind::MediaType => return position.holder != Some(ObjectKind::Parameter),
            ObjectKind::Schema => {
                let Some(schema) = value.as_object() else {
                    return false;
                };
                if position.holder == Some(ObjectKind::Components) {
                    self.root = Root::Component(position.name.unwrap_or_default().into());
                }
                (self.enter)(&place(position, &self.root), target(schema));
            }
            _ => return false,
        }
        true
    }

    fn leave(&mut self, position: &Position<'_>, value: &mut Value) {
        if position.kind == ObjectKind::Schema
            && let Value::Object(schema) = value
        {
            (self.leave)(&place(position, &self.root), schema);
        }
    }
}

fn place<'a>(position: &Position<'a>, root: &'a Root) -> Place<'a> {
    Place {
        pointer: position.pointer,
        root,
        is_root: position.holder != Some(ObjectKind::Schema),
        property: position.name.filter(|_| position.field == "properties"),
    }
}
