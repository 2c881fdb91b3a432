//! Random schedules: whatever happens, the pacer goes on and does not spin.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;

use super::limiter::{Details, Limiter, Model, Rounding};
use crate::pacer::automatic::Machine;
use crate::pacer::governor::{CallLimit, Governor, Reading};
use crate::pacer::interface::Turn;
use crate::pacer::lane::Lane;
use crate::pacer::queue::Place;
use crate::pacer::random::Random;
use crate::pacer::turnstile::{Step, Turnstile};

/// Three tests with this many schedules each.
const SCHEDULES: u32 = 34_000;
/// The longest time without a slot for anybody, in seconds: a pause of 120 and
/// its jitter, and then a limit of one request per 20 seconds, shared.
const LONGEST_WAIT: f64 = 240.0;

/// Something that happens to a client, so many milliseconds after the last thing.
#[derive(Clone, Copy, Debug)]
struct Happening {
    after: u32,
    what: What,
}

#[derive(Clone, Copy, Debug)]
enum What {
    /// Requests want to be sent.
    Enter { lane: Lane, count: u8 },
    /// The last that came gives up.
    GiveUp,
    /// Others use the account.
    Foreign(u8),
    /// From now on, answers are like this.
    Answers(Answers),
}

#[derive(Clone, Copy, Debug)]
enum Answers {
    Honest,
    /// No header at all.
    Silent,
    /// Any header, and now and then a 429 that asks for any wait.
    Hostile(u64),
    /// They do not come.
    Lost,
    /// The requests are not even sent.
    NotSent,
}

fn happening() -> impl Strategy<Value = Happening> {
    let lane = prop_oneof![Just(Lane::Interactive), Just(Lane::Bulk)];
    let answers = prop_oneof![
        4 => Just(Answers::Honest),
        1 => Just(Answers::Silent),
        1 => any::<u64>().prop_map(Answers::Hostile),
        1 => Just(Answers::Lost),
        1 => Just(Answers::NotSent),
    ];
    let what = prop_oneof![
        6 => (lane, 1_u8..12).prop_map(|(lane, count)| What::Enter { lane, count }),
        1 => Just(What::GiveUp),
        2 => (1_u8..60).prop_map(What::Foreign),
        2 => answers.prop_map(What::Answers),
    ];
    let after = prop_oneof![4 => 0_u32..2_000, 1 => 0_u32..60_000];
    (after, what).prop_map(|(after, what)| Happening { after, what })
}

fn limiter(model: Model) -> impl Strategy<Value = Limiter> {
    let capacity = prop_oneof![Just(40), Just(80), 1_u32..200];
    let window = prop_oneof![Just(10), Just(20), 1_u32..60];
    let rounding = prop_oneof![
        Just(Rounding::Up),
        Just(Rounding::Down),
        Just(Rounding::Nearest)
    ];
    (capacity, window, rounding, any::<[bool; 2]>(), 0.0..1.0_f64).prop_map(
        move |(capacity, window, rounding, [refused_count, waits_for_empty], phase)| {
            let details = Details {
                rounding,
                refused_count,
                waits_for_empty,
                phase,
            };
            Limiter::new(model, capacity, window, details)
        },
    )
}

/// A client with its pacer, and the answers that are under way.
struct Client {
    turnstile: Turnstile<Machine, ()>,
    limiter: Limiter,
    random: Random,
    answers: Answers,
    waiting: Vec<(Place, Lane)>,
    coming: Vec<(f64, u64, Reading)>,
    /// When the first of a lane was told to ask again.
    alarm: Option<f64>,
    now: f64,
    last_slot: f64,
    slots: u32,
    /// Alarms that went off for nothing.
    idle_alarms: u32,
    events: u32,
}

impl Client {
    fn new(limiter: Limiter, seed: u64) -> Self {
        Self {
            turnstile: Turnstile::new(Machine::new(seed)),
            limiter,
            random: Random::new(seed),
            answers: Answers::Honest,
            waiting: Vec::new(),
            coming: Vec::new(),
            alarm: None,
            now: 0.0,
            last_slot: 0.0,
            slots: 0,
            idle_alarms: 0,
            events: 0,
        }
    }

    fn happen(&mut self, what: What) {
        self.events += 1;
        match what {
            What::Enter { lane, count } => {
                if self.waiting.is_empty() {
                    self.last_slot = self.now;
                }
                for _ in 0..count {
                    let place = self.turnstile.enter(Turn::new(lane), ());
                    self.waiting.push((place, lane));
                }
            }
            What::GiveUp => {
                if let Some((place, _)) = self.waiting.pop() {
                    self.turnstile.leave(place);
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

    /// Lets time pass, with everything that happens by itself.
    fn pass(&mut self, until: f64) {
        loop {
            let answer = self
                .coming
                .iter()
                .map(|coming| coming.0)
                .fold(f64::INFINITY, f64::min);
            let alarm = self.alarm.unwrap_or(f64::INFINITY);
            let next = answer.min(alarm);
            if next > until {
                self.now = self.now.max(until);
                return;
            }
            self.now = next;
            if answer <= alarm {
                let index = self.coming.iter().position(|coming| coming.0 == answer);
                let (_, number, reading) = self.coming.swap_remove(index.expect("just found"));
                self.turnstile
                    .governor(self.now)
                    .0
                    .answered(number, reading, next);
                self.events += 1;
                self.take_turns();
            } else {
                let before = self.slots;
                self.take_turns();
                self.idle_alarms += u32::from(self.slots == before);
            }
        }
    }

    /// Asks for everybody who may be next, until nobody is.
    fn take_turns(&mut self) {
        self.alarm = None;
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
            self.waiting.is_empty() || self.alarm.is_some(),
            "nobody has a timer"
        );
    }

    fn ask(&mut self) -> Option<u64> {
        for lane in [Lane::Interactive, Lane::Bulk] {
            let Some(index) = self.waiting.iter().position(|waiting| waiting.1 == lane) else {
                continue;
            };
            match self.turnstile.step(self.waiting[index].0, self.now) {
                Step::Go(number) => {
                    self.waiting.remove(index);
                    return Some(number);
                }
                Step::At(at) => {
                    assert!(at > self.now && at.is_finite(), "{at} at {}", self.now);
                    self.alarm = Some(self.alarm.map_or(at, |alarm| alarm.min(at)));
                }
                Step::Behind => {}
            }
        }
        None
    }

    fn send(&mut self, number: u64) {
        let (governor, now) = self.turnstile.governor(self.now);
        let mut reading = match self.answers {
            Answers::Lost => return governor.unanswered(number, now),
            Answers::NotSent => return governor.take_back(number, now),
            Answers::Silent => Reading::default(),
            Answers::Honest | Answers::Hostile(_) => {
                let answer = self.limiter.request(self.now);
                Reading {
                    throttled: !answer.accepted,
                    call_limit: Some(CallLimit {
                        used: answer.used,
                        limit: answer.limit,
                    }),
                    retry_after: answer.retry_after.map(f64::from),
                }
            }
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

/// Whatever a header may say that can be read at all.
fn hostile(seed: u64) -> Reading {
    let mut random = Random::new(seed);
    let limit = 10.0_f64.powf(random.between(0.0, 6.0)) as u32;
    let used = random.between(0.0, 2.0 * f64::from(limit)) as u32;
    let throttled = random.between(0.0, 1.0) < 0.02;
    let retry_after = [None, Some(0.0), Some(1.0), Some(1e300), Some(f64::INFINITY)];
    let wait = random.between(0.0, 5.0) as usize;
    Reading {
        throttled,
        call_limit: Some(CallLimit {
            used,
            limit: limit.max(1),
        }),
        retry_after: retry_after[wait],
    }
}

fn check(limiter: Limiter, schedule: &[Happening], seed: u64) {
    let mut client = Client::new(limiter, seed);
    for happening in schedule {
        client.pass(client.now + f64::from(happening.after) / 1_000.0);
        client.happen(happening.what);
    }
    client.answers = Answers::Honest;
    let end = client.now + 50_000.0;
    while !client.waiting.is_empty() && client.now < end {
        client.pass(client.now + 60.0);
    }
    assert!(
        client.waiting.is_empty(),
        "{} never had their turn",
        client.waiting.len()
    );
    // An alarm may go off early when the limit or the company has changed; that
    // must not become a habit.
    let allowed = 50 + client.events + 2 * client.now as u32;
    assert!(
        client.idle_alarms <= allowed,
        "{} idle alarms",
        client.idle_alarms
    );
}

/// Many small cases: the cheaper generator halves the time.
fn config() -> ProptestConfig {
    ProptestConfig {
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::with_cases(SCHEDULES)
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_schedule_gets_through_a_leaky_bucket(
        limiter in limiter(Model::Leaky),
        schedule in vec(happening(), 1..10),
        seed: u64,
    ) {
        check(limiter, &schedule, seed);
    }

    #[test]
    fn any_schedule_gets_through_a_fixed_window(
        limiter in limiter(Model::Fixed),
        schedule in vec(happening(), 1..10),
        seed: u64,
    ) {
        check(limiter, &schedule, seed);
    }

    #[test]
    fn any_schedule_gets_through_a_sliding_window(
        limiter in limiter(Model::Sliding),
        schedule in vec(happening(), 1..10),
        seed: u64,
    ) {
        check(limiter, &schedule, seed);
    }
}
