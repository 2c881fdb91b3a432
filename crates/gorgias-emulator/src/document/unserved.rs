//! The operations of the service that the document leaves out, for the list of
//! operations that the emulator doesn't serve.

use super::template::{matches, split};

/// The id, the method and the path of each operation that the vendor documents and
/// the document leaves out, in the order of paths.
const TABLE: &str = include_str!("unserved.txt");

/// Returns the id, the method and the path of each of these operations.
pub(crate) fn operations() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    TABLE.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some((words.next()?, words.next()?, words.next()?))
    })
}

/// Returns the id of the operation that a request is for, if the document leaves the
/// operation out.
pub(super) fn find(method: &str, path: &str) -> Option<&'static str> {
    let is_meant = |(_, other, template): &(_, &str, &str)| {
        *other == method && matches(split(template), path).is_some()
    };
    operations().find(is_meant).map(|(id, ..)| id)
}
