//! `gorgias customer find`.

use clap::Args;
use gorgias::Contact;
use gorgias::api::calls::ListCustomers;

use super::shown::{TABLE, cells, text};
use crate::calls::read;
use crate::command::listing::{ListingArguments, with};
use crate::contact;
use crate::failure::Failure;

const AFTER_HELP: &str = "\
Prints the customers that match every argument; without a match, an empty list,
which is nothing on a terminal.
JSON output is one array with one customer per line, in the compact form
without channels; a customer found by phone number or id is in the whole form.

Examples:
  gorgias customer find jane@example.com
  gorgias customer find +15550100
  gorgias customer find --external-id shop-77 | jq '.[].id'";

/// Find customers by e-mail address, phone number, id or name
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct FindArguments {
    /// The e-mail address, the phone number with its country code (+15550100), or
    /// the id (id:511020044)
    #[arg(
        value_name = "WHO",
        required_unless_present_any = ["external_id", "name"],
        value_parser = who
    )]
    who: Option<Who>,

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
    let mut email = None;
    match arguments.who {
        // The service stores addresses in lower case.
        Some(Who::Email(address)) => email = Some(address.to_lowercase()),
        Some(Who::Other(_)) if arguments.external_id.is_some() || arguments.name.is_some() => {
            return Err(Failure::invalid(
                "a phone number or an id can't be combined with --external-id or --name",
            ));
        }
        Some(Who::Other(contact)) => {
            let found = read(client.customers().find(contact)).await?;
            return listing.print_found(found.as_slice(), text);
        }
        None => {}
    }
    let call = client.api().list_customers().limit(listing.page_size());
    let call = with(call, email, ListCustomers::email);
    let call = with(call, arguments.external_id, ListCustomers::external_id);
    let call = with(call, arguments.name, ListCustomers::name);
    let pages = call.pages();
    listing
        .print_table(pages, |page| &page.data, &TABLE, cells)
        .await
}

/// The person to look for.
#[derive(Clone)]
enum Who {
    Email(String),
    Other(Contact),
}

/// Reads a person in the form that all commands take. A name beside the address is
/// ignored.
fn who(text: &str) -> Result<Who, &'static str> {
    let contact = contact::parse(text)?;
    let text = text.trim();
    let bracketed = text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'));
    let address = bracketed.map_or(text, |(_, address)| address.trim());
    Ok(match address.contains('@') {
        true => Who::Email(address.to_owned()),
        false => Who::Other(contact),
    })
}
