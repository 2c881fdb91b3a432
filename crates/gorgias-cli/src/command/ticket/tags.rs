//! `gorgias ticket tag` and `gorgias ticket untag`.

use clap::Args;
use gorgias::api::types::SelectTags;
use gorgias::{Client, Error, Response};

use crate::command::write_arguments::WriteArguments;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lookup::unknown_tags;
use crate::output::note;
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
    tags: Tags,
}

/// Take tags off a ticket
#[derive(Args)]
#[command(after_help = AFTER_UNTAG)]
pub(crate) struct UntagArguments {
    #[command(flatten)]
    tags: Tags,
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
    write: WriteArguments,
}

pub(super) async fn tag(arguments: TagArguments) -> Result<(), Failure> {
    let Tags { id, names, write } = arguments.tags;
    let selected = SelectTags::new().names(names.clone());
    let call = |client: &Client| client.api().create_ticket_tags(id, selected);
    send(id, &names, &write, call, "has").await
}

pub(super) async fn untag(arguments: UntagArguments) -> Result<(), Failure> {
    let Tags { id, names, write } = arguments.tags;
    let selected = SelectTags::new().names(names.clone());
    let call = |client: &Client| client.api().delete_ticket_tags(id, selected);
    send(id, &names, &write, call, "no longer has").await
}

/// Makes a call that the service answers without a body. `has` is the verb of the note
/// about the tags.
async fn send<C, T>(
    id: i64,
    names: &[String],
    write: &WriteArguments,
    call: impl FnOnce(&Client) -> C,
    has: &str,
) -> Result<(), Failure>
where
    C: IntoFuture<Output = Result<Response<T>, Error>>,
{
    let client = match write.dry_run {
        true => None,
        false => Some(write.connection.client()?),
    };
    let check = format!("look at it: gorgias ticket get {id}");
    match write.send(client.clone(), call, &check).await {
        Ok(Some(_)) => note(&format!("ticket {id} {has} {}", names.join(", "))),
        Ok(None) => {}
        Err(failure) if failure.exit() == Exit::Rejected => {
            return Err(explained(failure, client.as_ref(), names).await);
        }
        Err(failure) => return Err(failure),
    }
    Ok(())
}

/// Adds the names that no tag of the account has, if the service refused for that reason.
async fn explained(failure: Failure, client: Option<&Client>, names: &[String]) -> Failure {
    let Some(client) = client else {
        return failure;
    };
    match unknown_tags(client, names).await {
        Ok(unknown) if !unknown.is_empty() => failure
            .details(unknown)
            .hint("the tags there are: gorgias tag list"),
        _ => failure,
    }
}
