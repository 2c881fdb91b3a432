//! Finds every schema of a document, and says what each is for.

pub(crate) mod walk;

use std::rc::Rc;

use serde_json::Value;

use self::walk::{Schema, Walk};

/// Where a schema tree hangs in the document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Root {
    /// The component schema of this name.
    Component(Rc<str>),
    /// A parameter, or the body of a request.
    Request,
    /// The body of a response that means success, or of a component that may be
    /// one.
    Response,
    /// The body of any other response.
    ErrorResponse,
}

/// Where a walk has come to.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// A JSON pointer to the schema.
    pub pointer: &'a str,
    /// Where the tree hangs that the schema is part of.
    pub root: &'a Root,
    /// Whether the schema is the root itself.
    pub is_root: bool,
    /// The property's name, when the schema describes a property.
    pub property: Option<&'a str>,
}

/// One schema.
#[derive(Clone, Debug)]
pub struct Site {
    /// A JSON pointer to the schema.
    pub pointer: String,
    /// Where the tree hangs that the schema is part of.
    pub root: Root,
    /// Whether the schema is the root itself.
    pub is_root: bool,
    /// The property's name, when the schema describes a property.
    pub property: Option<String>,
    /// The component that its `$ref` names.
    pub(crate) target: Option<String>,
}

/// Every schema of the document, parents before children.
pub fn sites(document: &Value) -> Vec<Site> {
    // One walk serves those who look and those who change.
    sites_within(&mut document.clone())
}

/// Every schema of the document, as [`sites`] finds them, without a copy of it.
pub fn sites_within(document: &mut Value) -> Vec<Site> {
    let mut found = Vec::new();
    let mut enter = |place: &Place, target: Option<&str>| {
        found.push(Site {
            pointer: place.pointer.to_owned(),
            root: place.root.clone(),
            is_root: place.is_root,
            property: place.property.map(str::to_owned),
            target: target.map(str::to_owned),
        });
    };
    Walk::new(&mut enter, &mut |_, _| {}).document(document);
    found
}

/// Calls `change` with every schema, children before parents, so that what it
/// inserts isn't visited.
pub fn change_each(document: &mut Value, change: &mut dyn FnMut(&Place, &mut Schema)) {
    Walk::new(&mut |_, _| {}, change).document(document);
}
