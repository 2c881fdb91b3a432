//! Handles the results of tasks.

use gorgias::Error;

use super::Driver;
use crate::halted::Reason;
use crate::line::Checked;
use crate::notice::Notice;
use crate::report::LineOutcome;
use crate::run::outage::Change;
use crate::run::task::{Finished, Settled};

impl Driver<'_> {
    /// Handles the result of a line that was sent for the first time.
    pub(super) fn take_fresh(&mut self, (checked, result): Finished) -> Result<(), Reason> {
        match result {
            Ok(settled) => self.settle(checked, settled),
            Err(error) => {
                self.take_unreachable(&checked, error);
                self.stages.under_way.insert(checked.id.clone(), false);
                self.stages.ready.push_front(checked);
                Ok(())
            }
        }
    }

    /// Handles the result of a line that an earlier run left unsettled.
    pub(super) fn take_left_behind(&mut self, (checked, result): Finished) -> Result<(), Reason> {
        match result {
            Ok(settled) => self.settle(checked, settled),
            Err(error) => {
                self.take_unreachable(&checked, error);
                self.stages.queue.push_front(checked);
                Ok(())
            }
        }
    }

    fn take_unreachable(&mut self, checked: &Checked, error: Error) {
        let notice = Notice::unreachable(&error, self.settings.patience);
        if matches!(self.outage.unreachable(&checked.id, error), Change::Began) {
            self.reporter.observer.notice(&notice);
        }
    }

    /// Notes that no line is left for trying whether the service works again.
    pub(super) fn nothing_to_try(&mut self) {
        if self.outage.nothing_to_try() {
            self.reporter.observer.notice(&Notice::OutageEnded);
        }
    }

    pub(super) fn settle(&mut self, checked: Checked, settled: Settled) -> Result<(), Reason> {
        let Checked { line, id, .. } = checked;
        self.stages.under_way.remove(&id);
        self.reporter.retries = self.reporter.retries.saturating_add(settled.retries.into());
        if let Some(answer) = settled.answer {
            let began = settled
                .error
                .as_ref()
                .map(|error| Notice::ambiguous(error, self.settings.patience));
            match self.outage.answered(&id, answer, settled.error) {
                Change::None => {}
                Change::Began => {
                    if let Some(notice) = began {
                        self.reporter.observer.notice(&notice);
                    }
                }
                Change::Ended => self.reporter.observer.notice(&Notice::OutageEnded),
                Change::RefusesAll(error) => {
                    self.halt.get_or_insert(Reason::RefusesAll(error));
                }
            }
        }
        if self.halt.is_none() {
            self.halt = settled.halt;
        }
        match settled.outcome {
            LineOutcome::Created { ticket_id } | LineOutcome::Found { ticket_id, .. } => {
                let audit = !settled.audited;
                self.seen.settle(&id, ticket_id, audit)?;
                if settled.is_listed {
                    self.seen.see(id.as_str(), ticket_id)?;
                }
                for other in settled.others {
                    self.seen.other(id.as_str(), other)?;
                }
                if audit {
                    self.earliest = self.earliest.into_iter().chain(checked.updated).min();
                }
            }
            LineOutcome::InDoubt { .. } => {
                self.earliest = self.earliest.into_iter().chain(checked.updated).min();
                self.seen.doubt(&id, line)?;
                self.reporter.waiting = self.reporter.waiting.saturating_add(1);
                self.reporter.progress(self.phase());
                return self.take_postponed();
            }
            LineOutcome::Rejected(_) | LineOutcome::Unsent => self.seen.forget(&id)?,
        }
        self.reporter.report(line, Some(id), settled.outcome)?;
        self.reporter.progress(self.phase());
        self.take_postponed()
    }

    /// Goes on with the line that waited for an earlier line with the same id.
    fn take_postponed(&mut self) -> Result<(), Reason> {
        match self.stages.postponed.take() {
            Some(checked) if self.halt.is_none() => self.begin(checked),
            postponed => {
                self.stages.postponed = postponed;
                Ok(())
            }
        }
    }
}
