//! The arguments of commands that create a ticket or a message once: how long to
//! look for one that may exist, when to send it again, and the journal.

use std::path::Path;

use clap::Args;
use gorgias::{Client, ClientBuilder, SettlePolicy};

use super::journal::JournalArguments;
use super::patience::{PatienceArguments, ResendArguments};
use crate::connection::build;
use crate::failure::Failure;

#[derive(Args)]
pub(crate) struct DoubtArguments {
    #[command(flatten)]
    patience: PatienceArguments,

    #[command(flatten)]
    pub(super) resend: ResendArguments,

    #[command(flatten)]
    journal: JournalArguments,
}

impl DoubtArguments {
    /// Fails if any of them was given.
    pub(super) fn refuse_without_once(&self) -> Result<(), Failure> {
        let given = [
            (self.patience.settle_time.is_some(), "--settle-time"),
            (self.resend.is_given(), "--resend-after"),
            (self.journal().is_some(), "--journal"),
        ];
        match given.iter().find(|(given, _)| *given) {
            Some((_, flag)) => Err(Failure::invalid(format!("{flag} needs --once"))),
            None => Ok(()),
        }
    }

    pub(super) fn policy(&self) -> SettlePolicy {
        self.patience.policy(&self.resend)
    }

    /// The path of the journal, if there is to be one.
    pub(super) fn journal(&self) -> Option<&Path> {
        self.journal.path()
    }

    /// A client that uses the journal.
    pub(super) async fn client(&self, builder: ClientBuilder) -> Result<Client, Failure> {
        build(match self.journal.open().await? {
            Some(journal) => builder.journal(journal),
            None => builder,
        })
    }
}
