//! The lines that have no outcome when an import ends.

use gorgias::ExternalId;
use gorgias_journal::State;
use tokio::io::AsyncBufRead;

use super::Driver;
use crate::halted::Reason;
use crate::report::Outcome;

impl<R: AsyncBufRead + Send + Unpin> Driver<'_, R> {
    /// Tells of the lines that have no outcome yet.
    pub(super) async fn close(&mut self) -> Result<(), Reason> {
        // Dropping them gives up their claims.
        self.fresh.clear();
        self.behind.clear();
        if let Some(checked) = self.postponed.take() {
            self.reporter
                .report(checked.line, Some(checked.id), Outcome::Unsent)?;
        }
        self.queue.clear();
        for id in std::mem::take(&mut self.under_way) {
            self.close_interrupted(id).await?;
        }
        let mut line = 0;
        loop {
            let waiting = self.seen.waiting_after(line)?;
            let Some(last) = waiting.last() else {
                break;
            };
            line = last.line;
            for waiting in waiting {
                let same_as_line = (waiting.first != waiting.line).then_some(waiting.first);
                let outcome = match waiting.ticket_id {
                    Some(ticket_id) => Outcome::Found {
                        ticket_id,
                        same_as_line,
                    },
                    None => Outcome::InDoubt { same_as_line },
                };
                self.reporter.waiting = self.reporter.waiting.saturating_sub(1);
                self.reporter
                    .report(waiting.line, Some(waiting.id), outcome)?;
            }
        }
        Ok(())
    }

    /// A line that was under way when the import ended. Its journal knows how
    /// far it came.
    async fn close_interrupted(&mut self, id: ExternalId) -> Result<(), Reason> {
        let Some(met) = self.seen.met(&id)? else {
            return Ok(());
        };
        let entry = self.sender.journal.entry(&id).await?;
        match entry.map(|entry| entry.state) {
            Some(State::Done { ticket_id }) => {
                let outcome = Outcome::Created { ticket_id };
                self.reporter.report(met.line, Some(id), outcome)
            }
            Some(_) => {
                self.seen.doubt(&id, met.line)?;
                self.reporter.waiting = self.reporter.waiting.saturating_add(1);
                Ok(())
            }
            None => self.reporter.report(met.line, Some(id), Outcome::Unsent),
        }
    }
}
