//! Shares the account with other clients.

use super::model::{LONG, Model};

/// Keeps a score of the requests of other clients, and sets a pace that leaves
/// room for them.
///
/// Every process of the account sees the same use. Each process computes its rate
/// from the use alone, by the same curve. So all processes get the same share, and
/// the use settles where their rates add up to the rate of the account. The
/// processes need not talk to each other, and the bucket never runs empty.
#[derive(Debug)]
pub(super) struct Sharing {
    /// The number of requests of other clients noticed lately. The score decays
    /// with time.
    score: f64,
    scored_at: f64,
    active: bool,
    since: f64,
    /// The requests that may be sent at once; negative while the pace demands a
    /// wait.
    credit: f64,
    credited_at: f64,
}

impl Sharing {
    /// The seconds in which the score decays to 1/e: the long window.
    const FADE: f64 = 20.0;
    /// The score above which sharing begins, and the lower score at which sharing
    /// ends. A single request of another client doesn't start sharing.
    const ENTER: f64 = 2.0;
    const LEAVE: f64 = 0.7;
    /// The highest score. It decays below `LEAVE` in 49 s, so sharing ends
    /// within a minute of the last request noticed.
    const MAX_SCORE: f64 = 8.0;
    /// The bounds of the pace, as factors of the full rate. With the slowest pace,
    /// twelve processes use the full rate together.
    const FASTEST: f64 = 1.5;
    const SLOWEST: f64 = 1.0 / 12.0;
    /// The requests by which the interactive lane may be ahead of the pace.
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

    fn score(&mut self, now: f64) -> f64 {
        self.score *= (-(now - self.scored_at).max(0.0) / Self::FADE).exp();
        self.scored_at = self.scored_at.max(now);
        self.score
    }

    /// Adds requests of other clients to the score. A negative number takes
    /// back some that were noticed wrongly.
    pub fn note(&mut self, now: f64, requests: f64) {
        self.score = (self.score(now) + requests).clamp(0.0, Self::MAX_SCORE);
        let enough = if self.active {
            Self::LEAVE
        } else {
            Self::ENTER
        };
        let shared = self.score > enough;
        if shared && !self.active {
            self.since = now;
            // At first even the interactive lane waits, because the other
            // clients have just started too.
            self.credit = -2.0;
            self.credited_at = now;
        }
        self.active = shared;
    }

    /// Starts sharing because other clients already use the account, and are
    /// likely to continue.
    pub fn joined(&mut self, now: f64) {
        self.note(now, 2.0 * Self::ENTER);
    }

    /// Starts sharing after a 429, whatever the score is, because a 429 means that
    /// other clients are there. After the pause, one request may be sent at
    /// once.
    pub fn throttled(&mut self, now: f64, pause_ends: f64) {
        let missing = 2.0 * Self::ENTER - self.score(now);
        self.note(now, missing.max(0.0));
        self.since = now;
        self.credit = 0.0;
        self.credited_at = pause_ends;
    }

    /// Returns the pace, in requests per second, when `used` is the share of
    /// the limit in use.
    pub fn pace(&self, rate: f64, limit: f64, used: f64, model: Model, now: f64) -> f64 {
        // `knee` is the share of the limit in use at which a process sends at the
        // full rate. Between the knee and 80 % of the limit there is room for 14
        // requests, and for the requests of two seconds, which other clients may
        // send before the next answer. The figures are tuned in the simulation,
        // for two and four processes.
        let knee = (0.8 - (14.0 + 2.0 * rate) / limit).clamp(0.35, 0.6);
        // `halving` is the further share of the limit in use that halves the rate.
        let (knee, halving) = match model {
            Model::Leaky => (knee, 0.1),
            // Under a window, a low use means lost throughput; under a bucket
            // it doesn't. So while the model is unknown, the knee rises slowly.
            Model::Unknown => (knee + (0.005 * (now - self.since)).min(0.1), 0.1),
            Model::Window { .. } => (0.8, 0.06),
        };
        let share = (-(used - knee) / halving)
            .exp2()
            .clamp(Self::SLOWEST, Self::FASTEST);
        (rate * share).max(1.0 / LONG)
    }

    /// Returns when the next request may be sent. `pace` is in requests per
    /// second, and `ahead` is the number of requests by which the caller may be
    /// ahead of the pace.
    pub fn ready_at(&mut self, now: f64, pace: f64, ahead: f64) -> f64 {
        self.credit = (self.credit + pace * (now - self.credited_at).max(0.0)).min(0.0);
        self.credited_at = self.credited_at.max(now);
        now + (-self.credit - ahead).max(0.0) / pace
    }

    /// Takes one request off the credit. `jitter` is about 1, and varies so that
    /// processes don't all send at the same moments.
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
    fn the_pace_falls_with_the_use_within_bounds() {
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
    fn the_pace_is_kept_and_the_interactive_lane_may_be_ahead_of_it() {
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
