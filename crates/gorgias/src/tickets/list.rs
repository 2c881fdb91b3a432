//! Listing tickets.

use std::fmt;

use gorgias_api::operations::LIST_TICKETS;
use gorgias_api::types::{TicketList, TicketOrder};
use gorgias_runtime::support::{CallOptions, execute, read_json};
use gorgias_runtime::{Error, Metadata, call_options};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::look_up::is_list;
use super::query::Query;
use super::{Cursor, KeyPage, Page, TicketStream};
use crate::client::Client;

/// A list of tickets, from [`Tickets::list`](super::Tickets::list): filters
/// and order first, then [`page`](Self::page) or [`stream`](Self::stream).
///
/// The API has no filter for status, tag, assignee, channel or dates.
#[derive(Clone)]
#[must_use = "nothing is sent until a page or stream is asked for"]
pub struct List {
    client: Client,
    query: Query,
    options: CallOptions,
}

impl List {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            query: Query::default(),
            options: CallOptions::default(),
        }
    }

    /// Starts at a place named by an earlier page. The order and the filters
    /// must be those of that page.
    pub fn cursor(mut self, cursor: Cursor) -> Self {
        self.query.cursor = Some(cursor);
        self
    }

    /// Sets how many tickets a page holds at most, 1 to 100. The service
    /// takes 30 if nothing is said. A larger number is an error, not 100.
    pub fn limit(mut self, limit: i64) -> Self {
        self.query.limit = Some(limit);
        self
    }

    /// Sets the order. Newest first by creation if nothing is said.
    pub fn order_by(mut self, order: impl Into<TicketOrder>) -> Self {
        self.query.order_by = Some(order.into());
        self
    }

    /// Keeps only the tickets of a customer.
    pub fn customer_id(mut self, id: i64) -> Self {
        self.query.customer_id = Some(id);
        self
    }

    /// Keeps only tickets with exactly this external id. Several may share
    /// it, and one created a moment ago may not be found yet.
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.query.external_id = Some(id.into());
        self
    }

    /// Keeps only tickets that match a view.
    pub fn view_id(mut self, id: i64) -> Self {
        self.query.view_id = Some(id);
        self
    }

    /// Keeps only tickets that match a rule.
    pub fn rule_id(mut self, id: i64) -> Self {
        self.query.rule_id = Some(id);
        self
    }

    /// Keeps only these tickets, 1 to 100.
    pub fn ticket_ids(mut self, ids: impl IntoIterator<Item = i64>) -> Self {
        self.query.ticket_ids = Some(ids.into_iter().collect());
        self
    }

    /// Sets whether tickets in the trash are listed too. They are if nothing
    /// is said.
    pub fn trashed(mut self, trashed: bool) -> Self {
        self.query.trashed = Some(trashed);
        self
    }

    call_options!();

    /// Takes over the options of a call that is made of this one.
    pub(super) fn with_options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Reads one page.
    ///
    /// Each ticket is read leniently, but the answer has to be a list: one
    /// without an array of tickets is repeated like a failed request.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) when a
    /// parameter is out of range,
    /// [`UnexpectedResponse`](crate::ErrorKind::UnexpectedResponse) when the
    /// answer is no list, with what the service said in its place in
    /// [`service_message`](Error::service_message); see [`Error`] for the
    /// others.
    pub async fn page(self) -> Result<Page, Error> {
        let (Listed(list), metadata) = self.read().await?;
        let (next, previous) = match list.meta {
            Some(meta) => (cursor(meta.next_cursor)?, cursor(meta.prev_cursor)?),
            None => (None, None),
        };
        Ok(Page::new(list.data, next, previous, metadata))
    }

    /// Reads one page for the keys of its tickets alone, from the JSON as it
    /// came: for who has to know which external ids the list has, and what of
    /// it can't be read.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page), and
    /// [`UnexpectedResponse`](crate::ErrorKind::UnexpectedResponse) when the
    /// status isn't 200.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: reading changes nothing.
    pub async fn keys(self) -> Result<KeyPage, Error> {
        match self.keys_with_status().await? {
            (page, 200) => Ok(page),
            (_, status) => Err(Error::unexpected(format!(
                "a list came with status {status}, and not with 200"
            ))),
        }
    }

    pub(super) async fn keys_with_status(self) -> Result<(KeyPage, u16), Error> {
        let (page, metadata) = self.read::<KeyPage>().await?;
        let page = page.of_body(metadata.body());
        Ok((page, metadata.status().as_u16()))
    }

    async fn read<T: DeserializeOwned + Send>(self) -> Result<(T, Metadata), Error> {
        let shared = self.client.shared();
        let draft = self.query.fill(shared.api.list_tickets());
        let connection = &shared.connection;
        let request = draft.finish(self.options)?;
        let answer = execute(connection, &LIST_TICKETS, request, read_json::<T>).await?;
        Ok(answer.into_parts())
    }

    /// Reads all tickets from here on, page by page as they are asked for.
    ///
    /// Pages are as large as [`limit`](Self::limit) says, or 100 tickets if
    /// nothing is said. The stream ends after its first error.
    pub fn stream(self) -> TicketStream {
        TicketStream::new(self)
    }

    /// The same list from another place on.
    pub(super) fn from(&self, cursor: Cursor) -> Self {
        self.clone().cursor(cursor)
    }

    /// The largest pages, unless the caller chose.
    pub(super) fn with_large_pages(mut self) -> Self {
        self.query.limit.get_or_insert(100);
        self
    }
}

/// An answer that is a list, with its tickets read leniently.
struct Listed(TicketList);

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        if !is_list(text.get()) {
            return Err(D::Error::custom("no list of tickets"));
        }
        let list = serde_json::from_str(text.get()).map_err(D::Error::custom)?;
        Ok(Self(list))
    }
}

/// A cursor of the service's. One that is no cursor must not be sent back.
fn cursor(text: Option<String>) -> Result<Option<Cursor>, Error> {
    text.filter(|text| !text.is_empty())
        .map(Cursor::new)
        .transpose()
        .map_err(Error::unexpected)
}

// The filters may be personal data.
impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List").finish_non_exhaustive()
    }
}
