//! Pages of the ticket list.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::Store;
use super::ticket::Ticket;
use crate::strictness::ExternalIdMatch;
use crate::timestamp::Timestamp;

/// What the list is ordered by; ties are ordered by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SortKey {
    Created,
    Updated,
}

/// Which side of a position a page lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Next,
    Previous,
}

/// A place in the order: the key and id of a ticket.
pub(crate) type Position = (Timestamp, i64);

/// Which tickets are listed.
#[derive(Debug)]
pub(crate) struct Filter<'a> {
    pub(crate) customer_id: Option<i64>,
    pub(crate) external_id: Option<&'a str>,
    pub(crate) matching: ExternalIdMatch,
    /// There are no views and no rules here, so nothing is in one.
    pub(crate) nothing: bool,
    pub(crate) ticket_ids: Option<BTreeSet<i64>>,
    pub(crate) trashed: bool,
    /// Tickets that are not shown yet at this time are left out.
    pub(crate) now: Timestamp,
}

/// One page.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) tickets: Vec<&'a Ticket>,
    pub(crate) previous: Option<Position>,
    pub(crate) next: Option<Position>,
}

impl Filter<'_> {
    fn accepts(&self, ticket: &Ticket) -> bool {
        let customer = self.customer_id.is_none() || ticket.customer == self.customer_id;
        let id = (self.ticket_ids.as_ref()).is_none_or(|ids| ids.contains(&ticket.id));
        let trashed = self.trashed || ticket.trashed.is_none();
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
    /// The tickets on one side of `from`, nearest first, at most `limit`, and
    /// then in list order.
    pub(crate) fn page(
        &self,
        filter: &Filter<'_>,
        key: SortKey,
        descending: bool,
        from: Option<(Direction, Position)>,
        limit: usize,
    ) -> Page<'_> {
        let narrowed = self.narrowed(filter, key);
        let index = narrowed.as_ref().unwrap_or(match key {
            SortKey::Created => &self.by_created,
            SortKey::Updated => &self.by_updated,
        });
        let matching = |from: Option<Position>, rising: bool| {
            walk(index, from, rising).filter_map(|&(at, id)| {
                let ticket = self.tickets.get(&id)?;
                filter.accepts(ticket).then_some(((at, id), ticket))
            })
        };
        let backwards = matches!(from, Some((Direction::Previous, _)));
        let rising = descending == backwards;
        let position = from.map(|(_, position)| position);
        let mut found: Vec<_> = matching(position, rising).take(limit).collect();
        if backwards {
            found.reverse();
        }
        let end = |item: Option<&(Position, &Ticket)>, rising: bool| {
            let position = item.map(|(position, _)| *position)?;
            matching(Some(position), rising).next().map(|_| position)
        };
        Page {
            previous: from.and_then(|_| end(found.first(), descending)),
            next: end(found.last(), !descending),
            tickets: found.into_iter().map(|(_, ticket)| ticket).collect(),
        }
    }

    /// A small index of its own when the filter names its tickets.
    fn narrowed(&self, filter: &Filter<'_>, key: SortKey) -> Option<BTreeSet<Position>> {
        let candidates: Vec<&Ticket> = match (&filter.ticket_ids, filter.external_id) {
            (Some(ids), _) => ids.iter().filter_map(|id| self.ticket(*id)).collect(),
            (None, Some(external_id)) if filter.matching == ExternalIdMatch::Exact => {
                self.with_external_id(external_id).collect()
            }
            _ => return None,
        };
        let position = |ticket: &&Ticket| match key {
            SortKey::Created => (ticket.created, ticket.id),
            SortKey::Updated => (ticket.updated, ticket.id),
        };
        Some(candidates.iter().map(position).collect())
    }
}

/// The index from a position on, exclusive, upwards or downwards.
fn walk(
    index: &BTreeSet<Position>,
    from: Option<Position>,
    rising: bool,
) -> Box<dyn Iterator<Item = &Position> + '_> {
    let bound = from.map_or(Bound::Unbounded, Bound::Excluded);
    match rising {
        true => Box::new(index.range((bound, Bound::Unbounded))),
        false => Box::new(index.range((Bound::Unbounded, bound)).rev()),
    }
}
