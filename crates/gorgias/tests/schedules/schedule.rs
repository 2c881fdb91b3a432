//! What is to happen, made up from a seed.

use std::time::Duration;

use gorgias_emulator::{Applied, Fault, FaultRule, catalogue};

/// The SplitMix64 generator.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }

    pub fn millis(&mut self, most: u64) -> Duration {
        Duration::from_millis(self.below(most + 1))
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// One day of bad luck.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// What happens to the requests to create, in order. Then all is well.
    pub creates: Vec<Luck>,
    /// The same for looking and reading.
    pub reads: Vec<Luck>,
    /// For each call, when its caller loses patience, and how long it takes
    /// until the next call.
    pub calls: Vec<(Option<Duration>, Duration)>,
    /// Whether a crash, and not a drop, ends the calls that are cut short.
    pub crashes: bool,
}

/// What happens to one request.
#[derive(Clone, Debug)]
pub struct Luck {
    pub name: Option<&'static str>,
    pub applied: Applied,
    pub latency: Duration,
    pub response_latency: Duration,
    pub visibility_lag: Duration,
}

impl Schedule {
    pub fn from_seed(seed: u64) -> Self {
        let mut random = Random(seed);
        // What changes a ticket's external id is not about delivery, and a
        // limit that never ends leaves nothing to look at.
        let left_out = ["H5", "H20", "P10", "P16"];
        let names: Vec<_> = catalogue()
            .map(|info| info.id())
            .filter(|id| !left_out.contains(id) && !id.starts_with('L') && !id.starts_with("H22"))
            .collect();
        let luck = |random: &mut Random, percent| {
            let name = random.chance(percent).then(|| {
                let index = random.below(names.len() as u64) as usize;
                names[index]
            });
            Luck {
                name,
                applied: match random.below(3) {
                    0 => Applied::Never,
                    1 => Applied::AtOnce,
                    _ => Applied::After(random.millis(20_000)),
                },
                latency: random.millis(2_000),
                response_latency: random.millis(2_000),
                visibility_lag: random.millis(20_000),
            }
        };
        let creates = (0..random.below(4) + 1)
            .map(|_| luck(&mut random, 85))
            .collect();
        let reads = (0..random.below(8))
            .map(|_| luck(&mut random, 40))
            .collect();
        let calls = (0..3)
            .map(|_| {
                let patience = random.chance(40).then(|| random.millis(40_000));
                (patience, random.millis(30_000))
            })
            .collect();
        Self {
            creates,
            reads,
            calls,
            crashes: random.chance(30),
        }
    }
}

impl Luck {
    pub fn rule(&self) -> FaultRule {
        let fault = self
            .name
            .map_or_else(Fault::none, |name| Fault::named(name).unwrap());
        let fault = fault
            .applied(self.applied)
            .latency(self.latency)
            .response_latency(self.response_latency)
            .visibility_lag(self.visibility_lag);
        FaultRule::new(fault)
    }
}
