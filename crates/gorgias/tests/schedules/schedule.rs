//! What is to happen, made up from a seed.

use std::time::Duration;

use gorgias_emulator::{Applied, Fault, FaultRule, catalogue};

use crate::resource::Resource;

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
    /// What happens to every request for a while, or again and again.
    pub outage: Option<Outage>,
    /// The call before which the journal is lost. Until then all is quiet for
    /// long enough that the list shows what there is, as the guide asks.
    pub lost: Option<usize>,
    /// Whether what stays in doubt is sent again after a while.
    pub resend: Option<Duration>,
}

/// A time in which the service answers nothing as it should.
#[derive(Clone, Debug)]
pub struct Outage {
    pub name: &'static str,
    pub applied: Applied,
    pub after: Duration,
    pub lasting: Duration,
    pub every: Option<Duration>,
    /// Whether requests to create are not affected, or no others.
    pub only: Option<&'static str>,
}

/// What an outage answers. None of it says what became of a request.
const OUTAGES: [&str; 12] = [
    "500",
    "502",
    "503",
    "504",
    "portal",
    "login-page",
    "200-error",
    "200-empty",
    "200-maintenance",
    "202-job",
    "read-then-close",
    "no-response",
];

/// The longest time from when a connection died to when its request is
/// applied. It has to be less than the settle time, which is assumed of the
/// service.
const LATEST: u64 = 30_000;

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
        let left_out = ["H5", "H20", "P7", "P10", "P16", "L3-null"];
        let names: Vec<_> = catalogue()
            .map(|info| info.id())
            .filter(|id| !left_out.contains(id))
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
            outage: random.chance(30).then(|| Outage::draw(&mut random)),
            lost: random.chance(20).then(|| 1 + random.below(3) as usize),
            resend: random.chance(20).then(|| random.millis(120_000)),
        }
    }
}

impl Outage {
    fn draw(random: &mut Random) -> Self {
        let lasting = 1 + random.below(LATEST);
        let flaps = random.chance(50);
        Self {
            name: OUTAGES[random.below(OUTAGES.len() as u64) as usize],
            applied: match random.below(4) {
                0 => Applied::Never,
                1 => Applied::AtOnce,
                2 => Applied::After(random.millis(20_000)),
                _ => Applied::WhenOver,
            },
            after: random.millis(40_000),
            lasting: Duration::from_millis(lasting),
            every: flaps.then(|| Duration::from_millis(lasting + 1 + random.below(20_000))),
            only: match random.below(3) {
                0 => Some("create_ticket"),
                1 => Some("list_tickets"),
                _ => None,
            },
        }
    }

    pub fn rule(&self, resource: Resource) -> FaultRule {
        let fault = Fault::named(self.name).unwrap().applied(self.applied);
        let rule = FaultRule::new(fault)
            .after(self.after)
            .lasting(self.lasting);
        let rule = match self.every {
            Some(period) => rule.every(period),
            None => rule,
        };
        match self.only {
            Some(operation) => rule.operation(resource.operation(operation)),
            None => rule,
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
