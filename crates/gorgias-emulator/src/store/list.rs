//! Cuts a page out of a list.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::Store;
use super::ticket::Ticket;
use crate::http::cursor::{Direction, Key, Position};

/// The position where a page begins, and its length.
#[derive(Clone, Debug)]
pub(crate) struct Paging {
    pub(crate) descending: bool,
    pub(crate) from: Option<(Direction, Position)>,
    pub(crate) limit: usize,
}

/// One page of a list. `previous` and `next` are the positions for the cursors of the
/// pages beside it.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) previous: Option<Position>,
    pub(crate) next: Option<Position>,
}

/// Returns at most `limit` items next to a position, on one side of it, in the order of
/// the list. `accept` returns the item with an id, if the item is in the list.
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

impl Store {
    /// Returns a page of the tickets that `passes` accepts, among `found` if it is given,
    /// and else among all. They are in the order of their creation or of their last
    /// update.
    pub(crate) fn page<'a>(
        &'a self,
        found: Option<Vec<&'a Ticket>>,
        is_by_update: bool,
        paging: &Paging,
        passes: impl Fn(&Ticket) -> bool,
    ) -> Page<&'a Ticket> {
        let position = |ticket: &Ticket| match is_by_update {
            true => (Key::Time(ticket.updated_datetime), ticket.id),
            false => (Key::Time(ticket.created_datetime), ticket.id),
        };
        let found: Option<BTreeSet<Position>> =
            found.map(|tickets| tickets.into_iter().map(position).collect());
        let index = found.as_ref().unwrap_or(match is_by_update {
            true => &self.by_updated,
            false => &self.by_created,
        });
        page(index, paging, |id| {
            self.ticket(id).filter(|ticket| passes(ticket))
        })
    }
}
