//! Two queues of waiters, which are entered and left in constant time.

use super::lane::Lane;

/// The place of a waiter in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place(usize);

/// First-in first-out queues, one per lane. A waiter can leave from the middle.
///
/// The waiters are linked in both directions through one vector. Its free
/// entries are used again, so that neither entering nor leaving depends on the
/// number of waiters.
#[derive(Debug)]
pub(crate) struct Queue<T> {
    nodes: Vec<Node<T>>,
    free: Option<usize>,
    interactive: Ends,
    bulk: Ends,
}

#[derive(Debug)]
struct Node<T> {
    lane: Lane,
    previous: Option<usize>,
    next: Option<usize>,
    /// `None` while the node is free.
    waiter: Option<T>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    first: Option<usize>,
    last: Option<usize>,
}

impl<T> Queue<T> {
    pub(crate) fn new() -> Self {
        Self {
            nodes: Vec::new(),
            free: None,
            interactive: Ends::default(),
            bulk: Ends::default(),
        }
    }

    /// Enters a lane, at its end or at its front.
    pub(crate) fn enter(&mut self, lane: Lane, in_front: bool, waiter: T) -> Place {
        let ends = *self.ends(lane);
        let (previous, next) = if in_front {
            (None, ends.first)
        } else {
            (ends.last, None)
        };
        let index = self.store(Node {
            lane,
            previous,
            next,
            waiter: Some(waiter),
        });
        self.link(lane, previous, Some(index));
        self.link_back(lane, next, Some(index));
        Place(index)
    }

    /// Leaves the queue, from any place.
    pub(crate) fn leave(&mut self, place: Place) -> Option<T> {
        let node = self.nodes.get_mut(place.0)?;
        let waiter = node.waiter.take()?;
        let (lane, previous, next) = (node.lane, node.previous, node.next);
        node.next = self.free;
        self.free = Some(place.0);
        self.link(lane, previous, next);
        self.link_back(lane, next, previous);
        Some(waiter)
    }

    /// Returns the place at the front of a lane.
    pub(crate) fn first(&self, lane: Lane) -> Option<Place> {
        match lane {
            Lane::Interactive => self.interactive.first.map(Place),
            Lane::Bulk => self.bulk.first.map(Place),
        }
    }

    pub(crate) fn lane(&self, place: Place) -> Option<Lane> {
        self.nodes.get(place.0).map(|node| node.lane)
    }

    pub(crate) fn get(&self, place: Place) -> Option<&T> {
        self.nodes.get(place.0)?.waiter.as_ref()
    }

    pub(crate) fn get_mut(&mut self, place: Place) -> Option<&mut T> {
        self.nodes.get_mut(place.0)?.waiter.as_mut()
    }

    fn ends(&mut self, lane: Lane) -> &mut Ends {
        match lane {
            Lane::Interactive => &mut self.interactive,
            Lane::Bulk => &mut self.bulk,
        }
    }

    fn store(&mut self, node: Node<T>) -> usize {
        if let Some(index) = self.free
            && let Some(slot) = self.nodes.get_mut(index)
        {
            self.free = slot.next;
            *slot = node;
            return index;
        }
        self.nodes.push(node);
        self.nodes.len().saturating_sub(1)
    }

    /// Makes `next` follow `previous`, or start the lane.
    fn link(&mut self, lane: Lane, previous: Option<usize>, next: Option<usize>) {
        match previous.and_then(|index| self.nodes.get_mut(index)) {
            Some(node) => node.next = next,
            None => self.ends(lane).first = next,
        }
    }

    /// Makes `previous` come before `next`, or end the lane.
    fn link_back(&mut self, lane: Lane, next: Option<usize>, previous: Option<usize>) {
        match next.and_then(|index| self.nodes.get_mut(index)) {
            Some(node) => node.previous = previous,
            None => self.ends(lane).last = previous,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use proptest::prelude::*;

    use super::*;

    /// Empties a lane from its front.
    fn drain(queue: &mut Queue<u32>, lane: Lane) -> Vec<u32> {
        std::iter::from_fn(|| queue.first(lane).and_then(|place| queue.leave(place))).collect()
    }

    #[test]
    fn lanes_are_first_in_first_out_each() {
        let mut queue = Queue::new();
        for number in 0..6 {
            let lane = if number % 2 == 0 {
                Lane::Bulk
            } else {
                Lane::Interactive
            };
            queue.enter(lane, false, number);
        }
        queue.enter(Lane::Bulk, true, 9);
        assert_eq!(drain(&mut queue, Lane::Bulk), [9, 0, 2, 4]);
        assert_eq!(drain(&mut queue, Lane::Interactive), [1, 3, 5]);
        assert_eq!(queue.first(Lane::Bulk), None);
    }

    #[test]
    fn a_place_is_left_once() {
        let mut queue = Queue::new();
        let place = queue.enter(Lane::Bulk, false, 1);
        assert_eq!(queue.leave(place), Some(1));
        assert_eq!(queue.leave(place), None);
        assert_eq!(queue.get(place), None);
    }

    #[test]
    fn room_that_became_free_is_used_again() {
        let mut queue = Queue::new();
        for number in 0..1_000 {
            let place = queue.enter(Lane::Interactive, false, number);
            queue.leave(place);
        }
        assert_eq!(queue.nodes.len(), 1);
    }

    proptest! {
        #[test]
        fn it_orders_waiters_like_a_plain_list(steps in proptest::collection::vec(0_u8..6, 0..200)) {
            let mut queue = Queue::new();
            let mut plain = VecDeque::new();
            for (number, step) in (0..).zip(steps) {
                match step {
                    0..=2 => plain.push_back((queue.enter(Lane::Bulk, false, number), number)),
                    3 => plain.push_front((queue.enter(Lane::Bulk, true, number), number)),
                    _ => {
                        let middle = plain.len() / 2;
                        let left = plain.remove(middle);
                        let taken = left.and_then(|(place, _)| queue.leave(place));
                        prop_assert_eq!(taken, left.map(|(_, number)| number));
                    }
                }
            }
            let rest: Vec<u32> = plain.into_iter().map(|(_, number)| number).collect();
            prop_assert_eq!(drain(&mut queue, Lane::Bulk), rest);
        }
    }
}
