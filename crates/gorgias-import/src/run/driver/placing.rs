//! Uploads the files of lines before the lines are checked.

use tokio::time::Instant;

use super::Driver;
use super::closing::outcome_in_journal;
use crate::halted::Reason;
use crate::line::RawLine;
use crate::report::LineOutcome;
use crate::run::uploader::Uploader;

impl Driver<'_> {
    /// Starts uploading the files of a line. The lines stay in order.
    pub(super) fn upload(&mut self, uploader: &Uploader, raw: RawLine) -> Result<(), Reason> {
        if self.stages.placing.is_empty() && raw.files().is_empty() {
            return self.check(&raw);
        }
        self.stages.unplaced.push_back(raw.clone());
        if self.halt.is_none() {
            self.stages.placing.push_back(uploader.start(raw));
        }
        Ok(())
    }

    /// Checks a line whose files are uploaded.
    pub(super) fn take_placed(&mut self, placed: Result<RawLine, Reason>) -> Result<(), Reason> {
        let placed = placed?;
        self.stages.unplaced.pop_front();
        self.check(&placed)
    }

    /// Reports the lines whose files were not uploaded, with their outcome in
    /// the journal.
    pub(super) async fn close_unplaced(&mut self, end: Instant) -> Result<(), Reason> {
        self.stages.placing.clear();
        for raw in std::mem::take(&mut self.stages.unplaced) {
            let id = self.rules.id_of(&raw);
            let outcome = match &id {
                Some(id) => outcome_in_journal(&self.sender.journal, id, false, end).await,
                None => LineOutcome::Unsent,
            };
            self.reporter.report(raw.number, id, outcome)?;
        }
        Ok(())
    }
}
