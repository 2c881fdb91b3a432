//! Reports each difference of the two texts that no found change explains.
//!
//! The earlier steps compare the documents by meaning. This step compares their texts, object
//! by object (`comparison`), and decides for each difference whether a found change explains
//! it (`explained`). An unexplained difference is reported: as documentation if the keyword is
//! for readers, as restated (written in another way) or without effect if OpenAPI 3.0 has the
//! keyword, and otherwise as unknown. `keywords` says how the values of each keyword are
//! compared.

mod comparison;
mod components;
mod entries;
mod explained;
mod keywords;
mod lists;
mod reach_index;
mod references;
mod restated;
mod used_components;

use self::comparison::TextComparison;
use super::message::OperationNodes;
use super::session::Session;

/// Adds a change for each difference that no found change explains. `operations` are the
/// operations that both documents have: the number of each, with its nodes in the new
/// document.
pub fn add_unexplained(session: &mut Session<'_>, operations: &[(usize, OperationNodes)]) {
    components::renamed(session);
    let found = TextComparison::new(session, operations).run();
    session.found.extend(found);
}
