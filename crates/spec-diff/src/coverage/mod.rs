//! Reports every difference of the two texts that no change explains yet.
//!
//! The comparison before this step finds what differs in meaning. This step
//! walks both documents side by side as they are written (`walk`), and asks of
//! each difference whether a change found so far explains it (`explained`). An
//! unexplained difference is reported: as documentation if the keyword is for
//! readers, as the same meaning in other words if OpenAPI 3.0 has the keyword,
//! and as unknown if it doesn't. `keywords` says how each keyword is treated.

mod components;
mod entries;
mod explained;
mod keywords;
mod lists;
mod reach_index;
mod references;
mod restated;
mod usage;
mod walk;

use super::session::Session;

pub use reach_index::ReachIndex;

/// Adds the changes that the comparison of meaning doesn't see.
pub fn add_missed_changes(session: &mut Session<'_>, index: &ReachIndex) {
    components::renamed(session);
    let explained = explained::Explained::gather(session);
    let usage = session.both(session.roots(), usage::used);
    let found = walk::CoverageWalk::new(session, &explained, &usage, index).run();
    session.found.extend(found);
}
