//! Computes the earliest time for the next request: the latest of the times that
//! the ramp, the limit and other clients allow.

use super::leak_estimate::LeakEstimate;
use super::machine::Machine;
use super::model::{LONG, Model, SHORT};
use super::sharing::Sharing;
use crate::pacer::lane::Lane;

impl Machine {
    /// Returns the later of the times that the ramp and the limit allow.
    pub(super) fn ready_at(&mut self, lane: Lane, now: f64) -> f64 {
        let limiter = if self.sharing.active() {
            self.sharing_ready(lane, now)
        } else if self.has_no_limit() {
            // The pace of a long window is safe for the smallest plan, however the
            // service counts.
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

    /// The most requests of the limit that can be used now, however the service
    /// counts: those that the newest answers report as used, and those that have
    /// no answer yet. Infinite without a report.
    pub(super) fn used_at_most(&self) -> f64 {
        self.newest.map_or(f64::INFINITY, |newest| {
            newest.peak + f64::from(self.in_flight)
        })
    }

    /// The seconds by which a window has to reach further back, because
    /// requests may arrive closer together than they were sent. They are the
    /// spread of the measured round trips, plus 15 % and 0.1 s for round trips
    /// outside this spread.
    pub(super) fn window_slack(&self) -> f64 {
        0.1 + 1.15 * self.network.spread()
    }

    /// Whether answers come without a readable limit. Once the limit is known,
    /// one or two such answers may be a proxy's.
    fn has_no_limit(&self) -> bool {
        self.answers_without_limit >= if self.limit_known { 3 } else { 1 }
    }

    fn ramp_ready(&self, now: f64) -> f64 {
        let answered = self.limit_known || self.has_no_limit();
        if answered && self.ramp.open() {
            return now;
        }
        // Before the first answer, requests go on slowly: 5 % below the rate of
        // the smallest plan.
        let step = if answered {
            1.0
        } else {
            LONG / (0.95 * self.limit)
        };
        self.after_last(step, now)
    }

    fn sharing_ready(&mut self, lane: Lane, now: f64) -> f64 {
        // Without a report, 90 % of the limit is assumed to be used.
        let used = self.newest.map_or(0.9, |newest| newest.used / self.limit);
        let pace = self
            .sharing
            .pace(self.level.rate, self.limit, used, self.model, now);
        let ahead = match lane {
            // This lane may be ahead of the pace by a quarter of the unused
            // requests below 90 % of the limit, so that several processes can
            // be ahead at once.
            Lane::Interactive => (0.25 * (0.9 - used) * self.limit)
                .clamp(0.0, Sharing::MOST_AHEAD)
                .floor(),
            Lane::Bulk => 0.0,
        };
        self.sharing.ready_at(now, pace, ahead)
    }

    /// Returns when the next request stays within the limit, however the service
    /// counts. The last requests below the limit are sent at intervals, because only
    /// spaced requests show how the service counts.
    fn unknown_ready(&mut self, lane: Lane, now: f64) -> f64 {
        let ceiling = (self.limit - self.margin()).max(1.0);
        let counted = f64::from(self.log.long()) + self.others_in_window(now);
        let used = self.used_at_most().min(counted);
        // The last four interactive requests below the limit are the samples of
        // the leak estimate. Bulk requests leave more room for the interactive
        // lane.
        let (at_once, spacing) = match lane {
            Lane::Interactive => (ceiling - 4.0, &mut self.spacing.interactive),
            Lane::Bulk => (0.6 * self.limit, &mut self.spacing.bulk),
        };
        *spacing |= used + 1.0 > at_once.max(1.0);
        if !*spacing {
            now
        } else if used + 1.0 <= ceiling {
            self.after_last(LeakEstimate::INTERVAL, now)
        } else {
            self.leaves_window_at(true, counted - (ceiling - 1.0), now)
        }
    }

    fn leaky_ready(&self, lane: Lane, now: f64) -> f64 {
        let reserve = match lane {
            Lane::Interactive => 0.0,
            Lane::Bulk => 2.0_f64.min(0.05 * self.limit),
        };
        let ceiling = (self.limit - self.margin() - reserve).max(1.0);
        self.level.falls_to(now, ceiling - 1.0)
    }

    fn window_ready(&self, lane: Lane, now: f64, long: bool) -> f64 {
        let (count, span) = if long {
            (self.log.long(), LONG)
        } else {
            (self.log.short(), SHORT)
        };
        let count = f64::from(count);
        let reserve = if lane == Lane::Bulk { 2.0 } else { 1.0 };
        let ceiling = (self.limit - reserve - self.others_in_window(now)).max(1.0);
        let room = ceiling - count;
        let mut ready = if room >= 1.0 {
            now
        } else {
            self.leaves_window_at(long, 1.0 - room, now)
        };
        let is_use_known = self.in_flight > 0 || self.newest.is_some();
        if is_use_known && self.used_at_most() + 1.0 > self.limit - reserve {
            // By our count there is room; by the newest answer there is none. So
            // the next request is sent after a while, and its answer shows whether
            // there is room.
            ready = ready.max(self.after_last(LONG / self.limit, now));
        }
        let last = match lane {
            Lane::Interactive if count < 0.5 * ceiling => None,
            _ => self.log.last_at(),
        };
        // The remaining requests are spread over the time until the oldest
        // request leaves the window. Otherwise an interactive request might have
        // to wait long.
        let refill = self.leaves_window_at(long, 1.0, now) - now;
        let even = (span + self.window_slack()) / ceiling;
        let step = even.max(refill / (room + 1.0).max(1.0));
        // Interactive requests are sent at half the interval, so that a second
        // interactive request waits less than the next request of an import.
        let step = if lane == Lane::Interactive {
            0.5 * step
        } else {
            step
        };
        ready.max(last.map_or(now, |at| at + step))
    }

    /// The number of requests kept free below the limit: 2.5 for rounding and
    /// the first requests of a new client, and more for uneven arrival; at most
    /// an eighth of the limit.
    fn margin(&self) -> f64 {
        (2.5 + 0.5 * self.level.rate * self.network.spread()).min(self.limit / 8.0)
    }

    /// The requests of other clients in the window, by the newest report if it
    /// isn't too old.
    fn others_in_window(&self, now: f64) -> f64 {
        self.newest
            .filter(|newest| now - newest.at < LONG)
            .map_or(0.0, |newest| newest.used_by_others)
    }

    /// Returns when `excess` more of our requests will have left the window.
    fn leaves_window_at(&self, long: bool, excess: f64, now: f64) -> f64 {
        self.log
            .leaves_at(long, excess.ceil() as u32, self.window_slack())
            .unwrap_or(now + 1.0)
    }

    fn after_last(&self, step: f64, now: f64) -> f64 {
        self.log.last_at().map_or(now, |at| at + step)
    }
}
