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
