//! Decides who goes next, and when: the queue, the pause after a 429, and the
//! rule of a [`Governor`] together.

use super::governor::{Decision, Governor};
use super::interface::Turn;
use super::lane::Lane;
use super::pause::Pause;
use super::queue::{Place, Queue};
use super::reading::Reading;

/// After this many interactive requests in a row a waiting bulk one has its turn,
/// so that neither lane can starve the other.
const STREAK: u32 = 15;

/// Lets waiters through one by one as a [`Governor`] allows. Pure like it.
#[derive(Debug)]
pub(crate) struct Scheduler<G, T> {
    governor: G,
    pause: Pause,
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

impl<G: Governor, T> Scheduler<G, T> {
    /// The seed is that of the small random parts of pauses.
    pub(crate) fn new(governor: G, seed: u64) -> Self {
        Self {
            governor,
            pause: Pause::new(seed),
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
        if let Some(end) = self.pause.until(now) {
            return Step::At(end);
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

    /// Takes the answer to a request.
    pub(crate) fn answered(&mut self, number: u64, reading: Reading, now: f64) {
        let now = self.tick(now);
        let Reading {
            throttled,
            call_limit,
            retry_after,
        } = reading;
        if throttled {
            let pause_ends = self.pause.throttled(retry_after, now);
            self.governor.throttled(number, call_limit, pause_ends, now);
        } else {
            self.pause.answered();
            self.governor.answered(number, call_limit, now);
        }
    }

    /// A request may have been sent, and no answer will come.
    pub(crate) fn unanswered(&mut self, number: u64, now: f64) {
        let now = self.tick(now);
        self.governor.unanswered(number, now);
    }

    /// A request was not sent: its slot is free again.
    pub(crate) fn take_back(&mut self, number: u64, now: f64) {
        let now = self.tick(now);
        self.governor.take_back(number, now);
    }

    /// The end of the pause after a 429, while there is one.
    pub(crate) fn paused_until(&self, now: f64) -> Option<f64> {
        self.pause.until(now)
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
    use crate::pacer::reading::CallLimit;

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

        fn answered(&mut self, _number: u64, _call_limit: Option<CallLimit>, _now: f64) {}
        fn throttled(&mut self, _: u64, _: Option<CallLimit>, _pause_ends: f64, _now: f64) {}
        fn unanswered(&mut self, _number: u64, _now: f64) {}
        fn take_back(&mut self, _number: u64, _now: f64) {}
    }

    fn scheduler() -> Scheduler<Slow, ()> {
        Scheduler::new(Slow::default(), 1)
    }

    #[test]
    fn only_the_first_of_a_lane_is_told_a_time() {
        let mut scheduler = scheduler();
        let first = scheduler.enter(Turn::new(Lane::Interactive), ());
        let second = scheduler.enter(Turn::new(Lane::Interactive), ());
        assert_eq!(scheduler.step(second, 0.0), Step::Behind);
        assert_eq!(scheduler.step(first, 0.0), Step::Go(1));
        assert_eq!(scheduler.step(second, 0.0), Step::At(1.0));
        assert_eq!(scheduler.step(first, 5.0), Step::Behind);
        assert_eq!(scheduler.step(second, 5.0), Step::Go(2));
    }

    #[test]
    fn a_request_that_has_to_be_sent_again_goes_first() {
        let mut scheduler = scheduler();
        let new = scheduler.enter(Turn::new(Lane::Bulk), ());
        let again = scheduler.enter(Turn::new(Lane::Bulk).again(), ());
        assert_eq!(scheduler.step(new, 9.0), Step::Behind);
        assert_eq!(scheduler.step(again, 9.0), Step::Go(1));
    }

    #[test]
    fn whoever_leaves_makes_room_for_the_next() {
        let mut scheduler = scheduler();
        let gone = scheduler.enter(Turn::new(Lane::Interactive), ());
        let next = scheduler.enter(Turn::new(Lane::Bulk), ());
        assert_eq!(scheduler.step(next, 9.0), Step::Behind);
        scheduler.leave(gone);
        assert_eq!(scheduler.step(next, 9.0), Step::Go(1));
    }

    #[test]
    fn interactive_requests_go_first_but_starve_nobody() {
        let mut scheduler = scheduler();
        let bulk = scheduler.enter(Turn::new(Lane::Bulk), ());
        for second in 0..STREAK {
            let place = scheduler.enter(Turn::new(Lane::Interactive), ());
            let now = f64::from(second) * 2.0;
            assert_eq!(scheduler.step(bulk, now), Step::Behind);
            assert!(matches!(scheduler.step(place, now), Step::Go(_)));
        }
        let waiting = scheduler.enter(Turn::new(Lane::Interactive), ());
        assert_eq!(scheduler.step(waiting, 100.0), Step::Behind);
        assert!(matches!(scheduler.step(bulk, 100.0), Step::Go(_)));
        assert!(matches!(scheduler.step(waiting, 200.0), Step::Go(_)));
    }

    #[test]
    fn time_never_runs_backwards() {
        let mut scheduler = scheduler();
        let first = scheduler.enter(Turn::new(Lane::Interactive), ());
        assert_eq!(scheduler.step(first, 10.0), Step::Go(1));
        let second = scheduler.enter(Turn::new(Lane::Interactive), ());
        assert_eq!(scheduler.step(second, 3.0), Step::At(11.0));
    }

    #[test]
    fn nobody_goes_during_the_pause_after_a_429() {
        let mut scheduler = scheduler();
        let first = scheduler.enter(Turn::new(Lane::Interactive), ());
        assert_eq!(scheduler.step(first, 1.0), Step::Go(1));
        let refused = Reading {
            throttled: true,
            retry_after: Some(30.0),
            ..Reading::default()
        };
        scheduler.answered(1, refused, 1.5);
        let end = scheduler.paused_until(1.5).unwrap();
        assert!((31.5..34.0).contains(&end), "{end}");
        for lane in [Lane::Interactive, Lane::Bulk] {
            let place = scheduler.enter(Turn::new(lane).again(), ());
            assert_eq!(scheduler.step(place, 20.0), Step::At(end));
            scheduler.leave(place);
        }
    }
}
