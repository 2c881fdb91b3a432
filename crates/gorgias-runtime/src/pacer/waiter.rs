//! The future that waits for a slot.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use tokio::time::{Instant, Sleep, sleep_until};

use super::governor::Governor;
use super::interface::{Slot, Turn};
use super::paced::Paced;
use super::queue::Place;
use super::scheduler::Step;

/// Waits for a slot. Dropping the future leaves the queue.
///
/// Only the first waiter of a lane has a timer. The others sleep until they are
/// woken.
pub(super) async fn wait<G: Governor>(paced: &Paced<G>, turn: Turn) -> Slot {
    let mut waiter = Waiter {
        paced,
        turn,
        place: None,
    };
    let mut timer = pin!(None);
    poll_fn(|context| {
        loop {
            match waiter.step(context) {
                Step::Go(number) => return Poll::Ready(Slot::new(number)),
                Step::Behind => return Poll::Pending,
                Step::At(at) => {
                    let at = paced.instant(at);
                    ready!(sleep(timer.as_mut(), at, context));
                }
            }
        }
    })
    .await
}

fn sleep(mut timer: Pin<&mut Option<Sleep>>, at: Instant, context: &mut Context<'_>) -> Poll<()> {
    match timer.as_mut().as_pin_mut() {
        Some(sleep) if sleep.deadline() == at => {}
        Some(sleep) => sleep.reset(at),
        None => timer.set(Some(sleep_until(at))),
    }
    timer
        .as_pin_mut()
        .map_or(Poll::Ready(()), |sleep| sleep.poll(context))
}

struct Waiter<'a, G: Governor> {
    paced: &'a Paced<G>,
    turn: Turn,
    place: Option<Place>,
}

impl<G: Governor> Waiter<'_, G> {
    fn step(&mut self, context: &mut Context<'_>) -> Step {
        let step = self.paced.ask(|scheduler, now| {
            let place = match self.place {
                Some(place) => {
                    if let Some(waker) = scheduler.waiter(place) {
                        waker.clone_from(context.waker());
                    }
                    place
                }
                None => scheduler.enter(self.turn, context.waker().clone()),
            };
            self.place = Some(place);
            scheduler.step(place, now)
        });
        if let Step::Go(_) = step {
            self.place = None;
            // The next waiter has to set its timer.
            self.paced.change(|_, _| ());
        }
        step
    }
}

impl<G: Governor> Drop for Waiter<'_, G> {
    fn drop(&mut self) {
        if let Some(place) = self.place.take() {
            self.paced.change(|scheduler, _| scheduler.leave(place));
        }
    }
}
