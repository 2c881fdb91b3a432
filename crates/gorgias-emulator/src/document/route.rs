//! Finds the path of the document that matches a request's path.

use std::collections::BTreeMap;

use ::http::Method;

use super::operation::Operation;

/// A path template and its operations.
#[derive(Debug)]
pub(super) struct Route {
    segments: Vec<Segment>,
    pub(super) operations: BTreeMap<String, Operation>,
}

#[derive(Debug)]
enum Segment {
    Literal(String),
    Parameter(String),
}

/// The result of looking for an operation.
#[derive(Debug)]
pub(crate) enum Found<'a> {
    Operation {
        operation: &'a Operation,
        /// Path parameters by name, still encoded.
        path: Vec<(String, String)>,
    },
    /// The document has the path but not the method; these are the methods it
    /// has.
    WrongMethod(Vec<&'a str>),
    /// The document doesn't have the path.
    Nothing,
}

impl Route {
    pub(super) fn new(template: &str, operations: BTreeMap<String, Operation>) -> Self {
        let segments = split(template)
            .map(|segment| {
                match segment
                    .strip_prefix('{')
                    .and_then(|name| name.strip_suffix('}'))
                {
                    Some(name) => Segment::Parameter(name.to_owned()),
                    None => Segment::Literal(segment.to_owned()),
                }
            })
            .collect();
        Self {
            segments,
            operations,
        }
    }

    /// The sort key of a route: a literal segment comes before a parameter, so
    /// that `customers/merge` is found before `customers/{id}`.
    fn order(&self) -> Vec<bool> {
        let is_parameter = |segment: &Segment| matches!(segment, Segment::Parameter(_));
        self.segments.iter().map(is_parameter).collect()
    }

    fn matches(&self, path: &str) -> Option<Vec<(String, String)>> {
        let mut parameters = Vec::new();
        let mut given = split(path);
        for segment in &self.segments {
            let text = given.next()?;
            match segment {
                Segment::Literal(literal) if literal == text => {}
                Segment::Literal(_) => return None,
                Segment::Parameter(name) => parameters.push((name.clone(), text.to_owned())),
            }
        }
        given.next().is_none().then_some(parameters)
    }
}

/// Splits a path into segments, ignoring a trailing slash.
fn split(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path).split('/')
}

/// Sorts routes into the order in which they are tried.
pub(super) fn sort(routes: &mut [Route]) {
    routes.sort_by_key(Route::order);
}

pub(super) fn find<'a>(routes: &'a [Route], method: &Method, path: &str) -> Found<'a> {
    let matching = routes
        .iter()
        .find_map(|route| route.matches(path).map(|parameters| (route, parameters)));
    let Some((route, parameters)) = matching else {
        return Found::Nothing;
    };
    match route.operations.get(method.as_str()) {
        Some(operation) => Found::Operation {
            operation,
            path: parameters,
        },
        None => Found::WrongMethod(route.operations.keys().map(String::as_str).collect()),
    }
}
