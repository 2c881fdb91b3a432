//! Cuts a page out of a list, and filters the list of tickets.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::Store;
use super::ticket::Ticket;
use crate::http::cursor::{Direction, Key, Position};
use crate::strictness::ExternalIdMatch;
use crate::timestamp::Timestamp;

/// The position where a page begins, and its length.
#[derive(Clone, Debug)]
pub(crate) struct Paging {
    pub(crate) descending: bool,
    pub(crate) from: Option<(Direction, Position)>,
    pub(crate) limit: usize,
}

/// One page.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) previous: Option<Position>,
    pub(crate) next: Option<Position>,
}

/// Returns at most `limit` items next to a position, on one side, in list
/// order. `accept` returns the item of an id, if it is in the list.
pub(crate) fn page<T>(
    index: &BTreeSet<Position>,
    paging: &Paging,
    accept: impl Fn(i64) -> Option<T>,
) -> Page<T> {
    let (from, descending) = (&paging.from, paging.descending);
    let matching = |from: Option<&Position>, rising: bool| {
        walk(index, from, rising)
            .filter_map(|position| accept(position.1).map(|item| (position.clone(), item)))
    };
    let backwards = matches!(from, Some((Direction::Previous, _)));
    let rising = descending == backwards;
    let position = from.as_ref().map(|(_, position)| position);
    let mut found: Vec<_> = matching(position, rising).take(paging.limit).collect();
    if backwards {
        found.reverse();
    }
    let end = |item: Option<&(Position, T)>, rising: bool| {
        let (position, _) = item?;
        matching(Some(position), rising)
            .next()
            .map(|_| position.clone())
    };
    Page {
        previous: from.as_ref().and_then(|_| end(found.first(), descending)),
        next: end(found.last(), !descending),
        items: found.into_iter().map(|(_, item)| item).collect(),
    }
}

/// Walks through the index from a position, exclusive, upwards or downwards.
fn walk<'a>(
    index: &'a BTreeSet<Position>,
    from: Option<&Position>,
    rising: bool,
) -> Box<dyn Iterator<Item = &'a Position> + 'a> {
    let bound = from.map_or(Bound::Unbounded, Bound::Excluded);
    match rising {
        true => Box::new(index.range((bound, Bound::Unbounded))),
        false => Box::new(index.range((Bound::Unbounded, bound)).rev()),
    }
}

/// The sort key of the list of tickets. Equal keys are ordered by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SortKey {
    Created,
    Updated,
}

/// The filter of a list of tickets.
#[derive(Debug)]
pub(crate) struct Filter<'a> {
    pub(crate) customer_id: Option<i64>,
    pub(crate) external_id: Option<&'a str>,
    pub(crate) matching: ExternalIdMatch,
    /// Whether nothing is listed, as for a filter by rules, which the emulator
    /// doesn't have.
    pub(crate) nothing: bool,
    pub(crate) ticket_ids: Option<BTreeSet<i64>>,
    pub(crate) trashed: bool,
    /// Tickets that are not shown yet at this time are left out.
    pub(crate) now: Timestamp,
}

impl Filter<'_> {
    fn accepts(&self, ticket: &Ticket) -> bool {
        let customer = self.customer_id.is_none() || ticket.customer_id == self.customer_id;
        let id = (self.ticket_ids.as_ref()).is_none_or(|ids| ids.contains(&ticket.id));
        let trashed = self.trashed || ticket.trashed_datetime.is_none();
        let visible = ticket.visible <= self.now;
        let named = visible && customer && id && trashed;
        !self.nothing && named && self.accepts_external_id(ticket)
    }

    fn accepts_external_id(&self, ticket: &Ticket) -> bool {
        let Some(wanted) = self.external_id else {
            return true;
        };
        let Some(external_id) = ticket.external_id.as_deref() else {
            return self.matching == ExternalIdMatch::Ignored;
        };
        match self.matching {
            ExternalIdMatch::Ignored => true,
            ExternalIdMatch::Prefix => external_id.starts_with(wanted),
            ExternalIdMatch::Exact => external_id == wanted,
            ExternalIdMatch::IgnoreCase => external_id.eq_ignore_ascii_case(wanted),
            ExternalIdMatch::Trimmed => external_id.trim() == wanted.trim(),
        }
    }
}

impl Store {
    /// Returns a page of tickets.
    pub(crate) fn page(&self, filter: &Filter<'_>, key: SortKey, paging: &Paging) -> Page<&Ticket> {
        let narrowed = self.narrowed(filter, key);
        let index = narrowed.as_ref().unwrap_or(match key {
            SortKey::Created => &self.by_created,
            SortKey::Updated => &self.by_updated,
        });
        page(index, paging, |id| {
            self.ticket(id).filter(|ticket| filter.accepts(ticket))
        })
    }

    /// Returns a small index of the tickets that the filter names, if it names
    /// some.
    fn narrowed(&self, filter: &Filter<'_>, key: SortKey) -> Option<BTreeSet<Position>> {
        let candidates: Vec<&Ticket> = match (&filter.ticket_ids, filter.external_id) {
            (Some(ids), _) => ids.iter().filter_map(|id| self.ticket(*id)).collect(),
            (None, Some(external_id)) if filter.matching == ExternalIdMatch::Exact => {
                self.with_external_id(external_id).collect()
            }
            _ => return None,
        };
        let position = |ticket: &&Ticket| match key {
            SortKey::Created => (Key::Time(ticket.created_datetime), ticket.id),
            SortKey::Updated => (Key::Time(ticket.updated_datetime), ticket.id),
        };
        Some(candidates.iter().map(position).collect())
    }
}
