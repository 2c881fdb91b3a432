//! `gorgias ticket tag` and `gorgias ticket untag`.

use clap::Args;
use gorgias::Client;
use gorgias::api::types::SelectTags;

use crate::command::write::WriteArguments;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::tell;
use crate::values;

const AFTER_TAG: &str = "\
The helpdesk must have the tags already, and the case of a name counts.

Examples:
  gorgias ticket tag 80400317 shipping VIP";

const AFTER_UNTAG: &str = "\
Examples:
  gorgias ticket untag 80400317 shipping";

/// Add tags to a ticket
#[derive(Args)]
#[command(after_help = AFTER_TAG)]
pub(crate) struct TagArguments {
    #[command(flatten)]
    pub(in crate::command) tags: Tags,
}

/// Take tags off a ticket
#[derive(Args)]
#[command(after_help = AFTER_UNTAG)]
pub(crate) struct UntagArguments {
    #[command(flatten)]
    pub(in crate::command) tags: Tags,
}

/// Which tags of which ticket.
#[derive(Args)]
pub(crate) struct Tags {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    /// The names of the tags
    #[arg(value_name = "TAG", required = true)]
    names: Vec<String>,

    #[command(flatten)]
    pub(in crate::command) write: WriteArguments,
}

pub(in crate::command) async fn tag(arguments: TagArguments) -> Result<(), Failure> {
    let Tags { id, names, write } = arguments.tags;
    let selected = SelectTags::new().names(names.clone());
    let call = |client: &Client| client.api().create_ticket_tags(id, selected);
    done(write.send(None, call, &check(id)).await, id, &names, "has")
}

pub(in crate::command) async fn untag(arguments: UntagArguments) -> Result<(), Failure> {
    let Tags { id, names, write } = arguments.tags;
    let selected = SelectTags::new().names(names.clone());
    let call = |client: &Client| client.api().delete_ticket_tags(id, selected);
    done(
        write.send(None, call, &check(id)).await,
        id,
        &names,
        "no longer has",
    )
}

fn check(id: i64) -> String {
    format!("look at it: gorgias ticket get {id}")
}

/// The service answers with nothing.
fn done<T>(
    outcome: Result<Option<T>, Failure>,
    id: i64,
    names: &[String],
    has: &str,
) -> Result<(), Failure> {
    match outcome {
        Ok(Some(_)) => tell(&format!("ticket {id} {has} {}", names.join(", "))),
        Ok(None) => {}
        Err(failure) if failure.exit() == Exit::Rejected => {
            return Err(failure.hint("the tags there are: gorgias tag list"));
        }
        Err(failure) => return Err(failure),
    }
    Ok(())
}
