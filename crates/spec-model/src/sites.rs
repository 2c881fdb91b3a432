//! Lists the schemas of a document for which code is generated. Each belongs to a request, a
//! response or a component.

use std::rc::Rc;

use serde_json::{Map, Value};

use crate::{
    pointer::at_mut,
    references::target,
    structure::{ObjectKind, is_success},
    walk::{Position, walk},
};

/// The part of the document that a schema tree belongs to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Root {
    /// The component schema of this name.
    Component(Rc<str>),
    /// A parameter, or the body of a request.
    Request,
    /// The body of a successful response, or of a response component.
    Response,
    /// The body of any other response.
    ErrorResponse,
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
    /// The component that the schema's `$ref` names.
    pub(crate) target: Option<String>,
}

/// Lists every schema of the document, outer schemas before inner ones. The schemas of headers,
/// of callbacks and of the `content` of parameters are left out, because no code is generated
/// for these.
pub fn sites(document: &Value) -> Vec<Site> {
    let mut sites = Vec::new();
    // The root of the schemas that are visited next.
    let mut root = Root::Request;
    walk(document, &mut |position, value| {
        match position.kind {
            ObjectKind::Document
            | ObjectKind::Components
            | ObjectKind::PathItem
            | ObjectKind::Operation => {}
            ObjectKind::Parameter | ObjectKind::RequestBody => root = Root::Request,
            ObjectKind::Response => {
                let is_declared = position.holder == Some(ObjectKind::Operation);
                root = match position.name {
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
                    root = Root::Component(position.name.unwrap_or_default().into());
                }
                sites.push(site(position, &root, target(schema)));
            }
            _ => return false,
        }
        true
    });
    sites
}

fn site(position: &Position<'_>, root: &Root, target: Option<&str>) -> Site {
    let property = position.name.filter(|_| position.field == "properties");
    Site {
        pointer: position.pointer.to_owned(),
        root: root.clone(),
        is_root: position.holder != Some(ObjectKind::Schema),
        property: property.map(str::to_owned),
        target: target.map(str::to_owned),
    }
}

/// Calls `change` with every schema, inner schemas before outer ones, so that a change of
/// a schema doesn't affect which inner schemas are visited.
pub fn change_each(document: &mut Value, change: &mut dyn FnMut(&Site, &mut Map<String, Value>)) {
    for site in sites(document).iter().rev() {
        if let Some(Value::Object(schema)) = at_mut(document, &site.pointer) {
            change(site, schema);
        }
    }
}
