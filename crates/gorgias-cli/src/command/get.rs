//! `gorgias ticket get`.

use clap::Args;

use crate::connection::ConnectionArguments;
use crate::failure::Failure;
use crate::output::{OutputArguments, show};

const AFTER_HELP: &str = "\
Examples:
  gorgias ticket get 80400317
  gorgias ticket get 80400317 | jq -r '.messages[].body_text'";

/// Read a ticket with its whole conversation
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct GetArguments {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    id: i64,

    /// Ask for the values of custom fields too, which are documented to be left
    /// out otherwise and come all the same since 2026
    #[arg(long)]
    custom_fields: bool,

    #[command(flatten)]
    connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

pub(super) async fn run(arguments: GetArguments) -> Result<(), Failure> {
    let client = arguments.connection.client()?;
    let mut call = client.tickets().get(arguments.id);
    if arguments.custom_fields {
        call = call.with_custom_fields();
    }
    let fetched = call.await.map_err(|error| Failure::of_read(&error))?;
    show(
        &fetched.ticket,
        fetched.metadata(),
        arguments.output.format(),
    )
}
