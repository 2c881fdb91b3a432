//! The progress of an import in words.

use std::collections::VecDeque;
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, Utc};
use gorgias_import::{Notice, Phase, Progress};

use super::numbers::{count, duration, number, time_for};

/// The time over which the rate is computed.
const WINDOW: Duration = Duration::from_secs(60);

/// The window of the rate limit on most plans. In a shorter time the number of requests
/// doesn't show the rate, because the first requests are sent all at once.
const LIMIT_WINDOW: Duration = Duration::from_secs(20);

/// The shortest time from which a rate is computed.
const SHORTEST: Duration = Duration::from_secs(2);

/// The progress of an import as it was last reported.
pub(super) struct State {
    progress: Progress,
    lines: Option<u64>,
    waiting: Option<Waiting>,
    /// The number of requests sent by each of several times, the latest last.
    requests: VecDeque<(Instant, u64)>,
}

/// A wait for the service.
struct Waiting {
    reason: String,
    until: Instant,
    /// Whether the service is in an outage, whose end a notice announces. Otherwise a
    /// read is being repeated, and the next report of progress ends the wait.
    is_outage: bool,
}

impl State {
    /// Creates the state for an input. `lines` is its number of lines, if known.
    pub(super) fn new(lines: Option<u64>, is_dry_run: bool) -> Self {
        let mut progress = Progress::default();
        progress.phase = match is_dry_run {
            true => Phase::Checking,
            false => Phase::ReadingList,
        };
        Self {
            progress,
            lines,
            waiting: None,
            requests: VecDeque::new(),
        }
    }

    pub(super) fn take_progress(&mut self, progress: &Progress, now: Instant) {
        self.progress = progress.clone();
        if self.waiting.as_ref().is_some_and(|wait| !wait.is_outage) {
            self.waiting = None;
        }
        let is_new = |(at, _): &(Instant, u64)| now.duration_since(*at) >= Duration::from_secs(1);
        if self.requests.back().is_none_or(is_new) {
            self.requests.push_back((now, progress.requests));
        }
        let is_old = |(at, _): &(Instant, u64)| now.duration_since(*at) > WINDOW;
        while self.requests.len() > 2 && self.requests.front().is_some_and(is_old) {
            self.requests.pop_front();
        }
    }

    pub(super) fn take_notice(&mut self, notice: &Notice, now: Instant) {
        match notice {
            Notice::OutageBegan {
                cause, patience, ..
            } => self.wait(cause, *patience, true, now),
            Notice::Unreadable {
                cause, patience, ..
            } => self.wait(cause, *patience, false, now),
            Notice::OutageEnded => self.waiting = None,
            _ => {}
        }
    }

    /// Begins to wait for the service.
    pub(super) fn wait(&mut self, cause: &str, patience: Duration, is_outage: bool, now: Instant) {
        self.waiting = Some(Waiting {
            reason: crate::printable::line(cause),
            until: now.checked_add(patience).unwrap_or(now),
            is_outage,
        });
    }

    /// The part that is done and the total: lines, or tickets during the audit.
    pub(super) fn share(&self) -> Option<(u64, u64)> {
        match (self.progress.phase, self.progress.audit) {
            (Phase::Auditing, Some(audit)) => Some((audit.met, audit.of)),
            _ => Some((self.progress.lines, self.lines?)),
        }
    }

    /// The phase of the import, or the wait for the service, in words.
    pub(super) fn title(&self, now: Instant) -> String {
        if let Some(waiting) = &self.waiting {
            let left = waiting.until.saturating_duration_since(now);
            let until = SystemTime::now()
                .checked_add(left)
                .unwrap_or_else(SystemTime::now);
            let until = DateTime::<Utc>::from(until);
            let until = until.format("%H:%M:%S UTC");
            return format!("waiting for the service until {until}: {}", waiting.reason);
        }
        let percent = self.share().and_then(|(done, of)| percent(done, of));
        let percent = percent
            .map(|percent| format!(" {percent} %"))
            .unwrap_or_default();
        let title = match self.progress.phase {
            Phase::Checking => format!("checking{percent}"),
            Phase::ReadingList => "looking for tickets that exist".to_owned(),
            Phase::Sending => format!("sending{percent}"),
            Phase::Settling => "settling the last lines".to_owned(),
            Phase::Auditing => format!("audit{percent}"),
            _ => String::new(),
        };
        let left = match self.progress.phase {
            Phase::Sending => self.left(now),
            _ => None,
        };
        match (left, self.progress.audit.and_then(|audit| audit.pause)) {
            (Some(left), _) => format!("{title}, {} left", duration(left)),
            (None, Some(pause)) if !pause.is_zero() => {
                format!("{title}, looking again after {}", duration(pause))
            }
            _ => title,
        }
    }

    /// The results of the import so far.
    pub(super) fn facts(&self, now: Instant) -> Vec<String> {
        let progress = &self.progress;
        let mut facts = Vec::new();
        if let Some(audit) = progress.audit {
            let (met, of) = (number(audit.met), count(audit.of, "ticket"));
            facts.push(format!("{met} of {of} met"));
        } else if let Some(lines) = self.lines {
            let (done, of) = (number(progress.lines), count(lines, "line"));
            facts.push(format!("{done} of {of}"));
        } else {
            facts.push(count(progress.lines, "line"));
        }
        let bad = match progress.phase {
            Phase::Checking => "invalid",
            _ => "rejected",
        };
        for (count, what) in [
            (progress.created, "created"),
            (progress.found, "found"),
            (progress.rejected, bad),
            (progress.in_doubt, "in doubt"),
            (progress.retries, "sent again"),
            (progress.rate_limited, "times too fast"),
        ] {
            if count > 0 {
                facts.push(format!("{} {what}", number(count)));
            }
        }
        if progress.phase != Phase::Checking {
            if let Some(rate) = self.rate(now) {
                facts.push(format!("{rate:.1} requests/s"));
            }
            if let Some((used, limit)) = progress.limit {
                facts.push(format!("limit {used}/{limit}"));
            }
        }
        facts
    }

    /// The requests a second in the last minute.
    fn rate(&self, now: Instant) -> Option<f64> {
        let (since, before) = self.requests.front()?;
        let time = now.duration_since(*since);
        let requests = self.progress.requests.saturating_sub(*before);
        #[expect(clippy::cast_precision_loss, reason = "it is shown with one decimal")]
        let rate = requests as f64 / time.as_secs_f64();
        (time >= SHORTEST).then_some(rate)
    }

    /// The time for the requests that are left, at the present rate. At first it is
    /// computed from the service's rate limit, if the limit is known.
    fn left(&self, now: Instant) -> Option<Duration> {
        let since = self.requests.front()?.0;
        let rate = match self.progress.limit {
            Some((_, limit)) if now.duration_since(since) < LIMIT_WINDOW => {
                f64::from(limit) / LIMIT_WINDOW.as_secs_f64()
            }
            _ => self.rate(now)?,
        };
        time_for(self.progress.requests_left?, rate)
    }
}

/// The share in percent, at most 99, because only an ended import is at 100.
fn percent(done: u64, of: u64) -> Option<u64> {
    let percent = done.saturating_mul(100).checked_div(of)?;
    Some(percent.min(99))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(phase: Phase, lines: u64, requests: u64) -> Progress {
        let mut progress = Progress::default();
        progress.phase = phase;
        progress.lines = lines;
        progress.requests = requests;
        progress
    }

    fn after(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn time_left_is_counted_in_requests_at_the_rate_now_reached() {
        let start = Instant::now();
        let mut state = State::new(Some(10_000), false);
        // Nine thousand lines were found at once.
        let mut told = progress(Phase::Sending, 9_000, 0);
        told.requests_left = Some(1_010);
        state.take_progress(&told, start);
        assert_eq!(state.title(start), "sending 90 %");
        for second in 1..=100 {
            told.requests = second * 2;
            told.lines = 9_000 + second * 2;
            told.requests_left = Some(1_010 - second * 2);
            state.take_progress(&told, after(start, second));
        }
        let title = state.title(after(start, 100));
        assert_eq!(title, "sending 92 %, 6 min 45 s left");
    }

    #[test]
    fn a_first_burst_is_no_rate() {
        let start = Instant::now();
        let mut state = State::new(Some(4_000), false);
        let mut told = progress(Phase::Sending, 0, 0);
        told.limit = Some((0, 40));
        told.requests_left = Some(4_000);
        state.take_progress(&told, start);
        told.requests = 40;
        state.take_progress(&told, after(start, 3));
        let title = state.title(after(start, 3));
        assert_eq!(title, "sending 0 %, 33 min 20 s left");
    }

    #[test]
    fn nothing_is_whole_before_the_end() {
        let start = Instant::now();
        let mut state = State::new(Some(10), false);
        state.take_progress(&progress(Phase::Settling, 10, 10), start);
        assert_eq!(state.title(start), "settling the last lines");
        let mut told = progress(Phase::Auditing, 10, 11);
        let mut audit = gorgias_import::AuditProgress::default();
        (audit.met, audit.of) = (10, 10);
        audit.pause = Some(Duration::from_secs(39));
        told.audit = Some(audit);
        state.take_progress(&told, start);
        assert_eq!(state.title(start), "audit 99 %, looking again after 39 s");
        assert_eq!(state.facts(start)[0], "10 of 10 tickets met");
        assert_eq!(
            State::new(Some(0), false).title(start),
            "looking for tickets that exist"
        );
    }
}
