//! The option that names the journal of what was sent.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use gorgias::journal::JournalError;
use gorgias_journal::{OpenError, SqliteJournal};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::tell;

#[derive(Args)]
pub(crate) struct JournalArguments {
    /// Keep a journal of what was sent in this file, so that a run after a
    /// crash knows; it is made if it doesn't exist
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
}

impl JournalArguments {
    pub(in crate::command) fn path(&self) -> Option<&Path> {
        self.journal.as_deref()
    }

    /// The journal, if there is to be one.
    pub(in crate::command) async fn open(&self) -> Result<Option<Arc<SqliteJournal>>, Failure> {
        let Some(path) = &self.journal else {
            return Ok(None);
        };
        let journal = SqliteJournal::open(path).map_err(|error| not_opened(&error))?;
        tell_clock_fault(&journal).await?;
        Ok(Some(Arc::new(journal)))
    }
}

pub(super) fn not_opened(error: &OpenError) -> Failure {
    Failure::invalid(error.to_string()).because(error)
}

/// A journal that can't be read or written.
pub(super) fn failed(error: &JournalError) -> Failure {
    Failure::new(Exit::Unexpected, error.to_string()).because(error)
}

async fn tell_clock_fault(journal: &SqliteJournal) -> Result<(), Failure> {
    if let Some(ahead) = journal
        .clock_fault()
        .await
        .map_err(|error| failed(&error))?
    {
        tell(&format!(
            "the journal was written {} s in this machine's future: a clock was set. Times are \
             measured by this process alone",
            ahead.as_secs()
        ));
    }
    Ok(())
}
