//! `gorgias tag list`.

use clap::Args;
use gorgias::api::types::{Tag, TagOrder};

use super::listing::ListingArguments;
use crate::failure::Failure;
use crate::output::{Table, text_of};
use crate::values;

const TABLE: Table<4> = Table::new([("ID", 12), ("USAGE", 8), ("NAME", 30), ("DESCRIPTION", 0)]);

const AFTER_HELP: &str = "\
JSON output is one array with one tag per line. An array that was broken off
by an error is not closed, so that nothing takes it for the whole.

Examples:
  gorgias tag list
  gorgias tag list --search ship
  gorgias tag list --order-by usage:desc,name:desc --limit 10";

/// List the tags of the helpdesk
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct TagArguments {
    /// Only tags whose name holds this text
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// The order; newest first by default
    #[arg(long, value_name = "ORDER", value_parser = values::of(|| values::texts(TagOrder::KNOWN)))]
    order_by: Option<String>,

    #[command(flatten)]
    pub(in crate::command) listing: ListingArguments,
}

pub(in crate::command) async fn run(arguments: TagArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let mut call = client.api().list_tags().limit(listing.page_size());
    if let Some(text) = arguments.search {
        call = call.search(text);
    }
    if let Some(order) = arguments.order_by {
        call = call.order_by(order);
    }
    listing
        .print(call.pages(), |page| &page.data, &TABLE.head(), row)
        .await
}

fn row(tag: &Tag) -> String {
    TABLE.row([
        tag.id.to_string(),
        text_of(tag.usage.as_ref()),
        text_of(tag.name.as_ref()),
        text_of(tag.description.as_ref()),
    ])
}
