//! Reads a list page by page, to its end or until it is known to prove nothing, and
//! repeats look-ups that prove nothing. Start at [`look_until_proof`].

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::time::Duration;

use gorgias_runtime::Error;
use gorgias_runtime::support::{
    Backoff, CallOptions, Cause, Connection, List, OperationCall, read_json,
};
use tokio::time::{Instant, sleep_until};

use super::answer::{Evidence, Reason};
use super::item::Key;
use super::keys::Keys;

/// The most pages that one look-up reads of a list.
const MOST_PAGES: usize = 25;

/// The items that a list is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Only items with the key that is looked for.
    Key,
    /// All items.
    Everything,
}

/// The start of a page of a list.
pub(crate) type Place<L> = <<L as PagedList>::Call as List>::Place;

/// A list that is read page by page. A look-up asks the list for a key, and reads
/// the whole list if the service doesn't filter.
pub(crate) trait PagedList: Send {
    /// The word for what is looked for: ticket, message or customer.
    const NOUN: &'static str;
    /// The call that reads a page.
    type Call: OperationCall + List;
    /// An item of the list.
    type Item: Key + Send;

    /// Creates the call for the first page.
    fn list(&mut self, asked: Asked) -> Self::Call;

    /// Returns the start of the page after `page`, or `None` after the last
    /// page.
    ///
    /// # Errors
    ///
    /// The reason why the list proves no absence.
    fn next(&mut self, page: &Keys<Self::Item>) -> Result<Option<Place<Self>>, Reason>;

    /// Whether the whole list may be read.
    fn may_read_all(&self) -> bool {
        true
    }

    /// Adds the ids of the items that are looked for to `found`. Breaks when no
    /// further page is needed, with the reason why the list proves no absence
    /// if nothing was found. Continues with such a reason if a later page may
    /// have the item.
    fn collect(
        &mut self,
        items: Vec<Self::Item>,
        asked: Asked,
        requests: &mut RequestOptions,
        found: &mut Vec<i64>,
    ) -> impl Future<Output = Result<ControlFlow<Reason, Option<Reason>>, Error>> + Send;
}

/// The options of the requests of one look-up. The requests are parts of one
/// call.
pub(crate) struct RequestOptions {
    first: Option<CallOptions>,
    later: CallOptions,
}

impl RequestOptions {
    /// Returns the options of the next request.
    pub(crate) fn next(&mut self) -> CallOptions {
        self.first.take().unwrap_or_else(|| self.later.clone())
    }
}

/// Looks until an answer proves something, as one call with these options. A
/// look-up that proves nothing is repeated like a failed request, unless
/// another look-up would prove nothing either. A request that failed is not
/// repeated here, because its own call has repeated it already.
///
/// # Errors
///
/// When a request fails. An answer that proves nothing is not an error.
pub(crate) async fn look_until_proof<L: PagedList>(
    connection: &Connection,
    options: CallOptions,
    mut list: L,
) -> Result<Evidence, Error> {
    let limit = options.limit(connection, Duration::ZERO)?;
    let mut backoff = Backoff::new(options.retry(connection));
    let mut requests = RequestOptions {
        // If the call has no timeout of its own, each request has the client's
        // whole operation timeout.
        later: options.part_until(limit.strict_end()),
        first: Some(options),
    };
    let end = limit.end();
    let mut attempts = 1_u32;
    loop {
        let none = match look(&mut list, &mut requests).await {
            Ok(Evidence::None(none)) => none,
            Ok(proof) => return Ok(proof),
            Err(error) => return Evidence::of_error(error, L::NOUN),
        };
        let wait = backoff.wait(attempts, Cause::Transient);
        let resume = wait.and_then(|wait| Instant::now().checked_add(wait));
        match resume {
            Some(resume) if none.may_pass() && resume < end => sleep_until(resume).await,
            _ => return Ok(Evidence::None(none)),
        }
        attempts = attempts.saturating_add(1);
    }
}

/// Looks once: asks for the key, and reads the whole list if the service
/// doesn't filter and the list may be read as a whole.
async fn look<L: PagedList>(
    list: &mut L,
    requests: &mut RequestOptions,
) -> Result<Evidence, Error> {
    match read_list(list, Asked::Key, requests).await? {
        Evidence::None(none) if none.is_of_filter() && list.may_read_all() => {
            read_list(list, Asked::Everything, requests).await
        }
        evidence => Ok(evidence),
    }
}

/// Reads the list once, up to [`MOST_PAGES`] pages.
async fn read_list<L: PagedList>(
    list: &mut L,
    asked: Asked,
    requests: &mut RequestOptions,
) -> Result<Evidence, Error> {
    let conclude = |found, doubt| Ok(Evidence::of(found, doubt, L::NOUN));
    let mut found = Vec::new();
    let mut doubt = None;
    let mut seen = HashSet::new();
    let first = list.list(asked);
    let mut call = first.clone();
    for _ in 0..MOST_PAGES {
        let page = call.with_options(requests.next());
        let page = match page.read_as(read_json::<Keys<L::Item>>).await {
            Ok(page) => page,
            // An error on a later page doesn't change what earlier pages showed.
            Err(_) if !found.is_empty() => return conclude(found, doubt),
            Err(error) => return Err(error),
        };
        let (page, metadata) = page.into_parts();
        doubt = doubt.or(Reason::of_page(page.defect, &metadata));
        let next = list.next(&page);
        match list.collect(page.items, asked, requests, &mut found).await {
            Ok(ControlFlow::Continue(reason)) => doubt = doubt.or(reason),
            Ok(ControlFlow::Break(reason)) => return conclude(found, Some(reason)),
            Err(_) if !found.is_empty() => return conclude(found, doubt),
            Err(error) => return Err(error),
        }
        match next {
            Ok(Some(next)) if seen.insert(next.clone()) => {
                call = first.clone();
                call.go_to(next);
            }
            Ok(Some(_)) => return conclude(found, Some(Reason::Repeats)),
            Ok(None) => return conclude(found, doubt),
            Err(reason) => return conclude(found, doubt.or(Some(reason))),
        }
    }
    conclude(found, Some(Reason::TooLong))
}
