//! The log of the requests sent in the last 30 seconds or so, in the order of
//! sending.

use std::collections::VecDeque;

/// A request, with the facts at the time when it was sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sent {
    /// When it was sent, in seconds.
    pub at: f64,
    /// The expected level of the bucket right after this request, as
    /// `Level::deposit` returned it.
    pub level: f64,
    /// The numbers of requests within the short and the long window, this
    /// request included.
    pub short: u32,
    pub long: u32,
    /// Whether no request was sent shortly before this one, so that the two
    /// can't have overtaken each other.
    pub spaced: bool,
    /// Whether the request counts. A request whose slot was given back without
    /// sending doesn't count.
    counted: bool,
}

/// Counts the requests of the last `span` seconds. `edge` is the number of the
/// oldest request in the window.
#[derive(Clone, Copy, Debug)]
struct Window {
    span: f64,
    edge: u64,
    count: u32,
}

/// A sliding log with two running counts, each kept in amortized constant time.
#[derive(Debug)]
pub(super) struct SendLog {
    sends: VecDeque<Sent>,
    first: u64,
    short: Window,
    long: Window,
}

impl SendLog {
    /// The seconds that an entry is kept beyond the long window, for slow
    /// answers.
    const TAIL: f64 = 10.0;
    /// The most entries, which bounds the memory.
    const MAX: usize = 1 << 16;

    pub fn new(short: f64, long: f64) -> Self {
        let window = |span| Window {
            span,
            edge: 0,
            count: 0,
        };
        Self {
            sends: VecDeque::with_capacity(256),
            first: 0,
            short: window(short),
            long: window(long),
        }
    }

    /// Reserves memory for a limit once, so that no request allocates. A bucket
    /// that leaks in 10 s accepts four times its limit in the 30 s that entries
    /// are kept.
    pub fn reserve(&mut self, limit: f64) {
        let sends = ((5.0 * limit) as usize).min(Self::MAX);
        self.sends.reserve(sends.saturating_sub(self.sends.len()));
    }

    /// The number of the next request.
    pub fn next(&self) -> u64 {
        self.first.saturating_add(self.sends.len() as u64)
    }

    pub fn get(&self, number: u64) -> Option<&Sent> {
        lookup(&self.sends, self.first, number)
    }

    pub fn last_at(&self) -> Option<f64> {
        self.sends.back().map(|send| send.at)
    }

    /// The number of requests in the short window, at the time of the last
    /// [`advance`](Self::advance).
    pub fn short(&self) -> u32 {
        self.short.count
    }

    /// The number of requests in the long window, at the time of the last
    /// [`advance`](Self::advance).
    pub fn long(&self) -> u32 {
        self.long.count
    }

    /// Moves both windows to `now`. Each reaches `slack` seconds further back.
    pub fn advance(&mut self, now: f64, slack: f64) {
        let (sends, first) = (&self.sends, self.first);
        for window in [&mut self.short, &mut self.long] {
            let horizon = now - window.span - slack;
            while let Some(send) = lookup(sends, first, window.edge) {
                if send.at > horizon {
                    break;
                }
                window.count = window.count.saturating_sub(u32::from(send.counted));
                window.edge = window.edge.saturating_add(1);
            }
        }
        let horizon = now - self.long.span - Self::TAIL;
        while self.first < self.long.edge
            && (self.sends.len() >= Self::MAX
                || self.sends.front().is_some_and(|send| send.at <= horizon))
        {
            self.sends.pop_front();
            self.first = self.first.saturating_add(1);
        }
    }

    /// Records a request, and returns its number.
    pub fn push(&mut self, at: f64, level: f64, spaced: bool) -> u64 {
        let number = self.next();
        for window in [&mut self.short, &mut self.long] {
            window.count = window.count.saturating_add(1);
        }
        let (short, long) = (self.short.count, self.long.count);
        self.sends.push_back(Sent {
            at,
            level,
            short,
            long,
            spaced,
            counted: true,
        });
        number
    }

    /// Marks a request as not sent. Returns whether the request was counted until
    /// now.
    pub fn take_back(&mut self, number: u64) -> bool {
        let send = index(self.first, number).and_then(|index| self.sends.get_mut(index));
        let was_counted = send.is_some_and(|send| std::mem::take(&mut send.counted));
        if !was_counted {
            return false;
        }
        for window in [&mut self.short, &mut self.long] {
            if number >= window.edge {
                window.count = window.count.saturating_sub(1);
            }
        }
        true
    }

    /// Returns when the `excess` oldest requests will have left the window. `None`
    /// if the window has fewer requests.
    pub fn leaves_at(&self, long: bool, excess: u32, slack: f64) -> Option<f64> {
        let window = if long { &self.long } else { &self.short };
        let number = window
            .edge
            .saturating_add(u64::from(excess.max(1)).saturating_sub(1));
        self.get(number).map(|send| send.at + window.span + slack)
    }

    /// The number of requests in the `span` seconds up to the request `number`,
    /// this request included.
    pub fn within(&self, number: u64, span: f64) -> u32 {
        self.neighbours(number, span).0.saturating_add(1)
    }

    /// Returns how many requests were sent within `spread` seconds before the
    /// request `number`, and how many within `spread` seconds after it. These
    /// requests may have arrived in another order.
    pub fn neighbours(&self, number: u64, spread: f64) -> (u32, u32) {
        let Some(send) = self.get(number) else {
            return (0, 0);
        };
        let index = number.saturating_sub(self.first);
        let from = self
            .sends
            .partition_point(|other| other.at < send.at - spread) as u64;
        let to = self
            .sends
            .partition_point(|other| other.at <= send.at + spread) as u64;
        let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        (
            count(index.saturating_sub(from)),
            count(to.saturating_sub(index).saturating_sub(1)),
        )
    }
}

fn lookup(sends: &VecDeque<Sent>, first: u64, number: u64) -> Option<&Sent> {
    sends.get(index(first, number)?)
}

fn index(first: u64, number: u64) -> Option<usize> {
    usize::try_from(number.checked_sub(first)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> SendLog {
        SendLog::new(10.0, 20.0)
    }

    #[test]
    fn each_window_counts_its_own_sends() {
        let mut log = log();
        for second in 0_u32..30 {
            log.advance(f64::from(second), 0.0);
            log.push(f64::from(second), 0.0, true);
        }
        assert_eq!((log.short(), log.long()), (10, 20));
        log.advance(29.5, 0.0);
        assert_eq!((log.short(), log.long()), (10, 20));
        log.advance(34.0, 0.0);
        assert_eq!((log.short(), log.long()), (5, 15));
        log.advance(34.0, 5.0);
        log.advance(100.0, 0.0);
        assert_eq!((log.short(), log.long()), (0, 0));
        assert_eq!(log.next(), 30);
    }

    #[test]
    fn a_send_that_is_taken_back_counts_nowhere() {
        let mut log = log();
        let number = log.push(0.0, 0.0, true);
        log.push(1.0, 0.0, false);
        assert!(log.take_back(number));
        assert!(!log.take_back(number));
        assert!(!log.take_back(99));
        assert_eq!((log.short(), log.long()), (1, 1));
        log.advance(15.0, 0.0);
        assert_eq!((log.short(), log.long()), (0, 1));
        log.advance(25.0, 0.0);
        assert_eq!(log.long(), 0);
    }

    #[test]
    fn it_tells_when_sends_leave() {
        let mut log = log();
        for second in 0_u32..5 {
            log.push(f64::from(second), 0.0, true);
        }
        log.advance(5.0, 0.5);
        assert_eq!(log.leaves_at(false, 1, 0.5), Some(10.5));
        assert_eq!(log.leaves_at(true, 3, 0.5), Some(22.5));
        assert_eq!(log.leaves_at(true, 6, 0.5), None);
    }

    #[test]
    fn neighbours_are_those_that_may_have_overtaken() {
        let mut log = log();
        for at in [0.0, 0.9, 1.0, 1.0, 1.3, 2.0] {
            log.push(at, 0.0, false);
        }
        assert_eq!(log.neighbours(2, 0.2), (1, 1));
        assert_eq!(log.neighbours(2, 0.3), (1, 2));
        assert_eq!(log.neighbours(0, 0.2), (0, 0));
        assert_eq!(log.neighbours(77, 0.2), (0, 0));
    }

    #[test]
    fn what_is_long_past_takes_no_room() {
        let mut log = log();
        for second in 0_u32..1_000 {
            log.advance(f64::from(second), 0.0);
            log.push(f64::from(second), 0.0, true);
        }
        assert!(log.sends.len() <= 31, "{}", log.sends.len());
        assert!(log.get(10).is_none());
        assert!(log.get(999).is_some());
    }
}
