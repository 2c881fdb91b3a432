//! Processes that share one account, event by event.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::limiter::{Details, Limiter, Model, Rounding};
use crate::pacer::automatic::Machine;
use crate::pacer::governor::{CallLimit, Governor, Reading};
use crate::pacer::interface::Turn;
use crate::pacer::lane::Lane;
use crate::pacer::queue::Place;
use crate::pacer::random::Random;
use crate::pacer::turnstile::{Step, Turnstile};

/// What is simulated. Every process sends its requests as fast as its pacer lets it.
#[derive(Clone, Copy, Debug)]
pub(super) struct World {
    pub model: Model,
    pub capacity: u32,
    pub window: u32,
    /// Requests per process.
    pub requests: u32,
    pub processes: u32,
    /// The processes start within this many seconds.
    pub stagger: f64,
    pub lane: Lane,
    /// Bounds of a round trip, in seconds.
    pub latency: (f64, f64),
    /// Requests per second that others make.
    pub foreign: f64,
    /// Interactive requests per second in each process, beside its own.
    pub interactive: f64,
    pub seed: u64,
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Run {
    /// The share of the time needed that was necessary, 1 at best.
    pub utilisation: f64,
    pub sent: u32,
    pub throttled: u32,
    /// How long the interactive requests waited for their slot.
    pub delays: Vec<f64>,
}

impl World {
    /// One process alone with a limit, in the default lane.
    pub fn alone(model: Model, capacity: u32, window: u32) -> Self {
        Self {
            model,
            capacity,
            window,
            requests: 600,
            processes: 1,
            stagger: 0.0,
            lane: Lane::Interactive,
            latency: (0.05, 0.3),
            foreign: 0.0,
            interactive: 0.0,
            seed: 0,
        }
    }

    pub fn run(self) -> Run {
        Simulation::new(self).run()
    }
}

#[derive(Clone, Copy, Debug)]
enum Event {
    /// A process starts, or its pacer asked to be asked again.
    Wake(usize),
    Arrive {
        process: usize,
        number: u64,
        lane: Lane,
        way_back: f64,
    },
    Answer {
        process: usize,
        number: u64,
        lane: Lane,
        reading: Reading,
    },
    Foreign,
    /// Somebody in the process wants to send one request.
    Interactive(usize),
}

/// Earliest first; among equals, in the order they were planned.
struct Planned {
    at: f64,
    order: u64,
    event: Event,
}

impl Ord for Planned {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .at
            .total_cmp(&self.at)
            .then(other.order.cmp(&self.order))
    }
}

impl PartialOrd for Planned {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Planned {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Planned {}

struct Process {
    turnstile: Turnstile<Machine, f64>,
    /// The one request of the run that is queued, and the interactive ones.
    queued: Option<Place>,
    interactive: Vec<Place>,
    left: u32,
    unfinished: u32,
    alarm: f64,
}

struct Simulation {
    world: World,
    limiter: Limiter,
    random: Random,
    way_there: f64,
    plan: BinaryHeap<Planned>,
    order: u64,
    processes: Vec<Process>,
    finished_at: f64,
    run: Run,
}

impl Simulation {
    fn new(world: World) -> Self {
        let mut random = Random::new(world.seed.wrapping_mul(7).wrapping_add(1));
        let mut coin = |share: f64| random.between(0.0, 1.0) < share;
        let rounding = match (coin(0.3), coin(0.5)) {
            (true, _) => Rounding::Up,
            (_, true) => Rounding::Down,
            _ => Rounding::Nearest,
        };
        let (refused_count, waits_for_empty) = (coin(0.5), coin(0.3));
        let phase = random.between(0.0, 1.0);
        let details = Details {
            rounding,
            refused_count,
            waits_for_empty,
            phase,
        };
        Self {
            limiter: Limiter::new(world.model, world.capacity, world.window, details),
            way_there: random.between(0.0, 1.0),
            random,
            plan: BinaryHeap::new(),
            order: 0,
            processes: Vec::new(),
            finished_at: 0.0,
            run: Run {
                utilisation: 0.0,
                sent: 0,
                throttled: 0,
                delays: Vec::new(),
            },
            world,
        }
    }

    fn run(mut self) -> Run {
        let world = self.world;
        for index in 0..world.processes {
            let seed = world.seed.wrapping_mul(31).wrapping_add(u64::from(index));
            let start = if index == 0 {
                0.0
            } else {
                self.random.between(0.0, world.stagger)
            };
            self.processes.push(Process {
                turnstile: Turnstile::new(Machine::new(seed)),
                queued: None,
                interactive: Vec::new(),
                left: world.requests,
                unfinished: world.requests,
                alarm: start,
            });
            let process = index as usize;
            self.plan(start, Event::Wake(process));
            if world.interactive > 0.0 {
                self.plan(start, Event::Interactive(process));
            }
        }
        if world.foreign > 0.0 {
            self.plan(0.0, Event::Foreign);
        }
        while self.processes.iter().any(|process| process.unfinished > 0) {
            let Planned { at, event, .. } = self.plan.pop().expect("nothing will happen any more");
            assert!(at < 100_000.0, "the run does not end: {world:?}");
            self.happen(at, event);
        }
        let requests = world.requests * world.processes;
        self.run.utilisation = self.limiter.optimum(requests) / self.finished_at;
        self.run
    }

    fn plan(&mut self, at: f64, event: Event) {
        self.order += 1;
        self.plan.push(Planned {
            at,
            order: self.order,
            event,
        });
    }

    fn happen(&mut self, now: f64, event: Event) {
        match event {
            Event::Wake(process) => {
                // An alarm that was set anew is not for this time.
                if self.processes[process].alarm == now {
                    self.processes[process].alarm = f64::INFINITY;
                    self.send(process, now);
                }
            }
            Event::Foreign => {
                self.limiter.request(now);
                let gap = self.gap(self.world.foreign);
                self.plan(now + gap, Event::Foreign);
            }
            Event::Interactive(process) => {
                let turn = Turn::new(Lane::Interactive);
                let place = self.processes[process].turnstile.enter(turn, now);
                self.processes[process].interactive.push(place);
                let gap = self.gap(self.world.interactive);
                self.plan(now + gap, Event::Interactive(process));
                self.send(process, now);
            }
            Event::Arrive {
                process,
                number,
                lane,
                way_back,
            } => {
                let answer = self.limiter.request(now);
                self.run.sent += 1;
                self.run.throttled += u32::from(!answer.accepted);
                let reading = Reading {
                    throttled: !answer.accepted,
                    call_limit: Some(CallLimit {
                        used: answer.used,
                        limit: answer.limit,
                    }),
                    retry_after: answer.retry_after.map(f64::from),
                };
                self.plan(
                    now + way_back,
                    Event::Answer {
                        process,
                        number,
                        lane,
                        reading,
                    },
                );
            }
            Event::Answer {
                process,
                number,
                lane,
                reading,
            } => {
                let state = &mut self.processes[process];
                state
                    .turnstile
                    .governor(now)
                    .0
                    .answered(number, reading, now);
                if lane == self.world.lane {
                    if reading.throttled {
                        state.left += 1;
                    } else {
                        state.unfinished -= 1;
                        self.finished_at = now;
                    }
                }
                self.send(process, now);
            }
        }
    }

    /// Lets the process send whatever it may.
    fn send(&mut self, process: usize, now: f64) {
        loop {
            let state = &mut self.processes[process];
            if state.queued.is_none() && state.left > 0 {
                state.left -= 1;
                state.queued = Some(state.turnstile.enter(Turn::new(self.world.lane), now));
            }
            let first = state.interactive.first().copied().or(state.queued);
            let Some(place) = first else { return };
            let since = *state
                .turnstile
                .waiter(place)
                .expect("a queued request has its entry");
            match state.turnstile.step(place, now) {
                Step::Go(number) => {
                    let lane = if state.queued == Some(place) {
                        state.queued = None;
                        self.world.lane
                    } else {
                        state.interactive.remove(0);
                        self.run.delays.push(now - since);
                        Lane::Interactive
                    };
                    let (low, high) = self.world.latency;
                    // Requests that are sent together leave in any order.
                    let round_trip = self.random.between(low, high + 1e-9);
                    let way_there = round_trip * self.way_there;
                    let way_back = round_trip - way_there;
                    self.plan(
                        now + way_there,
                        Event::Arrive {
                            process,
                            number,
                            lane,
                            way_back,
                        },
                    );
                }
                Step::At(at) => {
                    assert!(at > now, "asked to ask again at once");
                    if state.alarm != at {
                        state.alarm = at;
                        self.plan(at, Event::Wake(process));
                    }
                    return;
                }
                Step::Behind => return,
            }
        }
    }

    /// The time between two random requests at this rate.
    fn gap(&mut self, rate: f64) -> f64 {
        -self.random.between(1e-9, 1.0).ln() / rate
    }
}
