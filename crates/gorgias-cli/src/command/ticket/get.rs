//! `gorgias ticket get`.

use clap::Args;
use gorgias::types::TicketRelationship;
use gorgias::{Error, ErrorKind};

use crate::connection::ConnectionArguments;
use crate::failure::Failure;
use crate::output::{OutputArguments, note, ticket_text};
use crate::values;

const AFTER_HELP: &str = "\
Examples:
  gorgias ticket get 80400317
  gorgias ticket get 80400317 | jq -r '.messages[].body_text'";

/// Read a ticket with its whole conversation
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct GetArguments {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    /// Ask for the values of custom fields too. According to its documentation the
    /// service leaves them out otherwise; since 2026 it always returns them
    #[arg(long)]
    custom_fields: bool,

    #[command(flatten)]
    connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

pub(super) async fn run(arguments: GetArguments) -> Result<(), Failure> {
    let client = arguments.connection.client()?;
    let get = |id| {
        let call = client.tickets().get(id);
        match arguments.custom_fields {
            true => call.relationships(vec![TicketRelationship::CustomFields]),
            false => call,
        }
    };
    let fetched = match get(arguments.id).await {
        Err(error) => match merged_into(&error).filter(|id| *id != arguments.id) {
            Some(id) => {
                note(&format!("ticket {} was merged into {id}", arguments.id));
                get(id).await
            }
            None => Err(error),
        },
        fetched => fetched,
    };
    let fetched = fetched.map_err(Failure::of_read)?;
    arguments
        .output
        .print(&*fetched, fetched.metadata(), ticket_text)
}

/// The id of the ticket that a ticket was merged into, from the address of a redirect.
/// Only the id is used, so that the next request goes to the same host as the first.
fn merged_into(error: &Error) -> Option<i64> {
    if error.kind() != ErrorKind::Redirect {
        return None;
    }
    let location = error.headers()?.get("location")?.to_str().ok()?;
    let path = location.split(['?', '#']).next()?.trim_end_matches('/');
    let (folder, id) = path.rsplit_once('/')?;
    let id = id.parse().ok().filter(|id| *id > 0);
    id.filter(|_| folder.ends_with("/api/tickets"))
}
