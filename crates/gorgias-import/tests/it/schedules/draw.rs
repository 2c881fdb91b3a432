//! Makes a schedule from a seed.

use std::time::Duration;

use gorgias_emulator::{Applied, Fault, FaultRule, catalogue};

/// The SplitMix64 generator.
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn millis(&mut self, most: u64) -> Duration {
        Duration::from_millis(self.below(most + 1))
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

/// A schedule: all that happens to one import.
#[derive(Debug)]
pub struct Schedule {
    pub seed: u64,
    /// The faults of the service, from the first run on.
    pub faults: Vec<FaultRule>,
    /// The runs of the import.
    pub runs: Vec<Run>,
    /// The number of lines of the whole input.
    pub lines: usize,
}

/// One run of the import, in a process of its own.
#[derive(Debug)]
pub struct Run {
    /// What happens to the journal before the run.
    pub journal: JournalFate,
    /// The pause before the run.
    pub rest: Duration,
    /// The lines of its input, in order.
    pub lines: Vec<usize>,
    /// How far the machine's clock is off, in seconds.
    pub clock: i64,
    pub concurrency: usize,
    /// The time after which the run is killed, if it is.
    pub killed: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalFate {
    Intact,
    /// It is restored to its state when an earlier run was killed.
    Stale,
    Lost,
}

/// Long enough for every earlier request to be over, applied and listed.
const QUIET: Duration = Duration::from_secs(120);

/// The answers of an outage. None of them tells whether a request was applied.
const OUTAGES: [&str; 10] = [
    "500",
    "502",
    "503",
    "504",
    "login-page",
    "200-error",
    "200-empty",
    "200-maintenance",
    "202-job",
    "read-then-close",
];

const DAY: i64 = 24 * 60 * 60;

impl Schedule {
    pub fn from_seed(seed: u64) -> Self {
        let random = &mut Random(seed);
        let lines = 8 + random.below(17) as usize;
        let mut faults = Vec::new();
        if random.chance(40) {
            faults.push(outage(random));
        }
        faults.extend(luck(random, "create_ticket", 15, 60));
        faults.extend(luck(random, "list_tickets", 12, 40));
        faults.extend(luck(random, "get_ticket", 6, 40));
        let runs = (0..1 + random.below(4)).map(|run| Run::draw(random, lines, run == 0));
        let runs = runs.collect();
        Self {
            seed,
            faults,
            runs,
            lines,
        }
    }
}

impl Run {
    fn draw(random: &mut Random, lines: usize, first: bool) -> Self {
        let journal = match random.below(4) {
            _ if first => JournalFate::Intact,
            0 => JournalFate::Stale,
            1 => JournalFate::Lost,
            _ => JournalFate::Intact,
        };
        Self {
            journal,
            // A restored or lost journal can't tell which tickets are still to
            // appear, as the guide says.
            rest: match journal {
                JournalFate::Intact => random.millis(30_000),
                JournalFate::Stale | JournalFate::Lost => QUIET,
            },
            lines: input(random, lines),
            clock: match random.below(4) {
                0 => DAY,
                1 => -DAY,
                2 => random.below(1_200) as i64 - 600,
                _ => 0,
            },
            concurrency: 1 + random.below(6) as usize,
            killed: random.chance(70).then(|| random.millis(30_000)),
        }
    }
}

/// Draws an input: all lines or some of them, in order or shuffled.
fn input(random: &mut Random, lines: usize) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..lines).collect();
    if random.chance(30) {
        numbers.retain(|_| random.chance(40));
    }
    if random.chance(40) {
        random.shuffle(&mut numbers);
    }
    numbers
}

fn applied(random: &mut Random) -> Applied {
    match random.below(3) {
        0 => Applied::Never,
        1 => Applied::AtOnce,
        _ => Applied::After(random.millis(20_000)),
    }
}

fn outage(random: &mut Random) -> FaultRule {
    let name = OUTAGES[random.below(OUTAGES.len() as u64) as usize];
    let applied = match random.chance(30) {
        true => Applied::WhenOver,
        false => applied(random),
    };
    let fault = Fault::named(name).unwrap().applied(applied);
    let lasting = 1 + random.below(30_000);
    let rule = FaultRule::new(fault)
        .after(random.millis(10_000))
        .lasting(Duration::from_millis(lasting));
    let rule = match random.chance(50) {
        true => rule.every(Duration::from_millis(lasting + 1 + random.below(20_000))),
        false => rule,
    };
    match random.chance(50) {
        true => rule.operation("create_ticket"),
        false => rule,
    }
}

/// Draws what happens to the next requests for an operation.
fn luck(random: &mut Random, operation: &str, requests: u64, percent: u64) -> Vec<FaultRule> {
    // Left out are faults that change a ticket's external id, which isn't about
    // delivery, and a rate limit that never ends.
    let left_out = ["H5", "H20", "P7", "P10", "P16", "L3-null"];
    let names: Vec<_> = catalogue()
        .map(|info| info.id())
        .filter(|id| !left_out.contains(id))
        .collect();
    let mut rule = || {
        let fault = match random.chance(percent) {
            true => Fault::named(names[random.below(names.len() as u64) as usize]).unwrap(),
            false => Fault::none(),
        };
        let fault = fault
            .applied(applied(random))
            .latency(random.millis(2_000))
            .response_latency(random.millis(2_000))
            .visibility_lag(random.millis(20_000));
        FaultRule::new(fault).operation(operation)
    };
    (0..requests).map(|_| rule()).collect()
}
