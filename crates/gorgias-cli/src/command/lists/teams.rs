//! `gorgias team list`.

use clap::Args;
use gorgias::api::types::{Team, TeamOrder};

use super::listing::ListingArguments;
use crate::failure::Failure;
use crate::output::{Table, text_of};
use crate::values;

const TABLE: Table<4> = Table::new([("ID", 12), ("MEMBERS", 7), ("NAME", 30), ("DESCRIPTION", 0)]);

const AFTER_HELP: &str = "\
JSON output is one array with one team per line. An array that was broken off
by an error is not closed, so that nothing takes it for the whole.

Examples:
  gorgias team list
  gorgias team list --order-by name:asc | jq -r '.[].name'";

/// List the teams of the helpdesk
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct TeamArguments {
    /// The order; newest first by default
    #[arg(long, value_name = "ORDER", value_parser = values::of(|| values::texts(TeamOrder::KNOWN)))]
    order_by: Option<String>,

    #[command(flatten)]
    pub(in crate::command) listing: ListingArguments,
}

pub(in crate::command) async fn run(arguments: TeamArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let mut call = client.api().list_teams().limit(listing.page_size());
    if let Some(order) = arguments.order_by {
        call = call.order_by(order);
    }
    listing
        .print(call.pages(), |page| &page.data, &TABLE.head(), row)
        .await
}

fn row(team: &Team) -> String {
    TABLE.row([
        team.id.to_string(),
        team.members.len().to_string(),
        text_of(team.name.as_ref()),
        text_of(team.description.as_ref()),
    ])
}
