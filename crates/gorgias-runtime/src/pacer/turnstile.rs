//! Who goes next.

use super::governor::{Decision, Governor};
use super::interface::Turn;
use super::lane::Lane;
use super::queue::{Place, Queue};

/// After this many interactive requests in a row a waiting bulk one has its turn,
/// so that neither lane can starve the other.
const STREAK: u32 = 15;

/// Lets waiters through one by one as a [`Governor`] allows. Pure like it.
#[derive(Debug)]
pub(crate) struct Turnstile<G, T> {
    governor: G,
    queue: Queue<T>,
    /// Interactive requests in a row that overtook a bulk one.
    streak: u32,
    clock: f64,
}

/// What a waiter is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    /// Send, under this number. The place is gone.
    Go(u64),
    /// Ask again at this time, unless woken before.
    At(f64),
    /// Others go first. It is woken when that changes.
    Behind,
}

impl<G: Governor, T> Turnstile<G, T> {
    pub(crate) fn new(governor: G) -> Self {
        Self {
            governor,
            queue: Queue::new(),
            streak: 0,
            clock: 0.0,
        }
    }

    /// Takes a place in the queue.
    pub(crate) fn enter(&mut self, turn: Turn, waiter: T) -> Place {
        self.queue.enter(turn.lane, turn.again, waiter)
    }

    /// Gives up a place.
    pub(crate) fn leave(&mut self, place: Place) {
        self.queue.leave(place);
    }

    /// Asks whether it is this waiter's turn.
    pub(crate) fn step(&mut self, place: Place, now: f64) -> Step {
        let now = self.tick(now);
        let Some(lane) = self.queue.lane(place) else {
            return Step::Behind;
        };
        let both =
            self.queue.first(Lane::Interactive).is_some() && self.queue.first(Lane::Bulk).is_some();
        let bulk_turn = both && self.streak >= STREAK;
        let preferred = if bulk_turn {
            Lane::Bulk
        } else {
            Lane::Interactive
        };
        if self.queue.first(lane) != Some(place) || (both && lane != preferred) {
            return Step::Behind;
        }
        // A bulk request that is owed its turn needs no more room than the ones
        // that overtook it had.
        let terms = if bulk_turn { Lane::Interactive } else { lane };
        match self.governor.decide(terms, now) {
            Decision::Wait(at) => Step::At(at),
            Decision::Send(number) => {
                self.queue.leave(place);
                let overtook = both && lane == Lane::Interactive;
                self.streak = if overtook {
                    self.streak.saturating_add(1)
                } else {
                    0
                };
                Step::Go(number)
            }
        }
    }

    /// The governor, and the time it may be told.
    pub(crate) fn governor(&mut self, now: f64) -> (&mut G, f64) {
        let now = self.tick(now);
        (&mut self.governor, now)
    }

    /// The waiters who may be next.
    pub(crate) fn heads(&self) -> [Option<&T>; 2] {
        [Lane::Interactive, Lane::Bulk].map(|lane| {
            self.queue
                .first(lane)
                .and_then(|place| self.queue.get(place))
        })
    }

    pub(crate) fn waiter(&mut self, place: Place) -> Option<&mut T> {
        self.queue.get_mut(place)
    }

    /// Time never runs backwards here, whatever the caller's clock does.
    fn tick(&mut self, now: f64) -> f64 {
        self.clock = self.clock.max(now);
        self.clock
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pacer::governor::Reading;

    /// One request per second, less for bulk.
    #[derive(Debug, Default)]
    struct Slow {
        free_at: f64,
        number: u64,
    }

    impl Governor for Slow {
        fn decide(&mut self, lane: Lane, now: f64) -> Decision {
            let at = self.free_at + if lane == Lane::Bulk { 0.5 } else { 0.0 };
            if now < at {
                return Decision::Wait(at);
            }
            self.free_at = now + 1.0;
            self.number += 1;
            Decision::Send(self.number)
        }

        fn answered(&mut self, _number: u64, _reading: Reading, _now: f64) {}
        fn unanswered(&mut self, _number: u64, _now: f64) {}
        fn take_back(&mut self, _number: u64, _now: f64) {}
    }

    fn turnstile() -> Turnstile<Slow, ()> {
        Turnstile::new(Slow::default())
    }

    #[test]
    fn only_the_first_of_a_lane_is_told_a_time() {
        let mut turnstile = turnstile();
        let first = turnstile.enter(Turn::new(Lane::Interactive), ());
        let second = turnstile.enter(Turn::new(Lane::Interactive), ());
        assert_eq!(turnstile.step(second, 0.0), Step::Behind);
        assert_eq!(turnstile.step(first, 0.0), Step::Go(1));
        assert_eq!(turnstile.step(second, 0.0), Step::At(1.0));
        assert_eq!(turnstile.step(first, 5.0), Step::Behind);
        assert_eq!(turnstile.step(second, 5.0), Step::Go(2));
    }

    #[test]
    fn a_request_that_has_to_be_sent_again_goes_first() {
        let mut turnstile = turnstile();
        let new = turnstile.enter(Turn::new(Lane::Bulk), ());
        let again = turnstile.enter(Turn::new(Lane::Bulk).again(), ());
        assert_eq!(turnstile.step(new, 9.0), Step::Behind);
        assert_eq!(turnstile.step(again, 9.0), Step::Go(1));
    }

    #[test]
    fn whoever_leaves_makes_room_for_the_next() {
        let mut turnstile = turnstile();
        let gone = turnstile.enter(Turn::new(Lane::Interactive), ());
        let next = turnstile.enter(Turn::new(Lane::Bulk), ());
        assert_eq!(turnstile.step(next, 9.0), Step::Behind);
        turnstile.leave(gone);
        assert_eq!(turnstile.step(next, 9.0), Step::Go(1));
    }

    #[test]
    fn interactive_requests_go_first_but_starve_nobody() {
        let mut turnstile = turnstile();
        let bulk = turnstile.enter(Turn::new(Lane::Bulk), ());
        for second in 0..STREAK {
            let place = turnstile.enter(Turn::new(Lane::Interactive), ());
            let now = f64::from(second) * 2.0;
            assert_eq!(turnstile.step(bulk, now), Step::Behind);
            assert!(matches!(turnstile.step(place, now), Step::Go(_)));
        }
        let waiting = turnstile.enter(Turn::new(Lane::Interactive), ());
        assert_eq!(turnstile.step(waiting, 100.0), Step::Behind);
        assert!(matches!(turnstile.step(bulk, 100.0), Step::Go(_)));
        assert!(matches!(turnstile.step(waiting, 200.0), Step::Go(_)));
    }

    #[test]
    fn time_never_runs_backwards() {
        let mut turnstile = turnstile();
        let first = turnstile.enter(Turn::new(Lane::Interactive), ());
        assert_eq!(turnstile.step(first, 10.0), Step::Go(1));
        assert_eq!(turnstile.governor(3.0).1, 10.0);
    }
}
