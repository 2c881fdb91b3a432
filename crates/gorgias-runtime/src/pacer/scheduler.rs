//! Decides which waiter is next, and when it may send. The scheduler combines the
//! queue, the pause after a 429, and the decision of a [`Governor`].

use super::governor::{Decision, Governor};
use super::interface::Turn;
use super::lane::Lane;
use super::pause::Pause;
use super::queue::{Place, Queue};
use super::reading::Reading;

/// The most interactive requests in a row that are sent while a bulk request waits.
/// Then the bulk request is next, so that neither lane starves the other.
const STREAK: u32 = 15;

/// Lets waiters through one by one as a [`Governor`] allows. Like the governor, it
/// reads no clock.
#[derive(Debug)]
pub(crate) struct Scheduler<G, T> {
    governor: G,
    pause: Pause,
    queue: Queue<T>,
    /// The number of interactive requests in a row that overtook a bulk
    /// request.
    streak: u32,
    clock: f64,
}

/// The answer to a waiter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    /// The request may be sent, under this number. The waiter has left the queue.
    Go(u64),
    /// The waiter is first. It has to ask again at this time, or earlier if it is
    /// woken.
    At(f64),
    /// Others are before the waiter. The waiter is woken when it is first.
    Behind,
}

impl<G: Governor, T> Scheduler<G, T> {
    /// Creates a scheduler. The seed is for the random part of pauses.
    pub(crate) fn new(governor: G, seed: u64) -> Self {
        Self {
            governor,
            pause: Pause::new(seed),
            queue: Queue::new(),
            streak: 0,
            clock: 0.0,
        }
    }

    /// Adds a waiter to the queue, and returns its place.
    pub(crate) fn enter(&mut self, turn: Turn, waiter: T) -> Place {
        self.queue.enter(turn.lane, turn.again, waiter)
    }

    /// Removes the waiter at a place from the queue.
    pub(crate) fn leave(&mut self, place: Place) {
        self.queue.leave(place);
    }

    /// Returns whether the waiter may send now, or when to ask again.
    pub(crate) fn step(&mut self, place: Place, now: f64) -> Step {
        let now = self.tick(now);
        let lane = place.lane;
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
        // A bulk request whose turn it is after a streak gets the same room as
        // the interactive requests that overtook it.
        let decided_as = if bulk_turn { Lane::Interactive } else { lane };
        match self.governor.decide(decided_as, now) {
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

    /// Learns from the answer to a request.
    pub(crate) fn answered(&mut self, number: u64, reading: Reading, now: f64) {
        let now = self.tick(now);
        if reading.throttled {
            let pause_ends = self.pause.throttled(reading.retry_after, now);
            self.governor
                .throttled(number, reading.reported, pause_ends, now);
        } else {
            self.pause.answered();
            self.governor.answered(number, reading.reported, now);
        }
    }

    /// Records that a request may have been sent and will get no answer.
    pub(crate) fn unanswered(&mut self, number: u64, now: f64) {
        let now = self.tick(now);
        self.governor.unanswered(number, now);
    }

    /// Records that a request was not sent: its slot is free again.
    pub(crate) fn take_back(&mut self, number: u64, now: f64) {
        let now = self.tick(now);
        self.governor.take_back(number, now);
    }

    /// Returns the end of the pause after a 429, or `None` if there is no pause
    /// now.
    pub(crate) fn paused_until(&self, now: f64) -> Option<f64> {
        self.pause.until(now)
    }

    /// Returns the first waiter of each lane, which may be next.
    pub(crate) fn heads(&self) -> [Option<&T>; 2] {
        [Lane::Interactive, Lane::Bulk].map(|lane| self.queue.first_waiter(lane))
    }

    pub(crate) fn waiter(&mut self, place: Place) -> Option<&mut T> {
        self.queue.get_mut(place)
    }

    /// Returns the time of the scheduler, which never goes backwards even if `now`
    /// does.
    fn tick(&mut self, now: f64) -> f64 {
        self.clock = self.clock.max(now);
        self.clock
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
