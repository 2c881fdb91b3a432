//! `gorgias user list`.

use clap::Args;
use gorgias::api::types::{User, UserOrder, UserRole};

use super::listing::ListingArguments;
use crate::failure::Failure;
use crate::output::{Table, text_of, yes_or_no};
use crate::values;

const TABLE: Table<5> = Table::new([
    ("ID", 12),
    ("ROLE", 14),
    ("ACTIVE", 6),
    ("EMAIL", 34),
    ("NAME", 0),
]);

const AFTER_HELP: &str = "\
JSON output is one array with one user per line. An array that was broken off
by an error is not closed, so that nothing takes it for the whole.

Examples:
  gorgias user list
  gorgias user list --email agent@acme.example
  gorgias user list --role agent --role admin | jq -r '.[].email'";

/// List the users of the helpdesk: agents, and bots too
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct UserArguments {
    /// Only the user with this e-mail address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,

    /// Only users with exactly this external id
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,

    /// Only users whose name or address holds this text
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// Only users of this role; may be given several times
    #[arg(long, value_parser = values::of(|| values::texts(UserRole::KNOWN)))]
    role: Vec<String>,

    /// The order; by name by default
    #[arg(long, value_name = "ORDER", value_parser = values::of(|| values::texts(UserOrder::KNOWN)))]
    order_by: Option<String>,

    #[command(flatten)]
    pub(in crate::command) listing: ListingArguments,
}

pub(in crate::command) async fn run(arguments: UserArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let mut call = client.api().list_users().limit(listing.page_size());
    if let Some(email) = arguments.email {
        call = call.email(email);
    }
    if let Some(id) = arguments.external_id {
        call = call.external_id(id);
    }
    if let Some(text) = arguments.search {
        call = call.search(text);
    }
    if !arguments.role.is_empty() {
        call = call.roles(arguments.role.into_iter().map(UserRole::from).collect());
    }
    if let Some(order) = arguments.order_by {
        call = call.order_by(order);
    }
    listing
        .print(call.pages(), |page| &page.data, &TABLE.head(), row)
        .await
}

fn row(user: &User) -> String {
    let role = user.role.as_ref().and_then(|role| role.name.as_ref());
    TABLE.row([
        user.id.to_string(),
        text_of(role),
        yes_or_no(user.active),
        text_of(user.email.as_ref()),
        text_of(user.name.as_ref()),
    ])
}
