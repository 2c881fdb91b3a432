#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(
    missing_debug_implementations,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use
)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod clock;
mod entry;
mod file;
mod journal;
mod listing;
mod queries;
mod row;
mod schema;
mod writer;

pub use self::entry::{Counts, EntryState, JournalEntry};
pub use self::file::OpenError;
pub use self::journal::SqliteJournal;

const _: () = {
    const fn crosses_threads<T: Send + Sync + 'static>() {}
    crosses_threads::<SqliteJournal>();
    crosses_threads::<Counts>();
    crosses_threads::<JournalEntry>();
    crosses_threads::<OpenError>();
};
