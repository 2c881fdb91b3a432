//! `gorgias customer find` and `gorgias customer get`.

use clap::Args;
use gorgias::Contact;
use gorgias::api::calls::ListCustomers;

use super::text::{COLUMNS, text};
use crate::calls::{read, with};
use crate::command::list_arguments::ListArguments;
use crate::connection::ConnectionArguments;
use crate::contact;
use crate::failure::Failure;
use crate::output::OutputArguments;
use crate::values;

const AFTER_FIND: &str = "\
Prints the customers that match every argument. Without a match, it prints an
empty array, and nothing on a terminal.
JSON output is one array with one customer per line, in the compact form without
channels; a customer found by phone number or id is printed in the whole form.

Examples:
  gorgias customer find jane@example.com
  gorgias customer find +15550100
  gorgias customer find --external-id shop-77 | jq '.[].id'";

const AFTER_GET: &str = "\
Examples:
  gorgias customer get 511020044
  gorgias customer get 511020044 | jq -r '.channels[].address'";

/// Find customers by e-mail address, phone number, id or name
#[derive(Args)]
#[command(after_help = AFTER_FIND)]
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
    listing: ListArguments,
}

pub(super) async fn find(arguments: FindArguments) -> Result<(), Failure> {
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
    listing.print_table(pages, |page| &page.data, COLUMNS).await
}

/// The person to look for.
#[derive(Clone)]
enum Who {
    Email(String),
    Other(Contact),
}

/// Parses the argument WHO, in the form in which all commands take a person. A name beside the address is
/// ignored.
fn who(text: &str) -> Result<Who, &'static str> {
    let contact = contact::parse(text)?;
    let (_, address) = contact::name_and_address(text);
    Ok(match address.contains('@') {
        true => Who::Email(address.to_owned()),
        false => Who::Other(contact),
    })
}

/// Read a customer with the ways to reach them
#[derive(Args)]
#[command(after_help = AFTER_GET)]
pub(crate) struct GetArguments {
    /// The customer's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    #[command(flatten)]
    connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

pub(super) async fn get(arguments: GetArguments) -> Result<(), Failure> {
    let client = arguments.connection.client()?;
    let customer = read(client.api().get_customer(arguments.id)).await?;
    let output = &arguments.output;
    output.print(&*customer, customer.metadata(), text)
}
