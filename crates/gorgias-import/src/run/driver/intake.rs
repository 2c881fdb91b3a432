//! Takes lines from the input: uploads the files that they name, checks the lines, and looks
//! for them in the journal.

use std::io;
use std::sync::Arc;

use futures_util::stream::StreamExt as _;
use gorgias::ExternalId;
use tokio::time::Instant;

use super::Driver;
use super::closing::outcome_in_journal;
use crate::halted::Reason;
use crate::line::{Checked, RawLine};
use crate::report::{LineOutcome, Rejection};
use crate::run::task::{JournalState, state_in_journal};
use crate::run::uploader::Uploader;
use crate::seen::IdState;

impl Driver<'_> {
    /// Handles the next line of the input, or its end.
    pub(super) fn take_line(&mut self, line: io::Result<Option<RawLine>>) -> Result<(), Reason> {
        self.reporter.bytes = self.lines.bytes();
        let Some(raw) = line.map_err(Reason::Input)? else {
            self.at_end = true;
            return Ok(());
        };
        self.lines_read = self.lines_read.saturating_add(1);
        match self.uploader.clone() {
            Some(uploader) => self.upload(&uploader, raw),
            None => self.check(&raw),
        }
    }

    /// Starts uploading the files of a line. A line without files waits for the lines before
    /// it, so that the lines stay in order.
    fn upload(&mut self, uploader: &Uploader, raw: RawLine) -> Result<(), Reason> {
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

    /// Reports the lines whose files were not uploaded, with the outcomes that the journal
    /// has for them.
    pub(super) async fn close_not_uploaded(&mut self, end: Instant) -> Result<(), Reason> {
        self.stages.uploading.clear();
        for raw in std::mem::take(&mut self.stages.not_uploaded) {
            let id = match self.rules.check(&raw) {
                Ok(checked) => Some(checked.id),
                Err(refused) => refused.id,
            };
            let outcome = match &id {
                Some(id) => outcome_in_journal(&self.sender.journal, id, false, end).await,
                None => LineOutcome::Unsent,
            };
            self.reporter.report(raw.number, id, outcome)?;
        }
        Ok(())
    }

    /// Checks a line. Its files are uploaded already, if the rules allow uploads.
    fn check(&mut self, raw: &RawLine) -> Result<(), Reason> {
        match self.rules.check(raw) {
            Ok(checked) => self.look_in_journal(checked),
            Err(refused) => {
                let outcome = LineOutcome::Rejected(refused.rejection);
                self.report(refused.line, refused.id, outcome)
            }
        }
    }

    /// Looks for a line in the journal, unless an earlier line of this input has the same
    /// external id.
    pub(super) fn look_in_journal(&mut self, checked: Checked) -> Result<(), Reason> {
        let Some(earlier) = self.seen.get(&checked.id)? else {
            let Checked { line, body, .. } = checked;
            self.seen.insert(&checked.id, line, body)?;
            self.stages.under_way.insert(checked.id.clone(), false);
            let journal = Arc::clone(&self.sender.journal);
            self.stages.in_journal.push_back(Box::pin(async move {
                let state = state_in_journal(&journal, &checked).await;
                (checked, state)
            }));
            return Ok(());
        };
        let same_as_line = Some(earlier.line);
        let outcome = match earlier.state {
            IdState::UnderWay => {
                self.stages.postponed = Some(checked);
                return Ok(());
            }
            // It isn't known yet whether the ticket exists, and which of the two bodies it
            // has. So bodies aren't compared, and the line is reported at the end, with
            // the earlier one.
            IdState::InDoubt => return self.keep_in_doubt(&checked.id, checked.line),
            _ if earlier.body != checked.body => {
                LineOutcome::Rejected(Rejection::other_body(same_as_line))
            }
            IdState::Settled { ticket_id } => LineOutcome::Found {
                ticket_id,
                same_as_line,
            },
        };
        self.report(checked.line, Some(checked.id), outcome)
    }

    /// Keeps a line in doubt, to report it at the end of the import.
    pub(super) fn keep_in_doubt(&mut self, id: &ExternalId, line: u64) -> Result<(), Reason> {
        self.seen.mark_in_doubt(id, line)?;
        self.reporter.in_doubt = self.reporter.in_doubt.saturating_add(1);
        Ok(())
    }

    /// Reads the rest of the input after an early end, so that every line is reported. Reads
    /// nothing unless the service is the reason for the early end and the number of lines is
    /// known, because other input may never end.
    pub(super) async fn read_rest(&mut self) -> Result<(), Reason> {
        let of_service = matches!(
            self.halt,
            Some(Reason::Outage(_) | Reason::NeverReached(_) | Reason::NoEvidence(_))
        );
        if !of_service || self.settings.expected.is_none() {
            return Ok(());
        }
        while !self.at_end {
            while let Some((checked, state)) = self.stages.in_journal.next().await {
                self.take_journal_state(checked, state)?;
            }
            if let Some(checked) = self.stages.postponed.take() {
                let id = Some(checked.id);
                self.reporter
                    .report(checked.line, id, LineOutcome::Unsent)?;
            }
            let line = self.lines.next().await;
            self.take_line(line)?;
        }
        Ok(())
    }

    /// Handles a line that was looked for in the journal.
    pub(super) fn take_journal_state(
        &mut self,
        checked: Checked,
        state: Result<JournalState, Reason>,
    ) -> Result<(), Reason> {
        match state? {
            JournalState::Unknown if self.halt.is_some() => {
                self.stages.under_way.remove(&checked.id);
                self.seen.remove(&checked.id)?;
                let id = Some(checked.id);
                self.reporter
                    .report(checked.line, id, LineOutcome::Unsent)?;
            }
            JournalState::Unknown => self.stages.unknown.push_back(checked),
            JournalState::Unsettled => self.stages.unsettled.push_back(checked),
            JournalState::Settled(settled) => self.settle(checked, settled)?,
        }
        Ok(())
    }
}
