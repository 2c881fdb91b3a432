//! Reads lines, uploads the files that they name, and looks for the lines in the
//! journal.

use std::io;
use std::sync::Arc;

use futures_util::stream::StreamExt as _;
use tokio::time::Instant;

use super::Driver;
use super::closing::outcome_in_journal;
use crate::halted::Reason;
use crate::line::{Checked, RawLine};
use crate::report::{LineOutcome, Rejection};
use crate::run::task::{Known, known};
use crate::run::uploader::Uploader;
use crate::seen::IdState;

impl Driver<'_> {
    pub(super) fn take_in(&mut self, line: io::Result<Option<RawLine>>) -> Result<(), Reason> {
        self.reporter.bytes = self.lines.bytes();
        let raw = match line {
            Ok(Some(raw)) => {
                self.lines_read = self.lines_read.saturating_add(1);
                raw
            }
            Ok(None) => {
                self.at_end = true;
                return Ok(());
            }
            Err(error) => return Err(Reason::Input(error)),
        };
        match self.uploader.clone() {
            Some(uploader) => self.upload(&uploader, raw),
            None => self.check(&raw),
        }
    }

    /// Starts uploading the files of a line. The lines stay in order.
    pub(super) fn upload(&mut self, uploader: &Uploader, raw: RawLine) -> Result<(), Reason> {
        if self.stages.uploading.is_empty() && raw.files().is_empty() {
            return self.check(&raw);
        }
        self.stages.not_uploaded.push_back(raw.clone());
        if self.halt.is_none() {
            self.stages.uploading.push_back(uploader.start(raw));
        }
        Ok(())
    }

    /// Checks a line whose files are uploaded.
    pub(super) fn take_uploaded(&mut self, raw: Result<RawLine, Reason>) -> Result<(), Reason> {
        let raw = raw?;
        self.stages.not_uploaded.pop_front();
        self.check(&raw)
    }

    /// Reports the lines whose files were not uploaded, with their outcome in
    /// the journal.
    pub(super) async fn close_not_uploaded(&mut self, end: Instant) -> Result<(), Reason> {
        self.stages.uploading.clear();
        for raw in std::mem::take(&mut self.stages.not_uploaded) {
            let id = self.rules.id_of(&raw);
            let outcome = match &id {
                Some(id) => outcome_in_journal(&self.sender.journal, id, false, end).await,
                None => LineOutcome::Unsent,
            };
            self.reporter.report(raw.number, id, outcome)?;
        }
        Ok(())
    }

    /// Checks a line. If it names files and uploading is on, they are uploaded
    /// already.
    pub(super) fn check(&mut self, raw: &RawLine) -> Result<(), Reason> {
        match self.rules.check(raw) {
            Ok(checked) => self.begin(checked),
            Err(refused) => {
                let outcome = LineOutcome::Rejected(refused.rejection);
                self.reporter.report(refused.line, refused.id, outcome)?;
                self.reporter.progress(self.phase());
                Ok(())
            }
        }
    }

    /// Looks for a line in the journal, unless an earlier line of this input has
    /// the same id.
    pub(super) fn begin(&mut self, checked: Checked) -> Result<(), Reason> {
        let Some(met) = self.seen.get(&checked.id)? else {
            let Checked { line, body, .. } = checked;
            self.seen.insert(&checked.id, line, body)?;
            self.stages.under_way.insert(checked.id.clone(), false);
            let journal = Arc::clone(&self.sender.journal);
            self.stages.in_journal.push_back(Box::pin(async move {
                let known = known(&journal, &checked).await;
                (checked, known)
            }));
            return Ok(());
        };
        let same_as_line = Some(met.line);
        let outcome = match met.state {
            IdState::UnderWay => {
                self.stages.postponed = Some(checked);
                return Ok(());
            }
            // Whether the ticket exists, and which of the two bodies it has, is
            // not known yet. So bodies aren't compared, and the line is reported
            // at the end, with the first one.
            IdState::InDoubt => {
                self.seen.add_waiting(&checked.id, checked.line)?;
                self.reporter.waiting = self.reporter.waiting.saturating_add(1);
                return Ok(());
            }
            _ if met.body != checked.body => {
                LineOutcome::Rejected(Rejection::other_body(same_as_line))
            }
            IdState::Settled { ticket_id } => LineOutcome::Found {
                ticket_id,
                same_as_line,
            },
        };
        self.reporter
            .report(checked.line, Some(checked.id), outcome)?;
        self.reporter.progress(self.phase());
        Ok(())
    }

    /// Reads the rest of the input, so that every line is reported. It does so
    /// only after an outage, for a service that was never reached, or after
    /// look-ups that prove nothing; and only if the number of lines is known,
    /// because other input may never end.
    pub(super) async fn read_rest(&mut self) -> Result<(), Reason> {
        let of_service = matches!(
            self.halt,
            Some(Reason::Outage(_) | Reason::NeverReached(_) | Reason::NoEvidence(_))
        );
        if !of_service || self.settings.expected.is_none() {
            return Ok(());
        }
        while !self.at_end {
            while let Some((checked, known)) = self.stages.in_journal.next().await {
                self.take_known(checked, known)?;
            }
            if let Some(checked) = self.stages.postponed.take() {
                let id = Some(checked.id);
                self.reporter
                    .report(checked.line, id, LineOutcome::Unsent)?;
            }
            let line = self.lines.next().await;
            self.take_in(line)?;
        }
        Ok(())
    }

    /// Handles a line that was looked for in the journal.
    pub(super) fn take_known(
        &mut self,
        checked: Checked,
        known: Result<Known, Reason>,
    ) -> Result<(), Reason> {
        match known? {
            Known::Nothing if self.halt.is_some() => {
                self.stages.under_way.remove(&checked.id);
                self.seen.remove(&checked.id)?;
                let id = Some(checked.id);
                self.reporter
                    .report(checked.line, id, LineOutcome::Unsent)?;
            }
            Known::Nothing => self.stages.unproven.push_back(checked),
            Known::Unsettled => self.stages.unsettled.push_back(checked),
            Known::Settled(settled) => self.settle(checked, settled)?,
        }
        Ok(())
    }
}
