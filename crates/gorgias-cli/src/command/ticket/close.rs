//! `gorgias ticket close`.

use clap::Args;
use gorgias::api::types::UpdateTicket;
use gorgias::types::TicketStatus;

use crate::command::write::WriteArguments;
use crate::failure::Failure;
use crate::output::ticket_text;
use crate::values;

const AFTER_HELP: &str = "\
Closing a ticket again changes nothing but when it was last updated.

Examples:
  gorgias ticket close 80400317
  gorgias ticket update 80400317 --status open";

/// Close a ticket
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CloseArguments {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    #[command(flatten)]
    pub(super) write: WriteArguments,
}

pub(super) async fn run(arguments: CloseArguments) -> Result<(), Failure> {
    let CloseArguments { id, write } = arguments;
    let body = UpdateTicket::new().status(TicketStatus::Closed);
    let check = format!("look at it: gorgias ticket get {id}");
    let call = |client: &gorgias::Client| client.api().update_ticket(id, body);
    write.run(None, call, &check, ticket_text).await
}
