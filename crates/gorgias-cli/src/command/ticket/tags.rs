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

pub(super) const AFTER_TAG: &str = "\
The helpdesk must have the tags already, and the case of a name counts.

Examples:
  gorgias ticket tag 80400317 shipping VIP";

pub(super) const AFTER_UNTAG: &str = "\
Examples:
  gorgias ticket untag 80400317 shipping";

/// The arguments of `ticket tag` and `ticket untag`.
#[derive(Args)]
pub(crate) struct TagArguments {
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
    let selected = SelectTags::new().names(arguments.names.clone());
    let call = |client: &Client| client.api().create_ticket_tags(arguments.id, selected);
    send(&arguments, call, "has").await
}

pub(super) async fn untag(arguments: TagArguments) -> Result<(), Failure> {
    let selected = SelectTags::new().names(arguments.names.clone());
    let call = |client: &Client| client.api().delete_ticket_tags(arguments.id, selected);
    send(&arguments, call, "no longer has").await
}

/// Makes a call that the service answers without a body. `has` is the verb of the note
/// about the tags.
async fn send<C, T>(
    arguments: &TagArguments,
    call: impl FnOnce(&Client) -> C,
    has: &str,
) -> Result<(), Failure>
where
    C: IntoFuture<Output = Result<Response<T>, Error>>,
{
    let TagArguments { id, names, write } = arguments;
    let client = match write.dry_run {
        true => None,
        false => Some(write.connection.client()?),
    };
    let check = format!("look whether it was changed: gorgias ticket get {id}");
    match (write.send(client.clone(), call, &check).await, client) {
        (Ok(Some(_)), _) => note(&format!("ticket {id} {has} {}", names.join(", "))),
        (Ok(None), _) => {}
        (Err(failure), Some(client)) if failure.exit() == Exit::Rejected => {
            return Err(explained(failure, &client, names).await);
        }
        (Err(failure), _) => return Err(failure),
    }
    Ok(())
}

/// Adds to a failure the names that no tag of the helpdesk has. They may be the reason
/// why the service refused the call.
async fn explained(failure: Failure, client: &Client, names: &[String]) -> Failure {
    match unknown_tags(client, names).await {
        Ok(unknown) if !unknown.is_empty() => failure
            .details(unknown)
            .hint("list the tags with: gorgias tag list"),
        _ => failure,
    }
}
