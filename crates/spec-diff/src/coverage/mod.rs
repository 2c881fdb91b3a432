//! Accounting for every difference between the two texts.
//!
//! The comparison says what differs in meaning. This walks the documents side
//! by side as they are written and asks of each difference whether some change
//! that was found accounts for it. One that nothing accounts for is reported:
//! as documentation where the keyword is for readers, as the same meaning in
//! other words where it isn't, and as unknown where OpenAPI 3.0 has no such
//! keyword. So no difference goes by in silence.

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

/// Adds the changes that the comparison itself doesn't see.
pub fn account(session: &mut Session<'_>, places: &Places) {
    components::renamed(session);
    let explained = explained::Explained::gather(session);
    let usage = usage::Usage::of(session);
    let found = walk::CoverageWalk::new(session, &explained, &usage, index).run();
    session.found.extend(found);
}
