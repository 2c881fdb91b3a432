//! Reports the lines that have no outcome when an import ends.

use std::time::Duration;

use gorgias::ExternalId;
use gorgias_journal::State;
use tokio::io::AsyncBufRead;
use tokio::time::{Instant, timeout_at};

use super::Driver;
use crate::halted::Reason;
use crate::report::Outcome;

/// The longest time for reading the state of lines under way from the journal.
/// Another process may lock the journal, and stopping an import must not take
/// long.
const LIMIT: Duration = Duration::from_secs(4);

impl<R: AsyncBufRead + Send + Unpin> Driver<'_, R> {
    /// Reports all lines that have no outcome yet.
    pub(super) async fn close(&mut self) -> Result<(), Reason> {
        let end = Instant::now().checked_add(LIMIT);
        let end = end.unwrap_or_else(Instant::now);
        self.close_unplaced(end).await?;
        // Dropping the tasks gives up their claims.
        self.fresh.clear();
        self.behind.clear();
        self.in_journal.clear();
        self.unproven.clear();
        self.again.clear();
        self.proving.clear();
        self.held.clear();
        self.later.clear();
        self.ready.clear();
        self.queue.clear();
        if let Some(checked) = self.postponed.take() {
            self.reporter
                .report(checked.line, Some(checked.id), Outcome::Unsent)?;
        }
        for (id, began) in std::mem::take(&mut self.under_way) {
            self.close_interrupted(id, began, end).await?;
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

    /// Reports a line that was under way when the import ended, by its state in
    /// the journal. If the journal doesn't answer in time, the line is in
    /// doubt.
    async fn close_interrupted(
        &mut self,
        id: ExternalId,
        began: bool,
        end: Instant,
    ) -> Result<(), Reason> {
        let Some(met) = self.seen.met(&id)? else {
            return Ok(());
        };
        let entry = timeout_at(end, self.sender.journal.entry(&id)).await;
        let outcome = match entry {
            Ok(Ok(None)) => Outcome::Unsent,
            Ok(Ok(Some(entry))) => match entry.state {
                // If this run had started the line's task, the task created the
                // ticket.
                State::Done { ticket_id } if began => Outcome::Created { ticket_id },
                State::Done { ticket_id } => Outcome::Found {
                    ticket_id,
                    same_as_line: None,
                },
                _ => Outcome::InDoubt { same_as_line: None },
            },
            Ok(Err(_)) | Err(_) if began => Outcome::InDoubt { same_as_line: None },
            Ok(Err(_)) | Err(_) => Outcome::Unsent,
        };
        if matches!(outcome, Outcome::InDoubt { .. }) {
            self.seen.doubt(&id, met.line)?;
            self.reporter.waiting = self.reporter.waiting.saturating_add(1);
            return Ok(());
        }
        self.reporter.report(met.line, Some(id), outcome)
    }
}
