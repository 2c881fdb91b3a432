//! A simulated client, driven by a schedule.

use super::limiter::{Answer, Limiter};
use crate::pacer::automatic::Machine;
use crate::pacer::interface::Turn;
use crate::pacer::lane::Lane;
use crate::pacer::queue::Place;
use crate::pacer::random::Random;
use crate::pacer::reading::Reading;
use crate::pacer::scheduler::{Scheduler, Step};
use crate::pacer::snapshot::RateLimitSnapshot;

/// The longest time without a slot, in seconds: a pause of 120 and its jitter,
/// and then a shared limit of one request per 20 seconds.
const LONGEST_WAIT: f64 = 240.0;

/// An event of a schedule, so many milliseconds after the last one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Happening {
    pub after: u32,
    pub what: What,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// Requests ask to be sent.
    Enter { lane: Lane, count: u8 },
    /// The last waiter gives up.
    GiveUp,
    /// Other clients use the account.
    Foreign(u8),
    /// From now on, answers are like this.
    Answers(Answers),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Answers {
    Honest,
    /// No header at all.
    Silent,
    /// Random headers, and sometimes a 429 with a random wait.
    Hostile(u64),
    /// No answers come.
    Lost,
    /// The requests are not sent.
    NotSent,
}

/// A client with its pacer, and the answers under way.
pub(super) struct Client {
    scheduler: Scheduler<Machine, ()>,
    limiter: Limiter,
    random: Random,
    pub answers: Answers,
    pub waiting: Vec<(Place, Lane)>,
    coming: Vec<(f64, u64, Reading)>,
    /// When the first waiter of a lane has to ask again.
    timer: Option<f64>,
    pub now: f64,
    last_slot: f64,
    slots: u32,
    /// Timers that went off and led to no slot.
    pub idle_timers: u32,
    pub events: u32,
}

impl Client {
    pub fn new(limiter: Limiter, seed: u64) -> Self {
        Self {
            scheduler: Scheduler::new(Machine::new(seed), seed),
            limiter,
            random: Random::new(seed),
            answers: Answers::Honest,
            waiting: Vec::new(),
            coming: Vec::new(),
            timer: None,
            now: 0.0,
            last_slot: 0.0,
            slots: 0,
            idle_timers: 0,
            events: 0,
        }
    }

    pub fn happen(&mut self, what: What) {
        self.events += 1;
        match what {
            What::Enter { lane, count } => {
                if self.waiting.is_empty() {
                    self.last_slot = self.now;
                }
                for _ in 0..count {
                    let place = self.scheduler.enter(Turn::new(lane), ());
                    self.waiting.push((place, lane));
                }
            }
            What::GiveUp => {
                if let Some((place, _)) = self.waiting.pop() {
                    self.scheduler.leave(place);
                }
            }
            What::Foreign(count) => {
                for _ in 0..count {
                    self.limiter.request(self.now);
                }
            }
            What::Answers(answers) => self.answers = answers,
        }
        self.take_turns();
    }

    /// Lets time pass, with the answers and timers that are due.
    pub fn pass(&mut self, until: f64) {
        loop {
            let answer = self
                .coming
                .iter()
                .map(|coming| coming.0)
                .fold(f64::INFINITY, f64::min);
            let timer = self.timer.unwrap_or(f64::INFINITY);
            let next = answer.min(timer);
            if next > until {
                self.now = self.now.max(until);
                return;
            }
            self.now = next;
            if answer <= timer {
                let index = self.coming.iter().position(|coming| coming.0 == answer);
                let (_, number, reading) = self.coming.swap_remove(index.expect("just found"));
                self.scheduler.answered(number, reading, next);
                self.events += 1;
                self.take_turns();
            } else {
                let before = self.slots;
                self.take_turns();
                self.idle_timers += u32::from(self.slots == before);
            }
        }
    }

    /// Asks for the first waiter of each lane, until none may send.
    fn take_turns(&mut self) {
        self.timer = None;
        while let Some(number) = self.ask() {
            self.slots += 1;
            self.last_slot = self.now;
            self.send(number);
        }
        let waited = self.now - self.last_slot;
        assert!(
            self.waiting.is_empty() || waited < LONGEST_WAIT,
            "{waited} s"
        );
        assert!(
            self.waiting.is_empty() || self.timer.is_some(),
            "nobody has a timer"
        );
    }

    fn ask(&mut self) -> Option<u64> {
        for lane in [Lane::Interactive, Lane::Bulk] {
            let Some(index) = self.waiting.iter().position(|waiting| waiting.1 == lane) else {
                continue;
            };
            match self.scheduler.step(self.waiting[index].0, self.now) {
                Step::Go(number) => {
                    self.waiting.remove(index);
                    return Some(number);
                }
                Step::At(at) => {
                    assert!(at > self.now && at.is_finite(), "{at} at {}", self.now);
                    self.timer = Some(self.timer.map_or(at, |timer| timer.min(at)));
                }
                Step::Behind => {}
            }
        }
        None
    }

    fn send(&mut self, number: u64) {
        let mut reading = match self.answers {
            Answers::Lost => return self.scheduler.unanswered(number, self.now),
            Answers::NotSent => return self.scheduler.take_back(number, self.now),
            Answers::Silent => Reading::default(),
            Answers::Honest | Answers::Hostile(_) => reading(self.limiter.request(self.now)),
        };
        if let Answers::Hostile(seed) = self.answers {
            reading = hostile(seed ^ number);
        }
        let slow = if self.random.between(0.0, 1.0) < 0.02 {
            40.0
        } else {
            0.5
        };
        let at = self.now + self.random.between(0.0, slow);
        self.coming.push((at, number, reading));
    }
}

/// Returns a random reading that a header may contain.
fn hostile(seed: u64) -> Reading {
    let mut random = Random::new(seed);
    let limit = 10.0_f64.powf(random.between(0.0, 6.0)) as u32;
    let used = random.between(0.0, 2.0 * f64::from(limit)) as u32;
    let throttled = random.between(0.0, 1.0) < 0.02;
    let retry_after = [None, Some(0.0), Some(1.0), Some(1e300), Some(f64::INFINITY)];
    let wait = random.between(0.0, 5.0) as usize;
    Reading {
        throttled,
        reported: Some(RateLimitSnapshot {
            used,
            limit: limit.max(1),
        }),
        retry_after: retry_after[wait],
    }
}

/// Returns what the pacer reads from an answer of the simulated service.
pub(super) fn reading(answer: Answer) -> Reading {
    Reading {
        throttled: !answer.accepted,
        reported: Some(RateLimitSnapshot {
            used: answer.used,
            limit: answer.limit,
        }),
        retry_after: answer.retry_after.map(f64::from),
    }
}
