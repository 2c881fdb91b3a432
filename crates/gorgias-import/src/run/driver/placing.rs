//! Uploads the files of lines before the lines are checked.

use gorgias_journal::State;
use tokio::io::AsyncBufRead;
use tokio::time::{Instant, timeout_at};

use super::Driver;
use crate::halted::Reason;
use crate::line::RawLine;
use crate::report::Outcome;
use crate::run::uploader::Uploader;

impl<R: AsyncBufRead + Send + Unpin> Driver<'_, R> {
    /// Starts uploading the files of a line. The lines stay in order.
    pub(super) fn upload(&mut self, uploader: &Uploader, raw: RawLine) -> Result<(), Reason> {
        if self.placing.is_empty() && raw.files().is_empty() {
            return self.check(&raw);
        }
        self.unplaced.push_back(raw.clone());
        if self.halt.is_none() {
            self.placing.push_back(uploader.start(raw));
        }
        Ok(())
    }

    /// Checks a line whose files are uploaded.
    pub(super) fn take_placed(&mut self, placed: Result<RawLine, Reason>) -> Result<(), Reason> {
        let placed = placed?;
        self.unplaced.pop_front();
        self.check(&placed)
    }

    /// Reports the lines whose files were not uploaded, with their outcome in
    /// the journal.
    pub(super) async fn close_unplaced(&mut self, end: Instant) -> Result<(), Reason> {
        self.placing.clear();
        for raw in std::mem::take(&mut self.unplaced) {
            let id = self.rules.id_of(&raw);
            let entry = match &id {
                Some(id) => timeout_at(end, self.sender.journal.entry(id)).await,
                None => Ok(Ok(None)),
            };
            let outcome = match entry.ok().and_then(Result::ok).flatten() {
                None => Outcome::Unsent,
                Some(entry) => match entry.state {
                    State::Done { ticket_id } => Outcome::Found {
                        ticket_id,
                        same_as_line: None,
                    },
                    _ => Outcome::InDoubt { same_as_line: None },
                },
            };
            self.reporter.report(raw.number, id, outcome)?;
        }
        Ok(())
    }
}
