//! Finds the path of the document that matches a request's path.

use std::collections::BTreeMap;

use ::http::Method;

use super::operation::Operation;
use super::template::{matches, parameter, split};
use super::unserved;

/// A path template and its operations.
#[derive(Debug)]
pub(super) struct Route {
    template: Vec<String>,
    pub(super) operations: BTreeMap<String, Operation>,
}

/// The result of looking for an operation.
#[derive(Debug)]
pub(crate) enum Found<'a> {
    Operation {
        operation: &'a Operation,
        /// Path parameters by name, still encoded.
        path: Vec<(String, String)>,
    },
    /// The service has the operation of this id, and the document doesn't.
    Unserved(&'static str),
    /// The document has the path but not the method; these are the methods it
    /// has.
    WrongMethod(Vec<&'a str>),
    /// The document doesn't have the path.
    Nothing,
}

impl Route {
    pub(super) fn new(template: &str, operations: BTreeMap<String, Operation>) -> Self {
        Self {
            template: split(template).map(str::to_owned).collect(),
            operations,
        }
    }

    /// The sort key of a route: a literal segment comes before a parameter, so
    /// that `customers/merge` is found before `customers/{id}`.
    fn order(&self) -> Vec<bool> {
        let is_parameter = |segment: &String| parameter(segment).is_some();
        self.template.iter().map(is_parameter).collect()
    }

    fn matches(&self, path: &str) -> Option<Vec<(String, String)>> {
        matches(self.template.iter().map(String::as_str), path)
    }
}

/// Sorts routes into the order in which they are tried.
pub(super) fn sort(routes: &mut [Route]) {
    routes.sort_by_key(Route::order);
}

pub(super) fn find<'a>(routes: &'a [Route], method: &Method, path: &str) -> Found<'a> {
    let matching = routes
        .iter()
        .find_map(|route| route.matches(path).map(|parameters| (route, parameters)));
    let mut found = Found::Nothing;
    if let Some((route, path)) = matching {
        if let Some(operation) = route.operations.get(method.as_str()) {
            return Found::Operation { operation, path };
        }
        found = Found::WrongMethod(route.operations.keys().map(String::as_str).collect());
    }
    unserved::find(method.as_str(), path).map_or(found, Found::Unserved)
}
