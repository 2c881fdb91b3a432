//! Two queues of waiters, which are entered and left in constant time.

use std::collections::VecDeque;

use super::lane::Lane;

/// The place of a waiter in a queue. The numbers of the places rise from the front
/// to the end of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) lane: Lane,
    number: i64,
}

/// First-in first-out queues, one per lane. A waiter can leave from the middle.
#[derive(Debug)]
pub(crate) struct Queue<T> {
    interactive: Waiters<T>,
    bulk: Waiters<T>,
}

/// The waiters of one lane.
#[derive(Debug)]
struct Waiters<T> {
    /// The waiters in their order. `None` is the place of a waiter that left from
    /// the middle. The place stays until all places on one side of it are left too.
    places: VecDeque<Option<T>>,
    /// The number of the first place.
    first: i64,
}

impl<T> Queue<T> {
    pub(crate) fn new() -> Self {
        let empty = || Waiters {
            places: VecDeque::new(),
            first: 0,
        };
        Self {
            interactive: empty(),
            bulk: empty(),
        }
    }

    /// Adds a waiter at the end or at the front of a lane.
    pub(crate) fn enter(&mut self, lane: Lane, in_front: bool, waiter: T) -> Place {
        let Waiters { places, first } = self.waiters_mut(lane);
        let number = if in_front {
            *first = first.saturating_sub(1);
            places.push_front(Some(waiter));
            *first
        } else {
            places.push_back(Some(waiter));
            first
                .saturating_add_unsigned(places.len() as u64)
                .saturating_sub(1)
        };
        Place { lane, number }
    }

    /// Removes the waiter at any place from the queue, and returns the waiter.
    pub(crate) fn leave(&mut self, place: Place) -> Option<T> {
        let waiter = self.entry(place)?.take();
        let Waiters { places, first } = self.waiters_mut(place.lane);
        while let Some(None) = places.back() {
            places.pop_back();
        }
        while let Some(None) = places.front() {
            places.pop_front();
            *first = first.saturating_add(1);
        }
        waiter
    }

    /// Returns the place at the front of a lane.
    pub(crate) fn first(&self, lane: Lane) -> Option<Place> {
        let waiters = self.waiters(lane);
        let number = waiters.first;
        (!waiters.places.is_empty()).then_some(Place { lane, number })
    }

    /// Returns the waiter at the front of a lane.
    pub(crate) fn first_waiter(&self, lane: Lane) -> Option<&T> {
        self.waiters(lane).places.front()?.as_ref()
    }

    pub(crate) fn get_mut(&mut self, place: Place) -> Option<&mut T> {
        self.entry(place)?.as_mut()
    }

    fn entry(&mut self, place: Place) -> Option<&mut Option<T>> {
        let waiters = self.waiters_mut(place.lane);
        let index = place.number.checked_sub(waiters.first)?;
        waiters.places.get_mut(usize::try_from(index).ok()?)
    }

    fn waiters(&self, lane: Lane) -> &Waiters<T> {
        match lane {
            Lane::Interactive => &self.interactive,
            Lane::Bulk => &self.bulk,
        }
    }

    fn waiters_mut(&mut self, lane: Lane) -> &mut Waiters<T> {
        match lane {
            Lane::Interactive => &mut self.interactive,
            Lane::Bulk => &mut self.bulk,
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
        assert_eq!(queue.get_mut(place), None);
    }

    #[test]
    fn room_that_became_free_is_used_again() {
        let mut queue = Queue::new();
        for number in 0..1_000 {
            let place = queue.enter(Lane::Interactive, false, number);
            queue.leave(place);
        }
        assert!(queue.interactive.places.capacity() < 10);
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
