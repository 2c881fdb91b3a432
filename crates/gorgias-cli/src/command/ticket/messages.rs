//! `gorgias ticket messages`.

use clap::Args;

use crate::command::listing::ListingArguments;
use crate::failure::Failure;
use crate::output::message_text;
use crate::values;

const AFTER_HELP: &str = "\
JSON output is one array with one message per line. An array that was broken
off by an error is not closed, so that nothing takes it for the whole.

Examples:
  gorgias ticket messages 80400317
  gorgias ticket messages 80400317 | jq -r '.[] | select(.public) | .body_text'";

/// List the messages of a ticket
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct MessagesArguments {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    #[command(flatten)]
    pub(super) listing: ListingArguments,
}

pub(super) async fn run(arguments: MessagesArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let call = client.api().list_ticket_messages(arguments.id);
    let pages = call.limit(listing.page_size()).pages();
    listing
        .print(pages, |page| &page.data, "", message_text)
        .await
}
