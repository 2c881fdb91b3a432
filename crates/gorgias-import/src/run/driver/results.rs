//! Handles the results of tasks.

use super::Driver;
use crate::halted::Reason;
use crate::line::Checked;
use crate::notice::Notice;
use crate::report::LineOutcome;
use crate::run::outage::{Change, Outage};
use crate::run::task::{Finished, Settled};

impl Driver<'_> {
    /// Handles the result of a line that was sent for the first time.
    pub(super) fn take_sent(&mut self, (checked, result): Finished) -> Result<(), Reason> {
        match result {
            Ok(settled) => self.settle(checked, settled)?,
            Err(error) => {
                self.take_change(|outage| outage.unreachable(&checked.id, error));
                self.stages.under_way.insert(checked.id.clone(), false);
                self.stages.ready.push_front(checked);
            }
        }
        Ok(())
    }

    /// Handles the result of a line that an earlier run left unsettled.
    pub(super) fn take_unsettled(&mut self, (checked, result): Finished) -> Result<(), Reason> {
        match result {
            Ok(settled) => self.settle(checked, settled)?,
            Err(error) => {
                self.take_change(|outage| outage.unreachable(&checked.id, error));
                self.stages.unsettled.push_front(checked);
            }
        }
        Ok(())
    }

    /// Changes the state of the outage, and handles the change.
    pub(super) fn take_change(&mut self, change: impl FnOnce(&mut Outage) -> Option<Change>) {
        match change(&mut self.outage) {
            None => {}
            Some(Change::Began(notice)) => self.notify(&notice),
            Some(Change::Ended) => self.notify(&Notice::OutageEnded),
            Some(Change::RefusesAll(error)) => {
                self.halt.get_or_insert(Reason::RefusesAll(error));
            }
        }
    }

    /// Records and reports a line that has its outcome. A line in doubt is reported at the
    /// end.
    pub(super) fn settle(&mut self, checked: Checked, settled: Settled) -> Result<(), Reason> {
        let Checked { line, id, .. } = checked;
        self.stages.under_way.remove(&id);
        self.reporter.retries = self.reporter.retries.saturating_add(settled.retries.into());
        if let Some(answer) = settled.answer {
            self.take_change(|outage| outage.answered(&id, answer, settled.error));
        }
        if self.halt.is_none() {
            self.halt = settled.halt;
        }
        match settled.outcome {
            LineOutcome::Created { ticket_id } | LineOutcome::Found { ticket_id, .. } => {
                let audit = !settled.audited;
                self.seen.mark_settled(&id, ticket_id, audit)?;
                if settled.is_listed {
                    self.seen.audit(id.as_str(), ticket_id)?;
                }
                for other in settled.others {
                    self.seen.add_duplicate(id.as_str(), other)?;
                }
                if audit {
                    self.earliest = self.earliest.into_iter().chain(checked.updated).min();
                }
            }
            LineOutcome::InDoubt { .. } => {
                self.earliest = self.earliest.into_iter().chain(checked.updated).min();
                self.keep_in_doubt(&id, line)?;
                self.reporter.progress(self.phase());
                return self.take_postponed();
            }
            LineOutcome::Rejected(_) | LineOutcome::Unsent => self.seen.remove(&id)?,
        }
        self.report(line, Some(id), settled.outcome)?;
        self.take_postponed()
    }

    /// Continues with the line that waited for an earlier line with the same external id.
    fn take_postponed(&mut self) -> Result<(), Reason> {
        if self.halt.is_none()
            && let Some(checked) = self.stages.postponed.take()
        {
            self.look_in_journal(checked)?;
        }
        Ok(())
    }
}
