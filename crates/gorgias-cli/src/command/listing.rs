//! The arguments that all commands that list something share, and the printing of
//! their pages. `ticket::list` has `gorgias ticket list`, `lists` the lists of things
//! that have no other command, and `output::list` writes the items.

use clap::{Args, Subcommand};
use gorgias::Response;
use gorgias::api::ListStream;
use serde::Serialize;

use crate::connection::ConnectionArguments;
use crate::failure::Failure;
use crate::output::{OutputArguments, Printer, Table};

/// The most items that the API puts on a page.
const PAGE: u64 = 100;

/// The commands for things that can only be listed.
#[derive(Subcommand)]
pub(crate) enum ListCommand<A: Args> {
    List(A),
}

#[derive(Args)]
pub(crate) struct ListingArguments {
    /// Print this many at most, however many pages that takes; all by default
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,

    #[command(flatten)]
    pub(in crate::command) connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

impl ListingArguments {
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
        let mut printer = Printer::new(self.output.format());
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

    /// Prints what is on the pages of a list, in columns on a terminal.
    pub(in crate::command) async fn print_table<P, T: Serialize, const N: usize>(
        &self,
        pages: ListStream<Response<P>>,
        items: impl Fn(&P) -> &[T],
        table: &Table<N>,
        cells: impl Fn(&T) -> [String; N],
    ) -> Result<(), Failure> {
        let row = |item: &T| table.row(cells(item));
        self.print(pages, items, &table.head(), row).await
    }

    /// Prints things that were not found page by page.
    pub(in crate::command) fn print_found<T: Serialize>(
        &self,
        found: &[T],
        shown: impl Fn(&T) -> String,
    ) -> Result<(), Failure> {
        let mut printer = Printer::new(self.output.format());
        printer.page(b"", found, self.wanted(), "", shown)?;
        printer.end()
    }

    fn wanted(&self) -> u64 {
        self.limit.unwrap_or(u64::MAX)
    }
}

/// A call with a filter, if that is given.
pub(super) fn with<C, V>(call: C, value: Option<V>, set: impl FnOnce(C, V) -> C) -> C {
    match value {
        Some(value) => set(call, value),
        None => call,
    }
}
