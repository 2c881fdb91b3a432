//! The requests of a look-up.

use std::collections::HashSet;
use std::time::Duration;

use gorgias_api::calls::ListTickets;
use gorgias_runtime::support::{CallOptions, OperationCall};
use gorgias_runtime::{Error, ExternalId, call_options};

use super::answer::LookUp;
use super::page::KeyPage;
use crate::client::Client;
use crate::evidence::{Evidence, Look, Reason, look_until_told};
use crate::tickets::Pending;

/// The most pages that one look-up reads of the list.
const MOST_PAGES: usize = 25;

/// The look-up of an external id, from
/// [`Tickets::look_up`](crate::Tickets::look_up).
#[derive(Debug)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct LookUpCall {
    client: Client,
    id: ExternalId,
    options: CallOptions,
    walk: bool,
}

impl LookUpCall {
    pub(in crate::tickets) fn new(client: Client, id: ExternalId) -> Self {
        Self {
            client,
            id,
            options: CallOptions::default(),
            walk: true,
        }
    }

    call_options!();

    /// Sets whether the whole list is read, 25 pages of it at most, when the
    /// service doesn't filter by external id. It is by default; otherwise
    /// there is no evidence then.
    pub fn walk(mut self, walk: bool) -> Self {
        self.walk = walk;
        self
    }

    /// Takes over the options of a call that this one is a part of.
    pub(crate) fn with_options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// What the service's answers prove.
    pub(crate) async fn evidence(self) -> Result<Evidence, Error> {
        let shared = self.client.shared();
        let limit = self.options.limit(&shared.connection, Duration::ZERO)?;
        let retry = self.options.retry(&shared.connection);
        let mut requests = Requests {
            client: self.client.clone(),
            id: self.id,
            walk: self.walk,
            // Of the client's own limit every page has the whole.
            later: CallOptions {
                part_until: limit.strict_end(),
                ..self.options.clone()
            },
            first: Some(self.options),
        };
        look_until_told(&mut requests, retry, limit.end()).await
    }
}

/// What a list was asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Key,
    Everything,
}

/// The requests that a look-up makes, as parts of one call.
struct Requests {
    client: Client,
    id: ExternalId,
    walk: bool,
    first: Option<CallOptions>,
    later: CallOptions,
}

impl Look for Requests {
    const NOUN: &'static str = "ticket";

    async fn look(&mut self) -> Result<Evidence, Error> {
        let filtered = self.list().external_id(self.id.as_str());
        let told = self.read(filtered, Of::Key).await?;
        if !matches!(&told, Evidence::None(none) if none.is_of_filter()) || !self.walk {
            return Ok(told);
        }
        // By creation, new tickets come at the end, where the walk gets last.
        let whole = self.list().order_by("created_datetime:asc");
        self.read(whole, Of::Everything).await
    }
}

impl Requests {
    fn list(&self) -> ListTickets {
        self.client.api().list_tickets().limit(100).trashed(true)
    }

    /// Reads a list to its end, or until it can't be trusted.
    async fn read(&mut self, list: ListTickets, of: Of) -> Result<Evidence, Error> {
        let mut found = Vec::new();
        let mut doubt = None;
        let mut seen: HashSet<String> = HashSet::new();
        let mut next: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let (page, status) = match self.page(&list, next.take()).await {
                Ok(page) => page,
                // What was found before it is there all the same.
                Err(_) if !found.is_empty() => return Ok(conclude(found, doubt)),
                Err(error) => return Err(error),
            };
            let (own, others): (Vec<_>, Vec<_>) = page
                .tickets
                .iter()
                .partition(|ticket| ticket.external_id.as_deref() == Some(self.id.as_str()));
            found.extend(own.iter().map(|ticket| ticket.ticket_id));
            if of == Of::Key && !others.is_empty() {
                return Ok(conclude(found, Some(Reason::UnfitFilter)));
            }
            doubt = doubt.or(page.defect.map(Reason::Item));
            if status != 200 {
                doubt = doubt.or(Some(Reason::Status(status)));
            }
            let Some(cursor) = page.next_cursor().map(str::to_owned) else {
                return Ok(conclude(found, doubt));
            };
            if !seen.insert(cursor.clone()) {
                return Ok(conclude(found, Some(Reason::Repeats)));
            }
            next = Some(cursor);
        }
        Ok(conclude(found, Some(Reason::TooLong)))
    }

    /// A page of a list, with the status of the answer.
    async fn page(
        &mut self,
        list: &ListTickets,
        cursor: Option<String>,
    ) -> Result<(KeyPage, u16), Error> {
        let options = self.first.take().unwrap_or_else(|| self.later.clone());
        let list = list.clone().with_options(options);
        let list = match cursor {
            Some(cursor) => list.cursor(cursor),
            None => list,
        };
        KeyPage::read_with_status(list).await
    }
}

fn conclude(found: Vec<i64>, doubt: Option<Reason>) -> Evidence {
    Evidence::of(found, doubt, Requests::NOUN)
}

impl IntoFuture for LookUpCall {
    type Output = Result<LookUp, Error>;
    type IntoFuture = Pending<LookUp>;

    fn into_future(self) -> Pending<LookUp> {
        Box::pin(async { Ok(self.evidence().await?.into()) })
    }
}
