//! The arguments of every command that prints a list, and the printing of its pages.
//! `ticket::list` and `customer::find` print tickets and customers, `helpdesk_lists`
//! prints the resources that have no other command, and `output::items` writes the
//! items.

use clap::{Args, Subcommand};
use gorgias::Response;
use gorgias::api::ListStream;
use serde::Serialize;

use crate::connection::ConnectionArguments;
use crate::failure::Failure;
use crate::output::{Column, ItemPrinter, OutputArguments, head, row};

/// The most items that the API puts on a page.
const PAGE: u64 = 100;

/// The only command for users, teams, tags, custom fields or integrations.
#[derive(Subcommand)]
pub(crate) enum ListCommand<A: Args> {
    List(A),
}

#[derive(Args)]
pub(crate) struct ListArguments {
    /// Print this many at most, however many pages that takes; all by default
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,

    #[command(flatten)]
    pub(in crate::command) connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

impl ListArguments {
    /// The number of items to ask for on a page. All pages of a list have one size,
    /// because it isn't known how the service treats a cursor with another size.
    pub(in crate::command) fn page_size(&self) -> i64 {
        i64::try_from(self.wanted().min(PAGE)).unwrap_or(1)
    }

    /// Prints the items on the pages of a list, at most `--limit` of them. On a
    /// terminal it prints a head and a text for each item.
    pub(in crate::command) async fn print<P, T: Serialize>(
        &self,
        mut pages: ListStream<Response<P>>,
        items: impl Fn(&P) -> &[T],
        head: &str,
        shown: impl Fn(&T) -> String,
    ) -> Result<(), Failure> {
        let mut printer = ItemPrinter::new(self.output.format());
        let mut left = self.wanted();
        while left > 0 {
            let Some(page) = pages.next().await else {
                break;
            };
            let page = page.map_err(Failure::of_read)?;
            let body = page.metadata().body();
            let count = printer.page(body, items(&page), left, head, &shown)?;
            left = left.saturating_sub(count);
        }
        printer.end()
    }

    /// Prints the items on the pages of a list, in columns on a terminal.
    pub(in crate::command) async fn print_table<P, T: Serialize>(
        &self,
        pages: ListStream<Response<P>>,
        items: impl Fn(&P) -> &[T],
        columns: &[Column<T>],
    ) -> Result<(), Failure> {
        let shown = |item: &T| row(columns, item);
        self.print(pages, items, &head(columns), shown).await
    }

    /// Prints items that were not read page by page.
    pub(in crate::command) fn print_found<T: Serialize>(
        &self,
        found: &[T],
        shown: impl Fn(&T) -> String,
    ) -> Result<(), Failure> {
        let mut printer = ItemPrinter::new(self.output.format());
        printer.page(b"", found, self.wanted(), "", shown)?;
        printer.end()
    }

    fn wanted(&self) -> u64 {
        self.limit.unwrap_or(u64::MAX)
    }
}

/// The end of the help of a command that lists items of one kind.
pub(super) fn list_help(introduction: &str, thing: &str, examples: &str) -> String {
    format!(
        "{introduction}JSON output is one array with one {thing} per line. If an error ends the \
         list\nearly, the closing ] is missing, so that no program takes it for complete.\n\n\
         Examples:\n{examples}"
    )
}
