//! `gorgias ticket list`.

use clap::Args;
use gorgias::api::calls::ListTickets;
use gorgias::types::{TicketCompact, TicketOrder};

use crate::command::listing::{ListingArguments, with};
use crate::failure::Failure;
use crate::output::{Table, text_of, time};
use crate::values;

const TABLE: Table<5> = Table::new([
    ("ID", 12),
    ("STATUS", 8),
    ("CREATED", 20),
    ("CUSTOMER", 30),
    ("SUBJECT", 0),
]);

const AFTER_HELP: &str = "\
Prints every ticket there is, or as many as --limit says, and reads as many
pages as that takes. JSON output is one array with one ticket per line, in
the compact form without messages. If an error ends the list early, the closing
] is missing, so that no program takes it for complete.

Examples:
  gorgias ticket list --external-id order-1234
  gorgias ticket list --limit 20 --order-by updated_datetime:desc
  gorgias ticket list --customer-id 511020044 | jq '.[].id'";

/// List tickets
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ListArguments {
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
    pub(super) listing: ListingArguments,
}

pub(super) async fn run(arguments: ListArguments) -> Result<(), Failure> {
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
    listing
        .print_table(pages, |page| &page.data, &TABLE, cells)
        .await
}

fn cells(ticket: &TicketCompact) -> [String; 5] {
    let customer = ticket.customer.as_ref();
    let customer = customer.and_then(|it| it.email.as_deref().or(it.name.as_deref()));
    [
        ticket.id.to_string(),
        text_of(ticket.status.as_ref()),
        text_of(ticket.created_datetime.map(time)),
        text_of(customer),
        text_of(ticket.subject.as_ref()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_one_line_whatever_it_says() {
        let hostile: TicketCompact = serde_json::from_value(serde_json::json!({
            "id": 7, "subject": "x\u{1b}[2J\nticket 8", "status": "open"
        }))
        .unwrap();
        let line = TABLE.row(cells(&hostile));
        assert_eq!(line.matches('\n').count(), 1);
        assert!(!line.contains('\u{1b}'), "{line:?}");
        assert_eq!(TABLE.head().find("SUBJECT"), line.find("x\u{fffd}[2J"));
    }
}
