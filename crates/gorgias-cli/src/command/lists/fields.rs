//! `gorgias field list`.

use clap::Args;
use gorgias::api::types::{CustomField, CustomFieldObject, CustomFieldOrder};

use super::listing::ListingArguments;
use crate::failure::Failure;
use crate::output::{Table, text_of, yes_or_no};
use crate::values;

const TABLE: Table<5> = Table::new([
    ("ID", 12),
    ("TYPE", 8),
    ("REQUIRED", 8),
    ("ACTIVE", 6),
    ("LABEL", 0),
]);

const AFTER_HELP: &str = "\
JSON output is one array with one field per line, with its choices. An array
that was broken off by an error is not closed, so that nothing takes it for
the whole.

Examples:
  gorgias field list
  gorgias field list --of Customer --archived false
  gorgias field list --search reason | jq '.[].definition.input_settings.choices'";

/// List the custom fields of the helpdesk, deactivated ones too
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct FieldArguments {
    /// Whose fields: those of tickets or those of customers
    #[arg(
        long,
        value_name = "OBJECT",
        default_value = "Ticket",
        value_parser = values::of(|| values::texts(CustomFieldObject::KNOWN))
    )]
    of: String,

    /// Only fields whose label holds this text
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// True for the deactivated fields alone, false for the others alone
    #[arg(long, value_name = "BOOL")]
    archived: Option<bool>,

    /// The order; highest priority first by default
    #[arg(
        long,
        value_name = "ORDER",
        value_parser = values::of(|| values::texts(CustomFieldOrder::KNOWN))
    )]
    order_by: Option<String>,

    #[command(flatten)]
    pub(in crate::command) listing: ListingArguments,
}

pub(in crate::command) async fn run(arguments: FieldArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let call = client.api().list_custom_fields();
    let mut call = call.object_type(arguments.of).limit(listing.page_size());
    if let Some(text) = arguments.search {
        call = call.search(text);
    }
    if let Some(archived) = arguments.archived {
        call = call.archived(archived);
    }
    if let Some(order) = arguments.order_by {
        call = call.order_by(order);
    }
    listing
        .print(call.pages(), |page| &page.data, &TABLE.head(), row)
        .await
}

fn row(field: &CustomField) -> String {
    let definition = field.definition.as_ref();
    TABLE.row([
        field.id.to_string(),
        text_of(definition.and_then(|it| it.data_type.as_ref())),
        yes_or_no(field.required),
        yes_or_no(Some(field.deactivated_datetime.is_none())),
        text_of(field.label.as_ref()),
    ])
}
