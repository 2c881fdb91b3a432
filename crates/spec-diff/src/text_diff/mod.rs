//! Reports each difference of the two texts that no reported change explains.
//!
//! The steps before this one find the differences in meaning. This step compares the
//! values of both documents side by side (`comparison`), and decides for each
//! difference whether a reported change explains it (`explained`). An unexplained
//! difference is reported: as documentation if the keyword is for readers, as a
//! restatement if OpenAPI 3.0 has the keyword, and as unknown if OpenAPI 3.0 doesn't
//! have it. `keywords` says how each keyword is treated.

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

/// Adds the changes that no reported change explains. `operations` are those that both
/// documents have: the number of each, with its nodes in the new document.
pub fn add_unexplained(session: &mut Session<'_>, operations: &[(usize, OperationNodes)]) {
    components::renamed(session);
    let found = TextComparison::new(session, operations).run();
    session.found.extend(found);
}
