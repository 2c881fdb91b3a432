//! Reports the lines that have no outcome when an import ends.

use std::time::Duration;

use gorgias::ExternalId;
use gorgias_journal::{EntryState, SqliteJournal};
use tokio::time::{Instant, timeout_at};

use super::Driver;
use super::stages::Stages;
use crate::halted::Reason;
use crate::report::LineOutcome;

/// The longest time for reading the state of lines under way from the journal.
/// Another process may lock the journal, and stopping an import must not take
/// long.
const LIMIT: Duration = Duration::from_secs(4);

impl Driver<'_> {
    /// Reports all lines that have no outcome yet.
    pub(super) async fn close(&mut self) -> Result<(), Reason> {
        let end = Instant::now().checked_add(LIMIT);
        let end = end.unwrap_or_else(Instant::now);
        self.close_not_uploaded(end).await?;
        // Dropping the tasks gives up their claims.
        let Stages {
            postponed,
            under_way,
            ..
        } = std::mem::take(&mut self.stages);
        if let Some(checked) = postponed {
            self.reporter
                .report(checked.line, Some(checked.id), LineOutcome::Unsent)?;
        }
        for (id, began) in under_way {
            self.close_interrupted(id, began, end).await?;
        }
        let mut line = 0;
        while let Some(waiting) = self.seen.waiting_after(&mut line)? {
            for waiting in waiting {
                let same_as_line = (waiting.first != waiting.line).then_some(waiting.first);
                let outcome = match waiting.ticket_id {
                    Some(ticket_id) => LineOutcome::Found {
                        ticket_id,
                        same_as_line,
                    },
                    None => LineOutcome::InDoubt { same_as_line },
                };
                self.reporter.waiting = self.reporter.waiting.saturating_sub(1);
                self.reporter
                    .report(waiting.line, Some(waiting.id), outcome)?;
            }
        }
        Ok(())
    }

    /// Reports a line that was under way when the import ended, by its state in
    /// the journal. A line that is in doubt is reported later.
    async fn close_interrupted(
        &mut self,
        id: ExternalId,
        began: bool,
        end: Instant,
    ) -> Result<(), Reason> {
        let Some(met) = self.seen.get(&id)? else {
            return Ok(());
        };
        let outcome = outcome_in_journal(&self.sender.journal, &id, began, end).await;
        if matches!(outcome, LineOutcome::InDoubt { .. }) {
            self.seen.mark_in_doubt(&id, met.line)?;
            self.reporter.waiting = self.reporter.waiting.saturating_add(1);
            return Ok(());
        }
        self.reporter.report(met.line, Some(id), outcome)
    }
}

/// Returns the outcome of an interrupted line, by its state in the journal.
/// `began` says whether this run started the line's task.
pub(super) async fn outcome_in_journal(
    journal: &SqliteJournal,
    id: &ExternalId,
    began: bool,
    end: Instant,
) -> LineOutcome {
    match timeout_at(end, journal.entry(id)).await {
        Ok(Ok(None)) => LineOutcome::Unsent,
        Ok(Ok(Some(entry))) => match entry.state {
            // If this run had started the line's task, the task created the
            // ticket.
            EntryState::Done { resource_id } if began => LineOutcome::Created {
                ticket_id: resource_id,
            },
            EntryState::Done { resource_id } => LineOutcome::found(resource_id),
            _ => LineOutcome::in_doubt(),
        },
        Ok(Err(_)) | Err(_) if began => LineOutcome::in_doubt(),
        Ok(Err(_)) | Err(_) => LineOutcome::Unsent,
    }
}
