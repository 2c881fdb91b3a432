//! The loop over all events of an import.

use futures_util::stream::StreamExt as _;
use tokio::time::{Instant, sleep_until};

use super::Driver;
use crate::halted::Reason;
use crate::observer::Phase;
use crate::run::StopSignal;
use crate::run::proof::Mode;

/// The loop yields to other tasks after this many lines that were read without
/// waiting.
const STRETCH: u64 = 64;

/// The number of lines that may be looked up before the first is sent.
const MOST_LOOKED_UP: usize = 32;

/// The most lines that may wait for a second proof, which bounds memory.
const MOST_LATER: usize = 1_024;

impl Driver<'_> {
    /// Sends until the input ends, or there is a reason to end early.
    pub(super) async fn send(&mut self, stop: &mut StopSignal) {
        let mut grace_ends = None;
        let mut stretch = 0_u64;
        loop {
            let started = self.start_tasks();
            self.end_unless(started);
            if self.is_over() {
                return;
            }
            self.tell_of_settling();
            if self.halt.is_some() && grace_ends.is_none() {
                grace_ends = Instant::now().checked_add(self.settings.grace);
            }
            let goes_on = self.halt.is_none();
            let may_read = self.may_read();
            let is_walking = matches!(self.proof.mode(), Mode::Walking { .. });
            let flush_at = self.flush_at.filter(|_| !self.held.is_empty());
            let (flush, grace) = (sleep_until_some(flush_at), sleep_until_some(grace_ends));
            let done = tokio::select! {
                biased;
                () = &mut *stop, if goes_on => Err(Reason::Stopped),
                Some(finished) = self.stages.fresh.next() => self.take_fresh(finished),
                Some(finished) = self.stages.behind.next() => self.take_left_behind(finished),
                readable = self.outage.readable(), if goes_on => readable,
                Some(notice) = self.notices.recv() => {
                    self.reporter.observer.notice(&notice);
                    Ok(())
                }
                page = self.walk.page(&self.sender.reads), if goes_on && is_walking => {
                    self.take_page(page)
                }
                Some((checked, told)) = self.stages.proving.next(), if goes_on => {
                    self.take_proven(checked, told)
                }
                Some((checked, found)) = self.stages.later.next(), if goes_on => {
                    self.take_later(checked, found)
                }
                Some(placed) = self.stages.placing.next(), if goes_on => self.take_placed(placed),
                // While the list is read, lines stay here, in order.
                Some((checked, known)) = self.stages.in_journal.next(), if goes_on && !is_walking => {
                    self.take_known(checked, known)
                }
                line = self.lines.next(), if may_read => {
                    stretch = stretch.saturating_add(1);
                    if stretch.is_multiple_of(STRETCH) {
                        tokio::task::yield_now().await;
                    }
                    self.take_in(line)
                }
                () = flush, if goes_on => {
                    self.flush_at = None;
                    Ok(())
                }
                () = grace => return,
            };
            self.end_unless(done);
        }
    }

    /// Makes the import end early if there is a reason. Requests under way may
    /// still finish.
    fn end_unless(&mut self, done: Result<(), Reason>) {
        if let Err(reason) = done {
            self.halt.get_or_insert(reason);
        }
    }

    /// Starts tasks for lines, as many as there are places.
    fn start_tasks(&mut self) -> Result<(), Reason> {
        if self.halt.is_some() {
            return Ok(());
        }
        self.prove()?;
        self.release();
        let blocked = self.at_end || self.stages.block_input();
        if blocked && !self.has_unsent() {
            self.nothing_to_try();
        }
        while self.stages.fresh.len() < self.settings.concurrency && self.outage.allows_fresh() {
            let Some(checked) = self.stages.ready.pop_front() else {
                break;
            };
            self.outage.sending(&checked.id);
            self.stages.under_way.insert(checked.id.clone(), true);
            self.stages.fresh.push(self.sender.start(checked));
        }
        while self.stages.behind.len() < self.settings.concurrency && self.outage.is_over() {
            let Some(checked) = self.stages.queue.pop_front() else {
                break;
            };
            self.stages.under_way.insert(checked.id.clone(), true);
            self.stages.behind.push(self.sender.start(checked));
        }
        Ok(())
    }

    /// Returns the phase of the import.
    pub(super) fn phase(&self) -> Phase {
        match (self.proof.mode(), self.told_settling) {
            (Mode::Walking { .. }, _) => Phase::Proving,
            (_, true) => Phase::Settling,
            (_, false) => Phase::Sending,
        }
    }

    /// Reports once that all lines were sent and some have no outcome yet.
    fn tell_of_settling(&mut self) {
        let all_sent = self.at_end && !self.has_unsent() && self.stages.queue.is_empty();
        if all_sent && self.halt.is_none() && !std::mem::replace(&mut self.told_settling, true) {
            self.reporter.progress(Phase::Settling);
        }
    }

    fn is_over(&self) -> bool {
        if !(self.stages.fresh.is_empty() && self.stages.behind.is_empty()) {
            return false;
        }
        let nothing_left = self.at_end && !self.has_unsent() && !self.stages.block_input();
        nothing_left || self.halt.is_some()
    }

    fn may_read(&self) -> bool {
        let lines = self.stages.unsent().saturating_add(self.held.len());
        let most = self.settings.concurrency.saturating_mul(2);
        let room =
            lines < most.saturating_add(MOST_LOOKED_UP) && self.stages.later.len() < MOST_LATER;
        room && !self.stages.block_input() && !self.at_end && self.halt.is_none()
    }
}

/// Sleeps until a time, or for ever without one.
async fn sleep_until_some(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}
