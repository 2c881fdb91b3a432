//! Compares the service's list with the imported tickets.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use gorgias::{ExternalId, ListedKey, LookUp};
use tokio::time::sleep;

use super::list::ListReader;
use super::reporter::Reporter;
use super::task::Sender;
use crate::halted::Reason;
use crate::observer::{AuditProgress, Finding, Phase};
use crate::seen::{Listed, SeenIds};

/// The list is read back to this long before the first claim of an id. The journal has the time
/// of the claim by this machine's clock, and the service's clock may differ.
const SLACK: Duration = Duration::from_secs(60 * 60);

/// The largest number of look-ups, because each takes a request. If so many tickets are
/// missing, the list is wrong.
const MOST_LOOK_UPS: u32 = 1_000;

/// An audit. It reads the list, the most recently changed ticket first, and stops at tickets
/// that were changed before the import began.
///
/// The list is ordered by `updated_datetime`. That is the time of creation for a new ticket,
/// unless its line gave another time. The list can't be filtered by time, and may change while
/// it is read. So the ids whose ticket wasn't on any page that was read are looked up one by
/// one.
pub(super) struct Audit<'a, 'd> {
    pub(super) sender: &'a Sender,
    pub(super) settle_time: Duration,
    pub(super) earliest: Option<DateTime<Utc>>,
    pub(super) seen: &'a mut SeenIds,
    pub(super) reporter: &'a mut Reporter<'d>,
}

// Methods that change nothing take `&mut self` too. `Audit` isn't `Sync`, so a future that
// holds a shared reference to it across an await isn't `Send`, and can't be spawned.
impl Audit<'_, '_> {
    /// Runs the audit. Returns the number of known tickets that are missing in the list, and
    /// the number of ids with several tickets.
    pub(super) async fn run(mut self) -> Result<(u64, u64), Reason> {
        self.report_progress(None)?;
        // The tickets that the list or a look-up showed earlier in this run are marked as
        // seen already.
        if self.seen.unseen_after(&mut None)?.is_some() {
            self.read_list().await?;
            self.look_for_unseen().await?;
        }
        self.mark_confirmed().await?;
        Ok((self.report_missing()?, self.report_duplicates()?))
    }

    /// Returns a time so early that every ticket of the import was changed after it.
    async fn floor(&mut self) -> Result<DateTime<Utc>, Reason> {
        let since = self.first_claimed().await?;
        let since = since.and_then(|since| since.checked_sub(SLACK));
        let since = DateTime::<Utc>::from(since.unwrap_or(SystemTime::UNIX_EPOCH));
        Ok(self.earliest.into_iter().fold(since, DateTime::min))
    }

    /// Returns when the first of the ids was claimed, by any run. Ids of other imports in
    /// the journal don't count, so that they don't make the audit longer.
    async fn first_claimed(&mut self) -> Result<Option<SystemTime>, Reason> {
        let mut first = None;
        let mut last = None;
        // Before the list is read, all ids count as unseen.
        while let Some(unseen) = self.seen.unseen_after(&mut last)? {
            let ids = unseen.into_iter().map(|(id, _)| id).collect();
            let claimed = self.sender.journal.first_claimed(ids).await?;
            first = first.into_iter().chain(claimed).min();
        }
        Ok(first)
    }

    async fn read_list(&mut self) -> Result<(), Reason> {
        let floor = self.floor().await?;
        let mut list = ListReader::last_changed_first();
        loop {
            let page = list.page(&self.sender.reads).await?;
            // An empty page may be followed by others.
            let older = !page.tickets.is_empty()
                && page.tickets.iter().all(|ticket| is_before(ticket, floor));
            for ticket in &page.tickets {
                if let Some(id) = &ticket.external_id {
                    self.audit_ticket(id, ticket.ticket_id).await?;
                }
            }
            self.report_progress(None)?;
            if older || list.advance(&page, u64::MAX).is_some() {
                return Ok(());
            }
        }
    }

    async fn audit_ticket(&mut self, id: &str, ticket_id: i64) -> Result<(), Reason> {
        if self.seen.audit(id, ticket_id)? == Listed::Found {
            // The id is one of the input, so it is valid.
            if let Ok(id) = ExternalId::new(id) {
                self.sender.journal.settled(&id, ticket_id).await?;
            }
        }
        Ok(())
    }

    /// Looks up each id whose ticket wasn't in the list, up to three times with pauses. The
    /// list may lag behind, or may have changed while it was read.
    async fn look_for_unseen(&mut self) -> Result<(), Reason> {
        let mut look_ups = 0_u32;
        let quarter = self.settle_time.checked_div(4).unwrap_or_default();
        let waits = [0, 1, 3].map(|quarters| quarter.saturating_mul(quarters));
        for wait in waits {
            let mut last = None;
            let mut waited = false;
            while let Some(unseen) = self.seen.unseen_after(&mut last)? {
                for (id, _) in unseen {
                    if !waited {
                        self.report_progress(Some(wait))?;
                        sleep(wait).await;
                        waited = true;
                    }
                    look_ups = look_ups.saturating_add(1);
                    if look_ups > MOST_LOOK_UPS {
                        return Ok(());
                    }
                    self.look_up(&id).await?;
                }
            }
        }
        Ok(())
    }

    async fn look_up(&mut self, id: &ExternalId) -> Result<(), Reason> {
        if let LookUp::Found {
            ticket_id,
            duplicates,
        } = self.sender.reads.look_up(id, false).await?
        {
            self.audit_ticket(id.as_str(), ticket_id).await?;
            for other in duplicates {
                self.audit_ticket(id.as_str(), other).await?;
            }
        }
        self.report_progress(None)
    }

    /// Reports the progress. `pause` is the pause that begins, if one does.
    fn report_progress(&mut self, pause: Option<Duration>) -> Result<(), Reason> {
        let of = match &self.reporter.audit {
            Some(audit) => audit.of,
            None => self.seen.to_audit()?,
        };
        let met = self.seen.met_in_audit();
        self.reporter.audit = Some(AuditProgress { met, of, pause });
        self.reporter.progress(Phase::Auditing);
        Ok(())
    }

    /// Marks the ids that have one ticket, the expected one, so that the next audit
    /// leaves them out.
    async fn mark_confirmed(&mut self) -> Result<(), Reason> {
        let mut last = None;
        while let Some(confirmed) = self.seen.confirmed_after(&mut last)? {
            self.sender.journal.mark_audited(confirmed).await?;
        }
        Ok(())
    }

    fn report_missing(&mut self) -> Result<u64, Reason> {
        let mut count = 0_u64;
        let mut last = None;
        while let Some(unseen) = self.seen.unseen_after(&mut last)? {
            for (external_id, ticket_id) in unseen {
                // An id in doubt has no known ticket that could be missing.
                let Some(ticket_id) = ticket_id else {
                    continue;
                };
                count = count.saturating_add(1);
                self.reporter.observer.finding(&Finding::Missing {
                    external_id,
                    ticket_id,
                });
            }
        }
        Ok(count)
    }

    fn report_duplicates(&mut self) -> Result<u64, Reason> {
        let mut count = 0_u64;
        let mut last = None;
        while let Some(duplicated) = self.seen.duplicated_after(&mut last)? {
            for (external_id, ticket_id, others) in duplicated {
                count = count.saturating_add(1);
                self.reporter.observer.finding(&Finding::Duplicate {
                    external_id,
                    ticket_id,
                    others,
                });
            }
        }
        Ok(count)
    }
}

/// Whether the last change of a ticket was before a time. False if the list doesn't say when
/// the ticket was changed.
fn is_before(ticket: &ListedKey, floor: DateTime<Utc>) -> bool {
    ticket.updated_datetime.is_some_and(|at| at < floor)
}
