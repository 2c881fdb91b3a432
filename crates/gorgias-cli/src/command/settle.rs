//! `gorgias ticket settle`.

use std::time::Duration;

use clap::Args;
use gorgias::{Delivery, Error, ErrorKind, ExternalId, Settled};
use tokio::time::sleep;

use super::journal::{self, JournalArguments};
use super::patience::{PatienceArguments, ResendArguments};
use crate::connection::{ConnectionArguments, build};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{OutputArguments, show, tell};

/// A wait that is longer than this is explained on standard error.
const SOON: Duration = Duration::from_secs(1);

const AFTER_HELP: &str = "\
Looks at once, and then again at growing intervals until the ticket is found
or the time is up. Nothing is sent but look-ups. Prints the ticket if there is
one, and writes it down in the --journal if that has its id. If not, the exit
code is 4: it may yet appear.

With --resend-after, a key of the --journal that is in doubt is freed once the
service proves that no ticket has it: the exit code is 0, and the next create
--once or import sends it.

Examples:
  gorgias ticket settle --external-id order-1234
  gorgias ticket settle --external-id order-1234 --settle-time 600
  gorgias ticket settle --external-id order-1234 --journal tickets.journal \\
      --resend-after 15m";

/// Find out what became of a ticket, after exit code 4
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct SettleArguments {
    /// The external id the ticket was sent with
    #[arg(long, value_name = "ID")]
    external_id: ExternalId,

    #[command(flatten)]
    patience: PatienceArguments,

    #[command(flatten)]
    resend: ResendArguments,

    #[command(flatten)]
    journal: JournalArguments,

    #[command(flatten)]
    pub(super) connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

pub(super) async fn run(arguments: SettleArguments) -> Result<(), Failure> {
    if arguments.resend.is_given() && arguments.journal.path().is_none() {
        return Err(Failure::invalid("--resend-after needs --journal"));
    }
    let journal = arguments.journal.open().await?;
    let builder = journal::keep(journal, arguments.connection.builder()?);
    let policy = arguments.patience.policy(&arguments.resend);
    let settle_time = policy.settle_time();
    let call = build(builder)?.tickets().settle(&arguments.external_id);
    let mut call = call.settle(policy).into_future();
    let settled = tokio::select! {
        settled = &mut call => settled,
        () = sleep(SOON) => {
            tell(&format!(
                "not found yet, looking again for up to {} s",
                settle_time.as_secs()
            ));
            call.await
        }
    };
    match settled {
        Ok(Settled::Found(found)) => {
            tell_duplicates(found.duplicates());
            show(&found.ticket, found.metadata(), arguments.output.format())
        }
        Ok(Settled::Freed) => {
            tell("no ticket has this external id; the next create --once or import sends it");
            Ok(())
        }
        Ok(_) => Err(not_found(&arguments)),
        Err(error) => Err(unsettled(&error, &arguments)),
    }
}

fn not_found(arguments: &SettleArguments) -> Failure {
    let failure = Failure::new(
        Exit::InDoubt,
        "no ticket has this external id so far; it may yet appear",
    );
    if arguments.journal.path().is_none() || arguments.resend.is_given() {
        return failure.hint("the longer ago it was sent, the less likely that is");
    }
    failure.hint(
        "with --resend-after 15m its key is freed, and it can be sent again; this assumes that no \
         request is applied later than that",
    )
}

fn unsettled(error: &Error, arguments: &SettleArguments) -> Failure {
    match (error.kind(), error.delivery(), error.resource_id()) {
        (ErrorKind::InDoubt, Delivery::Unknown, _) if error.status().is_none() => {
            not_found(arguments)
        }
        (ErrorKind::InDoubt, ..) => Failure::of_write(error),
        (_, _, Some(id)) => Failure::of_read(error).details([format!("ticket {id} exists")]),
        _ => Failure::of_read(error),
    }
}

/// Several tickets of one external id are for a person to look into.
pub(super) fn tell_duplicates(others: &[i64]) {
    if !others.is_empty() {
        let ids: Vec<_> = others.iter().map(i64::to_string).collect();
        tell(&format!(
            "other tickets have the same external id: {}",
            ids.join(", ")
        ));
    }
}
