//! The templates of paths, such as `/api/tickets/{id}`.

/// Returns the parameters of a path by name, if the path matches the template with these
/// segments.
pub(super) fn matches<'a>(
    template: impl Iterator<Item = &'a str>,
    path: &str,
) -> Option<Vec<(String, String)>> {
    let mut parameters = Vec::new();
    let mut given = split(path);
    for segment in template {
        let text = given.next()?;
        match parameter(segment) {
            Some(name) => parameters.push((name.to_owned(), text.to_owned())),
            None if segment == text => {}
            None => return None,
        }
    }
    given.next().is_none().then_some(parameters)
}

/// Returns the name of a segment that is a parameter.
pub(super) fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// Splits a path into segments, ignoring a trailing slash.
pub(super) fn split(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix('/').unwrap_or(path).split('/')
}
