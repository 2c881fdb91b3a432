//! `gorgias ticket list`.

use clap::Args;
use gorgias::api::calls::ListTickets;
use gorgias::types::TicketList;
use gorgias::{Client, Response};

use crate::connection::ConnectionArguments;
use crate::failure::Failure;
use crate::output::{Format, OutputArguments, items, print, summary_head, summary_line};
use crate::values;

/// The most tickets the API puts on a page.
const PAGE: u64 = 100;

const AFTER_HELP: &str = "\
Prints every ticket there is, or as many as --limit says, and reads as many
pages as that takes. JSON output is one array with one ticket per line, in
the compact form without messages. An array that was broken off by an error
is not closed, so that nothing takes it for the whole.

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
    #[arg(long, value_name = "ORDER", value_parser = values::orders())]
    order_by: Option<String>,

    /// Print this many tickets at most, however many pages that takes
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,

    #[command(flatten)]
    pub(super) connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

pub(super) async fn run(arguments: ListArguments) -> Result<(), Failure> {
    let client = arguments.connection.client()?;
    let mut printer = Printer::new(arguments.output.format());
    let mut left = arguments.limit.unwrap_or(u64::MAX);
    // Every page of a walk has the same size: nobody knows what the service
    // makes of a cursor with another one.
    let size = i64::try_from(left.min(PAGE)).unwrap_or(1);
    let list = arguments.list(&client).limit(size);
    let mut pages = list.pages();
    while left > 0
        && let Some(page) = pages.next().await
    {
        let page = page.map_err(|error| Failure::of_read(&error))?;
        left = left.saturating_sub(printer.page(&page, left)?);
    }
    printer.end()
}

impl ListArguments {
    fn list(&self, client: &Client) -> ListTickets {
        let mut list = client.tickets().list();
        if let Some(id) = &self.external_id {
            list = list.external_id(id);
        }
        if let Some(id) = self.customer_id {
            list = list.customer_id(id);
        }
        if let Some(id) = self.view_id {
            list = list.view_id(id);
        }
        if let Some(id) = self.rule_id {
            list = list.rule_id(id);
        }
        if let Some(trashed) = self.trashed {
            list = list.trashed(trashed);
        }
        if let Some(order) = &self.order_by {
            list = list.order_by(order.as_str());
        }
        list
    }
}

/// Prints tickets as they come.
struct Printer {
    format: Format,
    printed: bool,
}

impl Printer {
    fn new(format: Format) -> Self {
        Self {
            format,
            printed: false,
        }
    }

    /// Prints a page, or as much of it as is wanted. Returns how many tickets
    /// that were.
    fn page(&mut self, page: &Response<TicketList>, wanted: u64) -> Result<u64, Failure> {
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        let count = page.data.len().min(wanted);
        let mut text = String::new();
        match self.format {
            Format::Text => {
                if !self.printed && count > 0 {
                    text.push_str(&summary_head());
                    self.printed = true;
                }
                text.extend(page.data.iter().take(count).map(summary_line));
            }
            Format::Json => {
                for item in items(page.metadata().body(), &page.data).iter().take(count) {
                    text.push_str(if self.printed { ",\n" } else { "[\n" });
                    text.push_str(item);
                    self.printed = true;
                }
            }
        }
        print(text)?;
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }

    fn end(self) -> Result<(), Failure> {
        match (self.format, self.printed) {
            (Format::Text, _) => Ok(()),
            (Format::Json, true) => print("\n]\n"),
            (Format::Json, false) => print("[]\n"),
        }
    }
}
