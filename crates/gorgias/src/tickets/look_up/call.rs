//! The requests of a look-up.

use std::collections::HashSet;
use std::time::Duration;

use gorgias_runtime::support::{Backoff, CallOptions, Cause};
use gorgias_runtime::{Error, ErrorKind, ExternalId, call_options};
use tokio::time::{Instant, sleep_until};

use super::answer::{LookUp, NoEvidence, Reason};
use super::page::KeyPage;
use crate::client::Client;
use crate::tickets::{Cursor, List, Pending};

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

    /// Makes the call a later part of one that ends then.
    pub(crate) fn part_until(mut self, end: Option<Instant>) -> Self {
        self.options.part_until = end;
        self
    }

    async fn run(self) -> Result<LookUp, Error> {
        let shared = self.client.shared();
        let limit = self.options.limit(&shared.connection, Duration::ZERO)?;
        let mut requests = Requests {
            client: self.client.clone(),
            // Of the client's own limit every page has the whole.
            later: CallOptions {
                part_until: limit.strict_end(),
                ..self.options.clone()
            },
            first: Some(self.options.clone()),
        };
        let mut backoff = Backoff::new(self.options.retry(&shared.connection));
        let mut attempts = 1_u32;
        loop {
            let none = match self.once(&mut requests).await {
                Ok(LookUp::NoEvidence(none)) => none,
                Ok(told) => return Ok(told),
                // The request was repeated already.
                Err(error) if is_no_list(&error) => {
                    return Ok(LookUp::NoEvidence(NoEvidence::of_error(error)));
                }
                Err(error) => return Err(error),
            };
            let wait = backoff.wait(attempts, Cause::Transient);
            let resume = wait.and_then(|wait| Instant::now().checked_add(wait));
            match resume {
                Some(resume) if none.may_pass() && resume < limit.end() => {
                    sleep_until(resume).await;
                }
                _ => return Ok(LookUp::NoEvidence(none)),
            }
            attempts = attempts.saturating_add(1);
        }
    }

    async fn once(&self, requests: &mut Requests) -> Result<LookUp, Error> {
        let filtered = requests.list().external_id(self.id.as_str());
        let told = self.read(requests, filtered, Of::Key).await?;
        if !matches!(&told, LookUp::NoEvidence(none) if none.is_of_filter()) || !self.walk {
            return Ok(told);
        }
        // By creation, new tickets come at the end, where the walk gets last.
        let whole = requests.list().order_by("created_datetime:asc");
        self.read(requests, whole, Of::Everything).await
    }

    /// Reads a list to its end, or until it can't be trusted.
    async fn read(&self, requests: &mut Requests, list: List, of: Of) -> Result<LookUp, Error> {
        let mut found = Vec::new();
        let mut doubt = None;
        let mut seen: HashSet<Cursor> = HashSet::new();
        let mut next: Option<Cursor> = None;
        for _ in 0..MOST_PAGES {
            let (page, status) = match requests.page(&list, next.take()).await {
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
            let Some(cursor) = page.next_cursor() else {
                return Ok(conclude(found, doubt));
            };
            if !seen.insert(cursor.clone()) {
                return Ok(conclude(found, Some(Reason::Repeats)));
            }
            next = Some(cursor.clone());
        }
        Ok(conclude(found, Some(Reason::TooLong)))
    }
}

/// What a list was asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Key,
    Everything,
}

fn conclude(mut found: Vec<i64>, doubt: Option<Reason>) -> LookUp {
    found.sort_unstable();
    found.dedup();
    match (found.split_first(), doubt) {
        (Some((first, others)), _) => LookUp::Found {
            ticket_id: *first,
            duplicates: others.to_vec(),
        },
        (None, None) => LookUp::ProvenAbsent,
        (None, Some(reason)) => LookUp::NoEvidence(NoEvidence::new(reason)),
    }
}

/// Whether an answer came that says that all is well, and is no list.
fn is_no_list(error: &Error) -> bool {
    error.kind() == ErrorKind::UnexpectedResponse
        && error.status().is_some_and(|status| status.is_success())
}

/// The requests that a look-up makes, as parts of one call.
struct Requests {
    client: Client,
    first: Option<CallOptions>,
    later: CallOptions,
}

impl Requests {
    fn list(&self) -> List {
        self.client.tickets().list().limit(100).trashed(true)
    }

    /// A page of a list, with the status of the answer.
    async fn page(&mut self, list: &List, cursor: Option<Cursor>) -> Result<(KeyPage, u16), Error> {
        let options = self.first.take().unwrap_or_else(|| self.later.clone());
        let list = list.clone().with_options(options);
        let list = match cursor {
            Some(cursor) => list.cursor(cursor),
            None => list,
        };
        list.keys_with_status().await
    }
}

impl IntoFuture for LookUpCall {
    type Output = Result<LookUp, Error>;
    type IntoFuture = Pending<LookUp>;

    fn into_future(self) -> Pending<LookUp> {
        Box::pin(self.run())
    }
}
