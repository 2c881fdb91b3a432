//! `gorgias customer get`.

use clap::Args;

use super::shown::text;
use crate::calls::read;
use crate::connection::ConnectionArguments;
use crate::failure::Failure;
use crate::output::OutputArguments;
use crate::values;

const AFTER_HELP: &str = "\
Examples:
  gorgias customer get 511020044
  gorgias customer get 511020044 | jq -r '.channels[].address'";

/// Read a customer with the ways to reach them
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct GetArguments {
    /// The customer's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    #[command(flatten)]
    pub(super) connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

pub(super) async fn run(arguments: GetArguments) -> Result<(), Failure> {
    let client = arguments.connection.client()?;
    let customer = read(client.api().get_customer(arguments.id)).await?;
    arguments.output.show(&customer, text)
}
