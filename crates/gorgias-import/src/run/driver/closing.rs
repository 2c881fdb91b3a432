//! Reports the lines that have no outcome when an import ends.

use std::time::Duration;

use gorgias::ExternalId;
use gorgias_journal::{EntryState, SqliteJournal};
use tokio::time::{Instant, timeout_at};

use super::Driver;
use super::stages::Stages;
use crate::halted::Reason;
use crate::report::LineOutcome;
use crate::seen::{LineInDoubt, SeenId};

/// The longest time for reading the states of lines from the journal. Another process may
/// lock the journal, and stopping an import must not take long.
const LIMIT: Duration = Duration::from_secs(4);

impl Driver<'_> {
    /// Reports all lines that have no outcome yet.
    pub(super) async fn close(&mut self) -> Result<(), Reason> {
        let now = Instant::now();
        let end = now.checked_add(LIMIT).unwrap_or(now);
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
        let mut last = 0;
        while let Some(lines) = self.seen.in_doubt_after(&mut last)? {
            for LineInDoubt {
                line,
                id,
                first,
                ticket_id,
            } in lines
            {
                let same_as_line = (first != line).then_some(first);
                let outcome = match ticket_id {
                    Some(ticket_id) => LineOutcome::Found {
                        ticket_id,
                        same_as_line,
                    },
                    None => LineOutcome::InDoubt { same_as_line },
                };
                self.reporter.in_doubt = self.reporter.in_doubt.saturating_sub(1);
                self.reporter.report(line, Some(id), outcome)?;
            }
        }
        Ok(())
    }

    /// Reports a line that was under way when the import ended, by its state in the journal.
    /// A line in doubt is kept, and reported later.
    async fn close_interrupted(
        &mut self,
        id: ExternalId,
        began: bool,
        end: Instant,
    ) -> Result<(), Reason> {
        let Some(SeenId { line, .. }) = self.seen.get(&id)? else {
            return Ok(());
        };
        let outcome = outcome_in_journal(&self.sender.journal, &id, began, end).await;
        match outcome {
            LineOutcome::InDoubt { .. } => self.keep_in_doubt(&id, line),
            outcome => self.reporter.report(line, Some(id), outcome),
        }
    }
}

/// Returns the outcome of an interrupted line, by its state in the journal. `began` says
/// whether this run started a task for the line.
pub(super) async fn outcome_in_journal(
    journal: &SqliteJournal,
    id: &ExternalId,
    began: bool,
    end: Instant,
) -> LineOutcome {
    match timeout_at(end, journal.entry(id)).await {
        Ok(Ok(None)) => LineOutcome::Unsent,
        Ok(Ok(Some(entry))) => match entry.state {
            // If this run started a task for the line, the task settled the line. The journal
            // doesn't show whether the task created the ticket or found it, so the ticket
            // counts as created.
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
