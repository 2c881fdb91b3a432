//! Lines coming in, and outcomes going out.

use std::io;

use tokio::io::AsyncBufRead;

use super::Driver;
use crate::halted::Reason;
use crate::line::{Checked, RawLine};
use crate::observer::Phase;
use crate::report::{Outcome, Rejection};
use crate::run::task::{Finished, Settled, Step};
use crate::seen::Fate;

impl<R: AsyncBufRead + Send + Unpin> Driver<'_, R> {
    pub(super) fn take_in(&mut self, line: io::Result<Option<RawLine>>) -> Result<(), Reason> {
        self.reporter.bytes = self.lines.bytes();
        let raw = match line {
            Ok(Some(raw)) => raw,
            Ok(None) => {
                self.at_end = true;
                return Ok(());
            }
            Err(error) => {
                self.halt = Some(Reason::Input(error));
                return Ok(());
            }
        };
        match self.rules.check(&raw) {
            Ok(checked) => self.start(checked),
            Err(refused) => {
                let outcome = Outcome::Rejected(refused.rejection);
                self.reporter.report(refused.line, refused.id, outcome)?;
                self.reporter.progress(Phase::Sending);
                Ok(())
            }
        }
    }

    /// Starts the task of a line, unless its id was met before.
    fn start(&mut self, checked: Checked) -> Result<(), Reason> {
        let Some(met) = self.seen.met(&checked.id)? else {
            let Checked { line, body, .. } = checked;
            self.seen.take_up(&checked.id, line, body)?;
            self.under_way.insert(checked.id.clone());
            self.fresh.push(self.sender.start(checked));
            return Ok(());
        };
        let same_as_line = Some(met.line);
        let outcome = match met.fate {
            Fate::UnderWay => {
                self.postponed = Some(checked);
                return Ok(());
            }
            _ if met.body != checked.body => Outcome::Rejected(Rejection::other_body(same_as_line)),
            Fate::Settled { ticket_id } => Outcome::Found {
                ticket_id,
                same_as_line,
            },
            Fate::InDoubt => {
                self.seen.wait(&checked.id, checked.line)?;
                self.reporter.waiting = self.reporter.waiting.saturating_add(1);
                return Ok(());
            }
        };
        self.reporter
            .report(checked.line, Some(checked.id), outcome)?;
        self.reporter.progress(Phase::Sending);
        Ok(())
    }

    pub(super) fn take_result(&mut self, finished: Finished) -> Result<(), Reason> {
        let Finished { checked, step } = finished;
        match step {
            Step::LeftBehind => self.queue.push_back(checked),
            Step::Settled(settled) => self.settle(checked, settled)?,
        }
        while self.halt.is_none() && self.behind.len() < self.settings.concurrency {
            let Some(checked) = self.queue.pop_front() else {
                break;
            };
            self.behind.push(self.sender.resume(checked));
        }
        match self.postponed.take() {
            Some(postponed) if self.halt.is_none() => self.start(postponed),
            postponed => {
                self.postponed = postponed;
                Ok(())
            }
        }
    }

    fn settle(&mut self, checked: Checked, settled: Settled) -> Result<(), Reason> {
        let Checked { line, id, .. } = checked;
        self.under_way.remove(&id);
        self.reporter.retries = self.reporter.retries.saturating_add(settled.retries.into());
        if self.halt.is_none() {
            self.halt = settled.halt;
        }
        match settled.outcome {
            Outcome::Created { ticket_id } | Outcome::Found { ticket_id, .. } => {
                let audit = !settled.audited;
                self.seen.settle(&id, ticket_id, audit)?;
                for other in settled.others {
                    self.seen.other(id.as_str(), other)?;
                }
                if audit {
                    self.earliest = self.earliest.into_iter().chain(checked.updated).min();
                }
            }
            Outcome::InDoubt { .. } => {
                self.earliest = self.earliest.into_iter().chain(checked.updated).min();
                self.seen.doubt(&id, line)?;
                self.reporter.waiting = self.reporter.waiting.saturating_add(1);
                self.reporter.progress(Phase::Sending);
                return Ok(());
            }
            Outcome::Rejected(_) | Outcome::Unsent => self.seen.forget(&id)?,
        }
        self.reporter.report(line, Some(id), settled.outcome)?;
        self.reporter.progress(Phase::Sending);
        Ok(())
    }
}
