//! The arguments of commands that create a ticket or a message once: how long to look
//! for a ticket or message that may exist, when to send it again, and the journal.

use std::path::{Path, PathBuf};

use clap::Args;
use gorgias::{Client, ClientBuilder, SettlePolicy};
use gorgias_journal::SqliteJournal;

use crate::command::journal::{failed, not_opened};
use crate::command::settle_arguments::{ResendArguments, SettleTimeArguments};
use crate::connection::build;
use crate::failure::Failure;
use crate::output::note;

#[derive(Args)]
pub(crate) struct OnceArguments {
    #[command(flatten)]
    settle_time: SettleTimeArguments,

    #[command(flatten)]
    pub(super) resend: ResendArguments,

    /// Keep the journal in this file, so that a run after a crash knows what was
    /// sent; the file is created if it doesn't exist
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
}

impl OnceArguments {
    /// Fails if any of these arguments was given.
    pub(super) fn refuse_without_once(&self) -> Result<(), Failure> {
        let given = [
            (self.settle_time.is_given(), "--settle-time"),
            (self.resend.is_given(), "--resend-after"),
            (self.journal().is_some(), "--journal"),
        ];
        match given.iter().find(|(given, _)| *given) {
            Some((_, flag)) => Err(Failure::invalid(format!("{flag} needs --once"))),
            None => Ok(()),
        }
    }

    pub(super) fn policy(&self) -> SettlePolicy {
        self.settle_time.policy(&self.resend)
    }

    /// The path of the journal, if it was given.
    pub(super) fn journal(&self) -> Option<&Path> {
        self.journal.as_deref()
    }

    /// Builds the client, which uses the journal if one was given.
    pub(super) async fn client(&self, builder: ClientBuilder) -> Result<Client, Failure> {
        let Some(path) = &self.journal else {
            return build(builder);
        };
        let journal = SqliteJournal::open(path).map_err(not_opened)?;
        if let Some(ahead) = journal.clock_fault().await.map_err(failed)? {
            note(&format!(
                "the journal has a time that is {} s in the future, so a clock was set. Only this \
                 process's own time is used",
                ahead.as_secs()
            ));
        }
        build(builder.journal(journal))
    }
}
