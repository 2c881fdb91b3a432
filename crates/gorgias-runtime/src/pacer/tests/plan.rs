//! A queue of events, in the order of time.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Events and their times.
pub(super) struct Plan<E> {
    events: BinaryHeap<Planned<E>>,
    order: u64,
}

/// Earliest first; among equals, in the order they were planned.
struct Planned<E> {
    at: f64,
    order: u64,
    event: E,
}

impl<E> Plan<E> {
    pub fn new() -> Self {
        Self {
            events: BinaryHeap::new(),
            order: 0,
        }
    }

    pub fn add(&mut self, at: f64, event: E) {
        self.order += 1;
        let order = self.order;
        self.events.push(Planned { at, order, event });
    }

    pub fn pop(&mut self) -> Option<(f64, E)> {
        self.events.pop().map(|next| (next.at, next.event))
    }
}

impl<E> Ord for Planned<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        let earlier = other.at.total_cmp(&self.at);
        earlier.then(other.order.cmp(&self.order))
    }
}

impl<E> PartialOrd for Planned<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> PartialEq for Planned<E> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<E> Eq for Planned<E> {}
