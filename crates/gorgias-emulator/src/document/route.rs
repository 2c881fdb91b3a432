//! Paths of the document, matched against request paths.

use std::collections::BTreeMap;

use ::http::Method;

use super::operation::Operation;

/// One path template and what can be done there.
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

/// What a method and a path lead to.
#[derive(Debug)]
pub(crate) enum Found<'a> {
    Operation {
        operation: &'a Operation,
        /// Path parameters by name, still encoded.
        path: Vec<(String, String)>,
    },
    /// The path is there, the method is not; the methods that are.
    WrongMethod(Vec<&'a str>),
    /// No such path.
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

    /// Parameters come after text, segment by segment, so that
    /// `customers/merge` is found before `customers/{id}`.
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

/// The segments of a path; a trailing slash makes no difference.
fn split(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path).split('/')
}

/// Puts routes in the order they are looked at.
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
