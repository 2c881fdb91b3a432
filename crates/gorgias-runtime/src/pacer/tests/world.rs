//! The settings of a simulation: processes that share one account.

use super::limiter::Model;
use super::simulation::Simulation;
use crate::pacer::lane::Lane;

/// The documented limits: requests and seconds.
pub(super) const LIMITS: [(u32, u32); 4] = [(40, 20), (80, 20), (40, 10), (80, 10)];
pub(super) const MODELS: [Model; 3] = [Model::Leaky, Model::Fixed, Model::Sliding];
pub(super) const LANES: [Lane; 2] = [Lane::Interactive, Lane::Bulk];
pub(super) const LATENCIES: [Latency; 6] = [
    Latency::Between(0.0, 0.0),
    Latency::Between(0.05, 0.3),
    Latency::Between(0.0, 0.5),
    Latency::Between(0.25, 0.25),
    Latency::Between(0.5, 0.5),
    Latency::Mostly(0.05, 0.5),
];

/// A simulation. Every process sends its requests as fast as its pacer allows.
#[derive(Clone, Copy, Debug)]
pub(super) struct World {
    pub model: Model,
    pub capacity: u32,
    pub window: u32,
    /// Requests per process.
    pub requests: u32,
    pub processes: u32,
    /// The most requests of one process under way together.
    pub workers: u32,
    /// The processes start within this many seconds.
    pub stagger: f64,
    pub lane: Lane,
    pub latency: Latency,
    /// Whether answers report the use.
    pub headers: bool,
    /// The requests per second of other clients.
    pub foreign: f64,
    /// The interactive requests per second in each process, in addition to its
    /// own.
    pub interactive: f64,
    pub seed: u64,
}

/// How long a round trip takes, in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Latency {
    /// Evenly distributed between two bounds.
    Between(f64, f64),
    /// Mostly the first, sometimes up to the second.
    Mostly(f64, f64),
}

impl Latency {
    pub fn mean(self) -> f64 {
        match self {
            Self::Between(low, high) => 0.5 * (low + high),
            Self::Mostly(low, _) => low,
        }
    }
}

/// The result of a simulation.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The least possible time as a share of the time it took, 1 at best.
    pub utilisation: f64,
    /// Seconds until the last answer.
    pub took: f64,
    pub sent: u32,
    pub throttled: u32,
    /// The decisions of the pacer to wait.
    pub waits: u32,
    /// How long the interactive requests waited for their slots.
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
            workers: u32::MAX,
            stagger: 0.0,
            lane: Lane::Interactive,
            latency: Latency::Between(0.05, 0.3),
            headers: true,
            foreign: 0.0,
            interactive: 0.0,
            seed: 0,
        }
    }

    pub fn run(self) -> Run {
        Simulation::new(self).run()
    }
}
