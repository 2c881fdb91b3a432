//! When the next request may be sent, as far as each thing that limits it goes.

use super::leak_estimate::LeakEstimate;
use super::machine::Machine;
use super::model::{LONG, Model, SHORT};
use super::sharing::Sharing;
use crate::pacer::lane::Lane;

impl Machine {
    /// The later of what the ramp and the limiter allow.
    pub(super) fn ready_at(&mut self, lane: Lane, now: f64) -> f64 {
        let limiter = if self.sharing.active() {
            self.sharing_ready(lane, now)
        } else if self.is_blind() {
            // Under any limiter this is safe for the smallest plan.
            self.window_ready(lane, now, true)
        } else {
            match self.model {
                Model::Unknown => self.unknown_ready(lane, now),
                Model::Leaky => self.leaky_ready(lane, now),
                Model::Window { long } => self.window_ready(lane, now, long),
            }
        };
        self.ramp_ready(now).max(limiter)
    }

    /// No more than this can be used now, whatever the limiter: what the newest
    /// answers report, and everything that has not been answered.
    pub(super) fn used_at_most(&self) -> f64 {
        self.newest.map_or(f64::INFINITY, |newest| {
            newest.peak + f64::from(self.in_flight)
        })
    }

    /// How much further back a window has to reach, because requests that were
    /// sent further apart may arrive closer together.
    pub(super) fn guard(&self) -> f64 {
        0.1 + 1.15 * self.network.spread()
    }

    /// Whether there are answers, but none tells how much is used.
    fn is_blind(&self) -> bool {
        self.silent >= if self.known { 3 } else { 1 }
    }

    fn ramp_ready(&self, now: f64) -> f64 {
        let answered = self.known || self.is_blind();
        if answered && self.ramp.open() {
            return now;
        }
        // Not knowing is no reason to stop, only to go slowly.
        let step = if answered {
            1.0
        } else {
            LONG / (0.95 * self.limit)
        };
        self.after_last(step, now)
    }

    fn sharing_ready(&mut self, lane: Lane, now: f64) -> f64 {
        let used = self.newest.map_or(0.9, |newest| {
            let leaked = match self.model {
                Model::Leaky => 0.5 * self.level.rate * (now - newest.at),
                _ => 0.0,
            };
            (newest.used - leaked).max(0.0) / self.limit
        });
        let pace = self
            .sharing
            .pace(self.level.rate, self.limit, used, self.model, now);
        let ahead = match lane {
            // A part of the room that is left, so that several processes fit in.
            Lane::Interactive => (0.25 * (0.9 - used) * self.limit)
                .clamp(0.0, Sharing::MOST_AHEAD)
                .floor(),
            Lane::Bulk => 0.0,
        };
        // What is used falls meanwhile, and the pace rises with it.
        self.sharing.ready_at(now, pace, ahead).min(now + 1.0)
    }

    /// Within what every limiter allows; and one by one towards the end, because
    /// spaced requests are what tells the limiters apart.
    fn unknown_ready(&mut self, lane: Lane, now: f64) -> f64 {
        let ceiling = (self.limit - self.margin()).max(1.0);
        let counted = f64::from(self.log.long()) + self.beyond(now);
        let used = self.used_at_most().min(counted);
        let (at_once, holding) = match lane {
            Lane::Interactive => (ceiling - 4.0, &mut self.holding.interactive),
            Lane::Bulk => (0.6 * self.limit, &mut self.holding.bulk),
        };
        *holding |= used + 1.0 > at_once.max(1.0);
        if !*holding {
            now
        } else if used + 1.0 <= ceiling {
            self.after_last(LeakEstimate::INTERVAL, now)
        } else {
            self.leaves(true, counted - (ceiling - 1.0), now)
        }
    }

    fn leaky_ready(&self, lane: Lane, now: f64) -> f64 {
        let reserve = match lane {
            Lane::Interactive => 0.0,
            Lane::Bulk => 2.0_f64.min(0.05 * self.limit),
        };
        let ceiling = (self.limit - self.margin() - reserve).max(1.0);
        self.level.reaches(now, ceiling - 1.0)
    }

    fn window_ready(&self, lane: Lane, now: f64, long: bool) -> f64 {
        let (count, span) = if long {
            (self.log.long(), LONG)
        } else {
            (self.log.short(), SHORT)
        };
        let count = f64::from(count);
        let kept = if lane == Lane::Bulk { 2.0 } else { 1.0 };
        let ceiling = (self.limit - kept - self.beyond(now)).max(1.0);
        let room = ceiling - count;
        let mut ready = if room >= 1.0 {
            now
        } else {
            self.leaves(long, 1.0 - room, now)
        };
        let told = self.in_flight > 0 || self.newest.is_some();
        if told && self.used_at_most() + 1.0 > self.limit - kept {
            // By our count there is room, by the last answer there is not: ask with one.
            ready = ready.max(self.after_last(LONG / self.limit, now));
        }
        let last = match lane {
            Lane::Interactive if count < 0.5 * ceiling => None,
            Lane::Interactive => self.last_interactive,
            Lane::Bulk => self.log.last_at(),
        };
        // Spread what is left over the time until more comes free, so that no
        // long gap opens for a person's request to fall into.
        let refill = self.leaves(long, 1.0, now) - now;
        let even = (span + self.guard()) / ceiling;
        let step = even.max(refill / (room + 1.0).max(1.0));
        // A second person should not wait as long as an import's next request.
        let step = if lane == Lane::Interactive {
            0.5 * step
        } else {
            step
        };
        ready.max(last.map_or(now, |at| at + step))
    }

    /// Room kept free for rounding, for a newcomer and for uneven arrival.
    fn margin(&self) -> f64 {
        (2.5 + 0.5 * self.level.rate * self.network.spread()).min(self.limit / 8.0)
    }

    /// What others used of the window, as far as the newest report still tells.
    fn beyond(&self, now: f64) -> f64 {
        self.newest
            .filter(|newest| now - newest.at < LONG)
            .map_or(0.0, |newest| newest.beyond)
    }

    /// When `excess` sends more will have left the window.
    fn leaves(&self, long: bool, excess: f64, now: f64) -> f64 {
        self.log
            .leaves_at(long, excess.ceil() as u32, self.guard())
            .unwrap_or(now + 1.0)
    }

    fn after_last(&self, step: f64, now: f64) -> f64 {
        self.log.last_at().map_or(now, |at| at + step)
    }
}
