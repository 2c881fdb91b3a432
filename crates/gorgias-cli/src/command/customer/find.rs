//! `gorgias customer find`.

use clap::Args;

use super::shown::{TABLE, row};
use crate::command::lists::ListingArguments;
use crate::failure::Failure;

const AFTER_HELP: &str = "\
Prints the customers who have all that is named, and nothing if nobody has.
JSON output is one array with one customer per line, in the compact form
without channels.

Examples:
  gorgias customer find jane@example.com
  gorgias customer find --external-id shop-77 | jq '.[].id'";

/// Find customers by what is known of them
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct FindArguments {
    /// The e-mail address
    #[arg(value_name = "ADDRESS", required_unless_present_any = ["external_id", "name"])]
    email: Option<String>,

    /// The id in your own system
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,

    /// The full name
    #[arg(long)]
    name: Option<String>,

    #[command(flatten)]
    pub(super) listing: ListingArguments,
}

pub(super) async fn run(arguments: FindArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let mut call = client.api().list_customers().limit(listing.page_size());
    if let Some(email) = arguments.email {
        // The service stores addresses in lower case.
        call = call.email(email.to_lowercase());
    }
    if let Some(id) = arguments.external_id {
        call = call.external_id(id);
    }
    if let Some(name) = arguments.name {
        call = call.name(name);
    }
    listing
        .print(call.pages(), |page| &page.data, &TABLE.head(), row)
        .await
}
