//! Simulates a [`World`], event by event.

use super::client::reading;
use super::limiter::{Details, Limiter, Rounding};
use super::plan::Plan;
use super::world::{Latency, Run, World};
use crate::pacer::automatic::Machine;
use crate::pacer::interface::Turn;
use crate::pacer::lane::Lane;
use crate::pacer::queue::Place;
use crate::pacer::random::Random;
use crate::pacer::reading::Reading;
use crate::pacer::scheduler::{Scheduler, Step};

#[derive(Clone, Copy, Debug)]
enum Event {
    /// A process starts, or its pacer has to be asked again.
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
    /// The process gets one interactive request to send.
    Interactive(usize),
}

struct Process {
    scheduler: Scheduler<Machine, f64>,
    /// The queued request of the run, and the queued interactive ones.
    queued: Option<Place>,
    interactive: Vec<Place>,
    under_way: u32,
    left: u32,
    unfinished: u32,
    timer: f64,
}

pub(super) struct Simulation {
    world: World,
    limiter: Limiter,
    random: Random,
    /// The share of a round trip that the request takes; `None` if request and
    /// answer vary independently.
    way_there: Option<f64>,
    plan: Plan<Event>,
    processes: Vec<Process>,
    run: Run,
}

impl Simulation {
    pub fn new(world: World) -> Self {
        let mut random = Random::new(world.seed.wrapping_mul(7).wrapping_add(1));
        let mut coin = |share: f64| random.between(0.0, 1.0) < share;
        let rounding = match (coin(0.3), coin(0.5)) {
            (true, _) => Rounding::Up,
            (_, true) => Rounding::Down,
            _ => Rounding::Nearest,
        };
        let (refused_count, waits_for_empty, even) = (coin(0.5), coin(0.3), coin(0.5));
        let phase = random.between(0.0, 1.0);
        let details = Details {
            rounding,
            refused_count,
            waits_for_empty,
            phase,
        };
        Self {
            limiter: Limiter::new(world.model, world.capacity, world.window, details),
            way_there: even.then(|| random.between(0.0, 1.0)),
            random,
            plan: Plan::new(),
            processes: Vec::new(),
            run: Run::default(),
            world,
        }
    }

    pub fn run(mut self) -> Run {
        let world = self.world;
        for index in 0..world.processes {
            let seed = world.seed.wrapping_mul(31).wrapping_add(u64::from(index));
            let start = if index == 0 {
                0.0
            } else {
                self.random.between(0.0, world.stagger)
            };
            self.processes.push(Process {
                scheduler: Scheduler::new(Machine::new(seed), seed),
                queued: None,
                interactive: Vec::new(),
                under_way: 0,
                left: world.requests,
                unfinished: world.requests,
                timer: start,
            });
            let process = index as usize;
            self.plan.add(start, Event::Wake(process));
            if world.interactive > 0.0 {
                self.plan.add(start, Event::Interactive(process));
            }
        }
        if world.foreign > 0.0 {
            self.plan.add(0.0, Event::Foreign);
        }
        while self.processes.iter().any(|process| process.unfinished > 0) {
            let (at, event) = self.plan.pop().expect("nothing will happen any more");
            assert!(at < 100_000.0, "the run does not end: {world:?}");
            self.happen(at, event);
        }
        let requests = world.requests * world.processes;
        self.run.utilisation = self.limiter.optimum(requests) / self.run.took;
        self.run
    }

    fn happen(&mut self, now: f64, event: Event) {
        match event {
            Event::Wake(process) => {
                // A timer that was set anew is not for this time.
                if self.processes[process].timer == now {
                    self.processes[process].timer = f64::INFINITY;
                    self.send(process, now);
                }
            }
            Event::Foreign => {
                self.limiter.request(now);
                let gap = self.gap(self.world.foreign);
                self.plan.add(now + gap, Event::Foreign);
            }
            Event::Interactive(process) => {
                let turn = Turn::new(Lane::Interactive);
                let place = self.processes[process].scheduler.enter(turn, now);
                self.processes[process].interactive.push(place);
                let gap = self.gap(self.world.interactive);
                self.plan.add(now + gap, Event::Interactive(process));
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
                let mut reading = reading(answer);
                reading.reported = reading.reported.filter(|_| self.world.headers);
                self.plan.add(
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
                state.scheduler.answered(number, reading, now);
                if lane == self.world.lane {
                    state.under_way -= 1;
                    if reading.throttled {
                        state.left += 1;
                    } else {
                        state.unfinished -= 1;
                        self.run.took = now;
                    }
                }
                self.send(process, now);
            }
        }
    }

    /// Lets the process send every request that it may.
    fn send(&mut self, process: usize, now: f64) {
        loop {
            self.queue(process, now);
            let state = &self.processes[process];
            let heads = [state.interactive.first().copied(), state.queued];
            let mut heads = heads.into_iter().flatten();
            if !heads.any(|place| self.ask(process, place, now)) {
                return;
            }
        }
    }

    /// Queues the next request of the run, if a worker is free.
    fn queue(&mut self, process: usize, now: f64) {
        let World { workers, lane, .. } = self.world;
        let state = &mut self.processes[process];
        if state.queued.is_none() && state.left > 0 && state.under_way < workers {
            state.left -= 1;
            state.under_way += 1;
            state.queued = Some(state.scheduler.enter(Turn::new(lane), now));
        }
    }

    /// Asks whether a request may be sent, and sends it.
    fn ask(&mut self, process: usize, place: Place, now: f64) -> bool {
        let state = &mut self.processes[process];
        let since = *state
            .scheduler
            .waiter(place)
            .expect("a queued request has its entry");
        let number = match state.scheduler.step(place, now) {
            Step::Go(number) => number,
            Step::At(at) => {
                assert!(at > now, "asked to ask again at once");
                self.run.waits += 1;
                if state.timer != at {
                    state.timer = at;
                    self.plan.add(at, Event::Wake(process));
                }
                return false;
            }
            Step::Behind => return false,
        };
        let lane = if state.queued == Some(place) {
            state.queued = None;
            self.world.lane
        } else {
            state.interactive.remove(0);
            self.run.delays.push(now - since);
            Lane::Interactive
        };
        let (way_there, way_back) = self.ways();
        self.plan.add(
            now + way_there,
            Event::Arrive {
                process,
                number,
                lane,
                way_back,
            },
        );
        true
    }

    /// Returns how long a request travels, and its answer.
    fn ways(&mut self) -> (f64, f64) {
        match self.way_there {
            Some(share) => {
                let round_trip = self.round_trip();
                (round_trip * share, round_trip * (1.0 - share))
            }
            None => (0.5 * self.round_trip(), 0.5 * self.round_trip()),
        }
    }

    fn round_trip(&mut self) -> f64 {
        let round_trip = match self.world.latency {
            Latency::Between(low, high) => self.random.between(low, high),
            Latency::Mostly(low, high) if self.random.between(0.0, 1.0) < 0.03 => {
                self.random.between(low, high)
            }
            Latency::Mostly(low, _) => low,
        };
        // Requests that are sent together arrive in any order.
        round_trip + self.random.between(0.0, 1e-9)
    }

    /// Returns the time between two random requests at this rate.
    fn gap(&mut self, rate: f64) -> f64 {
        -self.random.between(1e-9, 1.0).ln() / rate
    }
}
