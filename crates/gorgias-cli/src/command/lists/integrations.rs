//! `gorgias integration list`.

use clap::Args;
use gorgias::api::types::{CreationOrder, Integration, IntegrationType};

use super::listing::ListingArguments;
use crate::failure::Failure;
use crate::output::{Table, text_of};
use crate::values;

const TABLE: Table<4> = Table::new([("ID", 12), ("TYPE", 14), ("ADDRESS", 34), ("NAME", 0)]);

const AFTER_HELP: &str = "\
The address of an integration of the type email is one that the helpdesk
writes from: --from of an outgoing e-mail, --to of an incoming one.

JSON output is one array with one integration per line. An array that was
broken off by an error is not closed, so that nothing takes it for the whole.

Examples:
  gorgias integration list
  gorgias integration list --type email | jq -r '.[].meta.address'";

/// List what the helpdesk is connected to, such as its e-mail addresses
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct IntegrationArguments {
    /// Only integrations of this type, such as email
    #[arg(
        long = "type",
        value_name = "TYPE",
        value_parser = values::of(|| values::texts(IntegrationType::KNOWN))
    )]
    kind: Option<String>,

    /// The order; newest first by default
    #[arg(
        long,
        value_name = "ORDER",
        value_parser = values::of(|| values::texts(CreationOrder::KNOWN))
    )]
    order_by: Option<String>,

    #[command(flatten)]
    pub(in crate::command) listing: ListingArguments,
}

pub(in crate::command) async fn run(arguments: IntegrationArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let mut call = client.api().list_integrations().limit(listing.page_size());
    if let Some(kind) = arguments.kind {
        call = call.type_(kind);
    }
    if let Some(order) = arguments.order_by {
        call = call.order_by(order);
    }
    listing
        .print(call.pages(), |page| &page.data, &TABLE.head(), row)
        .await
}

fn row(integration: &Integration) -> String {
    let meta = integration.meta.as_ref();
    let address = meta.and_then(|meta| meta.get("address")?.as_str());
    TABLE.row([
        integration.id.to_string(),
        text_of(integration.type_.as_ref()),
        text_of(address),
        text_of(integration.name.as_ref()),
    ])
}
