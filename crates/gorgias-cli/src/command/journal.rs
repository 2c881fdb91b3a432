//! The journal of what was sent.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use gorgias::ClientBuilder;
use gorgias_journal::SqliteJournal;

use crate::failure::Failure;

#[derive(Args)]
pub(crate) struct JournalArguments {
    /// Keep a journal of what was sent in this file, so that a run after a
    /// crash knows; it is made if it doesn't exist
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
}

impl JournalArguments {
    pub(super) fn is_given(&self) -> bool {
        self.journal.is_some()
    }

    /// The journal, if there is to be one.
    pub(super) fn open(&self) -> Result<Option<Arc<SqliteJournal>>, Failure> {
        self.journal.as_ref().map(open).transpose()
    }
}

fn open(path: &PathBuf) -> Result<Arc<SqliteJournal>, Failure> {
    SqliteJournal::open(path)
        .map(Arc::new)
        .map_err(|error| Failure::invalid(error.to_string()).because(&error))
}

/// Has a client use the journal, if there is one.
pub(super) fn keep(journal: Option<Arc<SqliteJournal>>, builder: ClientBuilder) -> ClientBuilder {
    match journal {
        Some(journal) => builder.journal(journal),
        None => builder,
    }
}
