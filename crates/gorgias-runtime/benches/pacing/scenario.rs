//! The scenarios that the clients run.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::client::{Client, Process};
use crate::limiter::{Details, Limiter, Model, Rounding};

/// The requests of each process.
const REQUESTS: u32 = 600;

pub struct Scenario {
    pub name: &'static str,
    model: Model,
    capacity: u32,
    window: u32,
    processes: u32,
    /// The requests per second of other clients.
    foreign: f64,
}

const fn scenario(name: &'static str, model: Model, capacity: u32, window: u32) -> Scenario {
    Scenario {
        name,
        model,
        capacity,
        window,
        processes: 1,
        foreign: 0.0,
    }
}

pub const SCENARIOS: &[Scenario] = &[
    scenario("leaky 40/20", Model::Leaky, 40, 20),
    scenario("leaky 80/20", Model::Leaky, 80, 20),
    scenario("leaky 40/10", Model::Leaky, 40, 10),
    scenario("leaky 80/10", Model::Leaky, 80, 10),
    scenario("fixed 40/20", Model::Fixed, 40, 20),
    scenario("fixed 80/20", Model::Fixed, 80, 20),
    scenario("sliding 40/20", Model::Sliding, 40, 20),
    scenario("sliding 80/20", Model::Sliding, 80, 20),
    Scenario {
        processes: 2,
        ..scenario("leaky 40/20, 2 processes", Model::Leaky, 40, 20)
    },
    Scenario {
        processes: 4,
        ..scenario("leaky 40/20, 4 processes", Model::Leaky, 40, 20)
    },
    Scenario {
        foreign: 0.3,
        ..scenario("leaky 40/20, foreign 0.3/s", Model::Leaky, 40, 20)
    },
];

pub struct Result {
    /// The least possible time as a share of the time it took.
    pub utilisation: f64,
    /// The refused of a thousand requests.
    pub refused: f64,
}

/// The account that all processes share.
struct Account {
    limiter: Mutex<Limiter>,
    started: Instant,
    sent: AtomicU32,
    refused: AtomicU32,
}

impl Scenario {
    pub fn run(&self, client: Client, seed: u64) -> Result {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime without input or output can always be made");
        runtime.block_on(self.simulate(client, seed))
    }

    async fn simulate(&self, client: Client, seed: u64) -> Result {
        let details = Details {
            rounding: [Rounding::Up, Rounding::Down, Rounding::Nearest][seed as usize % 3],
            // If refused requests counted, the clients without a pacer would
            // never finish.
            refused_count: false,
            waits_for_empty: false,
            phase: unit(seed, 0),
        };
        let limiter = Limiter::new(self.model, self.capacity, self.window, details);
        let optimum = limiter.optimum(REQUESTS * self.processes);
        let account = Arc::new(Account {
            limiter: Mutex::new(limiter),
            started: Instant::now(),
            sent: AtomicU32::new(0),
            refused: AtomicU32::new(0),
        });
        if self.foreign > 0.0 {
            tokio::spawn(strangers(Arc::clone(&account), self.foreign, seed));
        }
        let mut workers = JoinSet::new();
        for number in 0..self.processes {
            let process = Arc::new(client.process(seed * 31 + u64::from(number)));
            let left = Arc::new(AtomicU32::new(REQUESTS));
            for _ in 0..client.workers() {
                workers.spawn(work(
                    Arc::clone(&account),
                    Arc::clone(&process),
                    Arc::clone(&left),
                    seed,
                ));
            }
        }
        while workers.join_next().await.is_some() {}
        let count = |counter: &AtomicU32| f64::from(counter.load(Ordering::Relaxed));
        Result {
            utilisation: optimum / account.started.elapsed().as_secs_f64(),
            refused: 1_000.0 * count(&account.refused) / count(&account.sent),
        }
    }
}

/// Sends one request after the other until none is left.
async fn work(account: Arc<Account>, process: Arc<Process>, left: Arc<AtomicU32>, seed: u64) {
    let take = |left: u32| left.checked_sub(1);
    while left
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
        .is_ok()
    {
        let mut again = false;
        loop {
            let slot = process.turn(again).await;
            let number = u64::from(account.sent.fetch_add(1, Ordering::Relaxed));
            let round_trip = 0.05 + 0.25 * unit(seed, 2 * number);
            let way_there = round_trip * unit(seed, 2 * number + 1);
            sleep(Duration::from_secs_f64(way_there)).await;
            let answer = account.request();
            sleep(Duration::from_secs_f64(round_trip - way_there)).await;
            process.answered(slot, answer).await;
            if answer.accepted {
                break;
            }
            account.refused.fetch_add(1, Ordering::Relaxed);
            again = true;
        }
    }
}

/// Sends the requests of other clients, at random moments.
async fn strangers(account: Arc<Account>, rate: f64, seed: u64) {
    for number in 0.. {
        let gap = -(1.0 - unit(seed ^ 0xf0e1, number)).ln() / rate;
        sleep(Duration::from_secs_f64(gap)).await;
        account.request();
    }
}

impl Account {
    fn request(&self) -> crate::limiter::Answer {
        let at = self.started.elapsed().as_secs_f64();
        self.limiter
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .request(at)
    }
}

/// Returns a pseudo-random number from 0 to 1.
fn unit(seed: u64, number: u64) -> f64 {
    let mut mixed = seed.wrapping_mul(0xd134_2543_de82_ef95) ^ number.wrapping_add(1);
    for _ in 0..3 {
        mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}
