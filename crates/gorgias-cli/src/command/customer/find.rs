//! `gorgias customer find`.

use clap::Args;
use gorgias::Contact;

use super::shown::{TABLE, row, text};
use crate::command::lists::ListingArguments;
use crate::failure::Failure;
use crate::phone;

const AFTER_HELP: &str = "\
Prints the customers who have all that is named, and nothing if nobody has.
JSON output is one array with one customer per line, in the compact form
without channels; a customer found by phone number is in the whole form.

Examples:
  gorgias customer find jane@example.com
  gorgias customer find +15550100
  gorgias customer find --external-id shop-77 | jq '.[].id'";

/// Find customers by what is known of them
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct FindArguments {
    /// The e-mail address, or the phone number with its country code (+15550100)
    #[arg(value_name = "WHO", required_unless_present_any = ["external_id", "name"])]
    who: Option<String>,

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
    if let Some(number) = arguments.who.as_deref().filter(|who| is_phone(who)) {
        if arguments.external_id.is_some() || arguments.name.is_some() {
            return Err(Failure::invalid("a phone number is looked for by itself"));
        }
        let number = phone::parse(number).map_err(Failure::invalid)?;
        let found = client.customers().find(Contact::phone(number)).await;
        let found = found.map_err(|error| Failure::of_read(&error))?;
        return listing.print_found(found.as_slice(), text);
    }
    let mut call = client.api().list_customers().limit(listing.page_size());
    if let Some(email) = arguments.who {
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

/// Whether somebody is named by a phone number. An address may begin with a +.
fn is_phone(who: &str) -> bool {
    who.starts_with('+') && !who.contains('@')
}
