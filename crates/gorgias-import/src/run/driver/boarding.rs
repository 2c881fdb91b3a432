//! Lines coming in, and outcomes going out.

use std::io;

use tokio::io::AsyncBufRead;

use super::Driver;
use crate::halted::Reason;
use crate::line::{Checked, RawLine};
use crate::observer::Phase;
use crate::report::{Outcome, Rejection};
use crate::roll::Fate;
use crate::run::flight::{Landing, Settled, Step};

impl<R: AsyncBufRead + Send + Unpin> Driver<'_, R> {
    pub(super) fn take_in(&mut self, line: io::Result<Option<RawLine>>) -> Result<(), Reason> {
        self.desk.bytes = self.lines.bytes();
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
            Ok(checked) => self.board(checked),
            Err(refused) => {
                let outcome = Outcome::Rejected(refused.rejection);
                self.desk.report(refused.line, refused.id, outcome)?;
                self.desk.progress(Phase::Sending);
                Ok(())
            }
        }
    }

    /// Sends a line on its way, unless its id was met before.
    fn board(&mut self, checked: Checked) -> Result<(), Reason> {
        let Some(met) = self.roll.met(&checked.id)? else {
            let Checked { line, body, .. } = checked;
            self.roll.take_up(&checked.id, line, body)?;
            self.under_way.insert(checked.id.clone());
            self.fresh.push(self.crew.start(checked));
            return Ok(());
        };
        let same_as_line = Some(met.line);
        let outcome = match met.fate {
            Fate::UnderWay => {
                self.parked = Some(checked);
                return Ok(());
            }
            _ if met.body != checked.body => Outcome::Rejected(Rejection::other_body(same_as_line)),
            Fate::Settled { ticket_id } => Outcome::Found {
                ticket_id,
                same_as_line,
            },
            Fate::InDoubt => {
                self.roll.wait(&checked.id, checked.line)?;
                self.desk.waiting = self.desk.waiting.saturating_add(1);
                return Ok(());
            }
        };
        self.desk.report(checked.line, Some(checked.id), outcome)?;
        self.desk.progress(Phase::Sending);
        Ok(())
    }

    pub(super) fn land(&mut self, landing: Landing) -> Result<(), Reason> {
        let Landing { checked, step } = landing;
        match step {
            Step::LeftBehind => self.queue.push_back(checked),
            Step::Settled(settled) => self.settle(checked, settled)?,
        }
        while self.halt.is_none() && self.behind.len() < self.settings.concurrency {
            let Some(checked) = self.queue.pop_front() else {
                break;
            };
            self.behind.push(self.crew.resume(checked));
        }
        match self.parked.take() {
            Some(parked) if self.halt.is_none() => self.board(parked),
            parked => {
                self.parked = parked;
                Ok(())
            }
        }
    }

    fn settle(&mut self, checked: Checked, settled: Settled) -> Result<(), Reason> {
        let Checked { line, id, .. } = checked;
        self.under_way.remove(&id);
        self.desk.retries = self.desk.retries.saturating_add(settled.retries.into());
        if self.halt.is_none() {
            self.halt = settled.halt;
        }
        match settled.outcome {
            Outcome::Created { ticket_id } | Outcome::Found { ticket_id, .. } => {
                let audit = !settled.audited;
                self.roll.settle(&id, ticket_id, audit)?;
                for other in settled.others {
                    self.roll.other(id.as_str(), other)?;
                }
                if audit {
                    self.earliest = self.earliest.into_iter().chain(checked.updated).min();
                }
            }
            Outcome::InDoubt { .. } => {
                self.earliest = self.earliest.into_iter().chain(checked.updated).min();
                self.roll.doubt(&id, line)?;
                self.desk.waiting = self.desk.waiting.saturating_add(1);
                self.desk.progress(Phase::Sending);
                return Ok(());
            }
            Outcome::Rejected(_) | Outcome::Unsent => self.roll.forget(&id)?,
        }
        self.desk.report(line, Some(id), settled.outcome)?;
        self.desk.progress(Phase::Sending);
        Ok(())
    }
}
