//! The loop over all events of an import.

use futures_util::stream::StreamExt as _;
use tokio::time::{Instant, sleep_until};

use super::Driver;
use crate::halted::Reason;
use crate::observer::Phase;
use crate::run::StopSignal;
use crate::run::outage::Outage;
use crate::run::proof::Mode;

/// The loop yields to other tasks each time it has read this many lines.
const READS_IN_A_ROW: u64 = 64;

/// The number of lines that may be read ahead, beyond twice the concurrency.
const READ_AHEAD: usize = 32;

/// The most lines that may wait for a second look-up. The limit bounds memory.
const MOST_SECOND_PROOFS: usize = 1_024;

impl Driver<'_> {
    /// Handles events until no line is left to send or settle, or until the import has to end
    /// early.
    pub(super) async fn send(&mut self, stop: &mut StopSignal) {
        let mut grace_ends = None;
        let mut reads_in_a_row = 0_u64;
        loop {
            let started = self.start_tasks();
            self.halt_on_error(started);
            if self.is_over() {
                return;
            }
            self.report_settling();
            if self.halt.is_some() && grace_ends.is_none() {
                grace_ends = Instant::now().checked_add(self.settings.grace);
            }
            let goes_on = self.halt.is_none();
            let may_read = self.may_read();
            let is_reading_list = matches!(self.plan.mode(), Mode::ReadingList { .. });
            let flush_at = self.flush_at.filter(|_| !self.held.is_empty());
            let (flush, grace) = (sleep_until_some(flush_at), sleep_until_some(grace_ends));
            let done = tokio::select! {
                biased;
                () = &mut *stop, if goes_on => Err(Reason::Stopped),
                Some(finished) = self.stages.sending.next() => self.take_sent(finished),
                Some(finished) = self.stages.settling.next() => self.take_unsettled(finished),
                readable = self.outage.readable(), if goes_on => readable,
                Some(notice) = self.notices.recv() => {
                    self.notify(&notice);
                    Ok(())
                }
                page = self.list.page(&self.sender.reads), if goes_on && is_reading_list => {
                    self.take_page(page)
                }
                Some((checked, existence)) = self.stages.proofs.next(), if goes_on => {
                    self.take_existence(checked, existence)
                }
                Some((checked, existence)) = self.stages.second_proofs.next(), if goes_on => {
                    self.take_second_proof(checked, existence)
                }
                Some(raw) = self.stages.uploading.next(), if goes_on => self.take_uploaded(raw),
                // While the list is read, lines wait in this stage, in order.
                Some((checked, state)) = self.stages.in_journal.next(), if goes_on && !is_reading_list => {
                    self.take_journal_state(checked, state)
                }
                line = self.lines.next(), if may_read => {
                    reads_in_a_row = reads_in_a_row.saturating_add(1);
                    if reads_in_a_row.is_multiple_of(READS_IN_A_ROW) {
                        tokio::task::yield_now().await;
                    }
                    self.take_line(line)
                }
                () = flush, if goes_on => {
                    self.flush_at = None;
                    Ok(())
                }
                () = grace => return,
            };
            self.halt_on_error(done);
        }
    }

    /// Makes the import end early after an error. Requests under way may still finish.
    fn halt_on_error(&mut self, done: Result<(), Reason>) {
        if let Err(reason) = done {
            self.halt.get_or_insert(reason);
        }
    }

    /// Starts tasks for lines, up to the concurrency.
    fn start_tasks(&mut self) -> Result<(), Reason> {
        if self.halt.is_some() {
            return Ok(());
        }
        self.start_proofs()?;
        self.release();
        let blocked = self.at_end || self.stages.block_input();
        if blocked && !self.has_unsent() {
            self.take_change(Outage::nothing_to_try);
        }
        while self.stages.sending.len() < self.settings.concurrency && self.outage.allows_new() {
            let Some(checked) = self.stages.ready.pop_front() else {
                break;
            };
            self.outage.note_sent(&checked.id);
            self.stages.under_way.insert(checked.id.clone(), true);
            self.stages.sending.push(self.sender.start(checked));
        }
        while self.stages.settling.len() < self.settings.concurrency && self.outage.is_over() {
            let Some(checked) = self.stages.unsettled.pop_front() else {
                break;
            };
            self.stages.under_way.insert(checked.id.clone(), true);
            self.stages.settling.push(self.sender.start(checked));
        }
        Ok(())
    }

    /// Returns the phase of the import.
    pub(super) fn phase(&self) -> Phase {
        match (self.plan.mode(), self.reported_settling) {
            (Mode::ReadingList { .. }, _) => Phase::ReadingList,
            (_, true) => Phase::Settling,
            (_, false) => Phase::Sending,
        }
    }

    /// Reports once that all lines were sent and some have no outcome yet.
    fn report_settling(&mut self) {
        let all_sent = self.at_end && !self.has_unsent() && self.stages.unsettled.is_empty();
        if all_sent && self.halt.is_none() && !std::mem::replace(&mut self.reported_settling, true)
        {
            self.reporter.progress(Phase::Settling);
        }
    }

    fn is_over(&self) -> bool {
        if !(self.stages.sending.is_empty() && self.stages.settling.is_empty()) {
            return false;
        }
        let nothing_left = self.at_end && !self.has_unsent() && !self.stages.block_input();
        nothing_left || self.halt.is_some()
    }

    fn may_read(&self) -> bool {
        let lines = self.stages.unsent().saturating_add(self.held.len());
        let most = self.settings.concurrency.saturating_mul(2);
        let room = lines < most.saturating_add(READ_AHEAD)
            && self.stages.second_proofs.len() < MOST_SECOND_PROOFS;
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
