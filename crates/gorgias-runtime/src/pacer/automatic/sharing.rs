//! Sharing the account with traffic that is not ours.

use super::model::{LONG, Model};

/// Notices foreign traffic, and sets a pace that leaves room for it.
///
/// Every process on the account sees the same level. Each sets its own rate from
/// that level alone, by the same law, so all of them get the same share and the
/// level settles where their rates add up to what the account allows. Nothing
/// else has to be exchanged, and the bucket never runs dry.
#[derive(Debug)]
pub(super) struct Sharing {
    /// Foreign requests noticed lately; fades with time.
    score: f64,
    scored_at: f64,
    active: bool,
    since: f64,
    /// Sends that may be made at once; negative while the pace is owed.
    credit: f64,
    credited_at: f64,
}

/// How the rate falls with the level.
struct Law {
    /// The share of the limit in use at which a process alone sends at the full rate.
    knee: f64,
    /// Each further share of this size halves the rate.
    halving: f64,
}

impl Sharing {
    /// Seconds in which a notice fades to a third.
    const FADE: f64 = 20.0;
    /// Foreign requests that begin, and fewer that end the sharing.
    const ENTER: f64 = 2.0;
    const LEAVE: f64 = 0.7;
    /// More than this is not remembered, so that sharing can end.
    const MOST: f64 = 8.0;
    /// Bounds of the pace, as a share of the full rate.
    const FASTEST: f64 = 1.5;
    const SLOWEST: f64 = 1.0 / 12.0;
    /// Sends that a person's request may be ahead of the pace.
    pub const MOST_AHEAD: f64 = 3.0;

    pub fn new() -> Self {
        Self {
            score: 0.0,
            scored_at: 0.0,
            active: false,
            since: 0.0,
            credit: 0.0,
            credited_at: 0.0,
        }
    }

    pub fn active(&self) -> bool {
        self.active
    }

    pub fn score(&mut self, now: f64) -> f64 {
        self.score *= (-(now - self.scored_at).max(0.0) / Self::FADE).exp();
        self.scored_at = self.scored_at.max(now);
        self.score
    }

    /// Notes foreign requests or, negative, fewer than was thought.
    pub fn note(&mut self, now: f64, requests: f64) {
        self.score = (self.score(now) + requests).clamp(-Self::MOST, Self::MOST);
        let enough = if self.active {
            Self::LEAVE
        } else {
            Self::ENTER
        };
        let shared = self.score > enough;
        if shared && !self.active {
            self.since = now;
            // Nobody may be ahead of the pace at first: the others begin just now, too.
            self.credit = -2.0;
            self.credited_at = now;
        }
        self.active = shared;
    }

    /// Others were there before us, and are likely to stay.
    pub fn joined(&mut self, now: f64) {
        self.note(now, 2.0 * Self::ENTER);
    }

    /// A throttled request: somebody is there, whatever was counted. When the
    /// pause is over, one request may go at once.
    pub fn throttled(&mut self, now: f64, pause_ends: f64) {
        let missing = 2.0 * Self::ENTER - self.score(now);
        self.note(now, missing.max(0.0));
        self.since = now;
        self.credit = 0.0;
        self.credited_at = pause_ends;
    }

    /// The surplus was not foreign traffic that ended, but a faster leak.
    pub fn forget_surplus(&mut self) {
        self.score = self.score.max(0.0);
    }

    /// Requests per second when this share of the limit is used.
    pub fn pace(&self, rate: f64, limit: f64, used: f64, model: Model, now: f64) -> f64 {
        // The room for surprises is a number of requests rather than a share, and
        // what is sent until the next answer comes.
        let knee = (0.8 - (14.0 + 2.0 * rate) / limit).clamp(0.35, 0.6);
        let law = match model {
            Model::Leaky => Law { knee, halving: 0.1 },
            // Under a window a low level is throughput lost, under a bucket it is
            // not; so the unknown limiter is tried a little higher with time.
            Model::Unknown => Law {
                knee: knee + (0.005 * (now - self.since)).min(0.1),
                halving: 0.1,
            },
            Model::Window { .. } => Law {
                knee: 0.8,
                halving: 0.06,
            },
        };
        let share = (-(used - law.knee) / law.halving)
            .exp2()
            .clamp(Self::SLOWEST, Self::FASTEST);
        (rate * share).max(1.0 / LONG)
    }

    /// When the next send may be made at this pace, `ahead` of it by some sends.
    pub fn ready_at(&mut self, now: f64, pace: f64, ahead: f64) -> f64 {
        self.credit = (self.credit + pace * (now - self.credited_at).max(0.0)).min(0.0);
        self.credited_at = self.credited_at.max(now);
        now + (-self.credit - ahead).max(0.0) / pace
    }

    /// Takes one send off, `jitter` (about 1) times: processes must not march in step.
    pub fn spend(&mut self, jitter: f64) {
        self.credit -= jitter;
    }

    pub fn give_back(&mut self) {
        self.credit = (self.credit + 1.0).min(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_clients_are_noticed_and_forgotten() {
        let mut sharing = Sharing::new();
        sharing.note(0.0, 1.5);
        assert!(!sharing.active());
        sharing.note(1.0, 1.0);
        assert!(sharing.active());
        sharing.note(10.0, 0.0);
        assert!(sharing.active());
        sharing.note(60.0, 0.0);
        assert!(!sharing.active());
    }

    #[test]
    fn rare_foreign_requests_change_nothing() {
        let mut sharing = Sharing::new();
        for minute in 0_u32..60 {
            sharing.note(f64::from(minute) * 60.0, 1.5);
            assert!(!sharing.active());
        }
    }

    #[test]
    fn the_fuller_the_slower_within_bounds() {
        let sharing = Sharing::new();
        for model in [Model::Leaky, Model::Unknown, Model::Window { long: true }] {
            let paces: Vec<f64> = (0_u32..=20)
                .map(|step| sharing.pace(2.0, 40.0, f64::from(step) / 20.0, model, 0.0))
                .collect();
            assert!(
                paces.is_sorted_by(|before, after| before >= after),
                "{paces:?}"
            );
            assert_eq!(paces.first(), Some(&3.0));
            assert!(paces.last().is_some_and(|pace| (0.1..0.3).contains(pace)));
        }
    }

    #[test]
    fn processes_that_see_the_same_level_share_evenly_at_the_full_rate() {
        let sharing = Sharing::new();
        for processes in [1.0, 2.0, 4.0, 8.0] {
            // The bucket fills until the rates add up to its leak.
            let mut level = 0.0;
            for _ in 0..10_000 {
                let pace = sharing.pace(2.0, 40.0, level / 40.0, Model::Leaky, 0.0);
                level = (level + 0.1 * (processes * pace - 2.0)).max(0.0);
            }
            let total = processes * sharing.pace(2.0, 40.0, level / 40.0, Model::Leaky, 0.0);
            assert!((total - 2.0).abs() < 0.01, "{total}");
            assert!((10.0..30.0).contains(&level), "{level}");
        }
    }

    #[test]
    fn the_pace_is_kept_and_a_person_may_be_ahead_of_it() {
        let mut sharing = Sharing::new();
        sharing.note(0.0, 5.0);
        assert_eq!(sharing.ready_at(0.0, 1.0, 0.0), 2.0);
        assert_eq!(sharing.ready_at(3.0, 1.0, 0.0), 3.0);
        sharing.spend(1.0);
        assert_eq!(sharing.ready_at(3.0, 1.0, 0.0), 4.0);
        assert_eq!(sharing.ready_at(3.0, 1.0, 2.0), 3.0);
        sharing.give_back();
        assert_eq!(sharing.ready_at(3.0, 1.0, 0.0), 3.0);
    }

    #[test]
    fn after_a_pause_one_request_goes_at_once() {
        let mut sharing = Sharing::new();
        sharing.throttled(10.0, 30.0);
        assert!(sharing.active());
        assert_eq!(sharing.ready_at(30.0, 0.2, 0.0), 30.0);
        sharing.spend(1.0);
        assert_eq!(sharing.ready_at(30.0, 0.2, 0.0), 35.0);
    }
}
