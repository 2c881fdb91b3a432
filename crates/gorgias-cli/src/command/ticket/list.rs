//! `gorgias ticket list` and `gorgias ticket messages`.

use clap::Args;
use gorgias::api::calls::ListTickets;
use gorgias::types::{TicketCompact, TicketOrder};

use crate::calls::with;
use crate::command::list_arguments::{ListArguments, list_help};
use crate::failure::Failure;
use crate::output::{Column, message_text, text_of, time};
use crate::values;

const COLUMNS: &[Column<TicketCompact>] = &[
    ("ID", 12, |ticket| ticket.id.to_string()),
    ("STATUS", 8, |ticket| text_of(&ticket.status)),
    ("CREATED", 20, |it| text_of(&it.created_datetime.map(time))),
    ("CUSTOMER", 30, customer),
    ("SUBJECT", 0, |ticket| text_of(&ticket.subject)),
];

const ALL_PAGES: &str = "\
Prints every ticket there is, or as many as --limit says, and reads as many
pages as that takes. A ticket comes in its compact form, without messages.

";

const LIST_EXAMPLES: &str = "\
  gorgias ticket list --external-id order-1234
  gorgias ticket list --limit 20 --order-by updated_datetime:desc
  gorgias ticket list --customer-id 511020044 | jq '.[].id'";

const MESSAGES_EXAMPLES: &str = "\
  gorgias ticket messages 80400317
  gorgias ticket messages 80400317 | jq -r '.[] | select(.public) | .body_text'";

/// List tickets
#[derive(Args)]
#[command(after_help = list_help(ALL_PAGES, "ticket", LIST_EXAMPLES))]
pub(crate) struct TicketsArguments {
    /// Only tickets with exactly this external id; several may share it
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,

    /// Only tickets of this customer
    #[arg(long, value_name = "ID")]
    customer_id: Option<i64>,

    /// Only tickets that match this view
    #[arg(long, value_name = "ID")]
    view_id: Option<i64>,

    /// Only tickets that match this rule
    #[arg(long, value_name = "ID")]
    rule_id: Option<i64>,

    /// Whether to list tickets in the trash too; the service does by default
    #[arg(long, value_name = "BOOL")]
    trashed: Option<bool>,

    /// The order, such as created_datetime:asc or updated_datetime:desc;
    /// newest first by default
    #[arg(long, value_name = "ORDER", value_parser = values::of(TicketOrder::KNOWN))]
    order_by: Option<String>,

    #[command(flatten)]
    listing: ListArguments,
}

pub(super) async fn tickets(arguments: TicketsArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let call = client.tickets().list().limit(listing.page_size());
    let call = with(call, arguments.external_id, ListTickets::external_id);
    let call = with(call, arguments.customer_id, ListTickets::customer_id);
    let call = with(call, arguments.view_id, ListTickets::view_id);
    let call = with(call, arguments.rule_id, ListTickets::rule_id);
    let call = with(call, arguments.trashed, ListTickets::trashed);
    let call = with(call, arguments.order_by, ListTickets::order_by);
    let pages = call.pages();
    listing.print_table(pages, |page| &page.data, COLUMNS).await
}

/// List the messages of a ticket
#[derive(Args)]
#[command(after_help = list_help("", "message", MESSAGES_EXAMPLES))]
pub(crate) struct MessagesArguments {
    /// The ticket's id
    #[arg(value_name = "ID", value_parser = values::id())]
    id: i64,

    #[command(flatten)]
    listing: ListArguments,
}

pub(super) async fn messages(arguments: MessagesArguments) -> Result<(), Failure> {
    let listing = arguments.listing;
    let client = listing.connection.client()?;
    let call = client.api().list_ticket_messages(arguments.id);
    let pages = call.limit(listing.page_size()).pages();
    listing
        .print(pages, |page| &page.data, "", message_text)
        .await
}

/// The customer's e-mail address, or else the name.
fn customer(ticket: &TicketCompact) -> String {
    let customer = ticket.customer.as_ref();
    text_of(&customer.and_then(|it| it.email.as_ref().or(it.name.as_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{head, row};

    #[test]
    fn a_ticket_is_one_line_whatever_it_says() {
        let hostile: TicketCompact = serde_json::from_value(serde_json::json!({
            "id": 7, "subject": "x\u{1b}[2J\nticket 8", "status": "open"
        }))
        .unwrap();
        let line = row(COLUMNS, &hostile);
        assert_eq!(line.matches('\n').count(), 1);
        assert!(!line.contains('\u{1b}'), "{line:?}");
        assert_eq!(head(COLUMNS).find("SUBJECT"), line.find("x\u{fffd}[2J"));
    }
}
