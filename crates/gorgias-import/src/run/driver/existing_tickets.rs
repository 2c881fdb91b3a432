//! Finds out whether lines that the journal doesn't know have tickets already. Lines without a
//! ticket are held for a while, and may then be sent.

use std::sync::Arc;

use gorgias::KeyPage;
use tokio::time::{Duration, Instant};

use super::Driver;
use super::stages::Question;
use crate::halted::Reason;
use crate::line::Checked;
use crate::notice::Notice;
use crate::observer::Phase;
use crate::report::LineOutcome;
use crate::run::list::ListEnd;
use crate::run::proof::{Existence, Mode, ProofMethod, look_up};
use crate::run::task::Settled;

/// The number of lines, beyond the concurrency, that may wait for the answer whether they have
/// a ticket.
const ASKED_AHEAD: usize = 32;

/// A held line is sent if no other line arrives for this long, because the input may be a
/// pipe.
const FLUSH: Duration = Duration::from_secs(1);

impl Driver<'_> {
    /// Starts to ask whether lines have tickets, in order.
    pub(super) fn start_proofs(&mut self) -> Result<(), Reason> {
        if self.stages.has_unknown() && matches!(self.plan.mode(), Mode::Undecided { .. }) {
            self.plan.decide();
            self.list_began = Instant::now();
            if self.plan.mode() == Mode::Sampling {
                self.notify(&Notice::Sampling);
            }
        }
        let most = self.settings.concurrency.saturating_add(ASKED_AHEAD);
        while self.stages.proofs.len() < most && self.stages.has_unknown() {
            let Some(method) = self.plan.next() else {
                break;
            };
            let Some(checked) = self.stages.pop_unknown() else {
                break;
            };
            let listed = self.seen.listed(&checked.id)?;
            let existence = match (listed.split_first(), method) {
                (Some((ticket_id, others)), _) => Existence::Ticket {
                    ticket_id: *ticket_id,
                    others: others.to_vec(),
                },
                (None, ProofMethod::List) => Existence::Absent(Some(self.list_began)),
                (None, ProofMethod::Skip) => Existence::Absent(None),
                (None, ProofMethod::LookUp) => {
                    let look_up = self.look_up(checked);
                    self.stages.proofs.push_back(look_up);
                    continue;
                }
            };
            let known = std::future::ready((checked, Ok(existence)));
            self.stages.proofs.push_back(Box::pin(known));
        }
        Ok(())
    }

    fn look_up(&self, checked: Checked) -> Question<Existence> {
        let reads = self.sender.reads.clone();
        let permits = Arc::clone(&self.permits);
        let insist = self.list_proves_nothing;
        Box::pin(async move {
            // The semaphore is never closed.
            let _permit = permits.acquire().await;
            let found = look_up(&reads, &checked.id, insist, false).await;
            (checked, found)
        })
    }

    /// Handles the answer to the question whether a line has a ticket.
    pub(super) fn take_existence(
        &mut self,
        checked: Checked,
        existence: Result<Existence, Reason>,
    ) -> Result<(), Reason> {
        match existence? {
            Existence::Ticket { ticket_id, others } => self.adopt(checked, ticket_id, others),
            // The line wasn't in the sample, and since then the journal turned out to be
            // incomplete.
            Existence::Absent(None) if self.plan.mode() != Mode::Sampling => {
                self.stages.unknown_again.push_back(checked);
            }
            Existence::Absent(at) => {
                self.held.push(checked, at);
                self.flush_at = Instant::now().checked_add(FLUSH);
            }
            Existence::NoEvidence(reason) if self.list_proves_nothing => {
                self.stages.unknown_again.push_front(checked);
                return Err(Reason::NoEvidence(reason));
            }
            Existence::NoEvidence(reason) => {
                self.stages.unknown_again.push_back(checked);
                if !matches!(self.plan.mode(), Mode::ReadingList { .. } | Mode::ListRead) {
                    self.list_began = Instant::now();
                    self.plan.note_look_ups_fail();
                    self.notify(&Notice::LookUpsFail { reason });
                }
            }
        }
        Ok(())
    }

    /// Handles the result of a second look-up.
    pub(super) fn take_second_proof(
        &mut self,
        checked: Checked,
        existence: Result<Existence, Reason>,
    ) -> Result<(), Reason> {
        match existence? {
            Existence::Ticket { ticket_id, others } => self.adopt(checked, ticket_id, others),
            Existence::Absent(_) => self.stages.ready.push_back(checked),
            Existence::NoEvidence(reason) => return Err(Reason::NoEvidence(reason)),
        }
        Ok(())
    }

    /// Records in the journal a ticket that the service has and the journal doesn't know.
    fn adopt(&mut self, checked: Checked, ticket_id: i64, others: Vec<i64>) {
        if self.plan.note_found(self.lines_read) {
            self.list_began = Instant::now();
        }
        if !std::mem::replace(&mut self.reported_incomplete, true) {
            self.notify(&Notice::Incomplete {
                external_id: checked.id.clone(),
                ticket_id,
            });
        }
        self.held.note_found();
        let journal = Arc::clone(&self.sender.journal);
        self.stages.sending.push(Box::pin(async move {
            let outcome = LineOutcome::found(ticket_id);
            let settled = match journal.adopt(&checked.id, checked.body, ticket_id).await {
                Ok(()) => Settled {
                    others,
                    is_listed: true,
                    ..Settled::new(outcome)
                },
                Err(error) => Settled::halting(outcome, error.into()),
            };
            (checked, Ok(settled))
        }));
    }

    /// Handles a page of the list.
    pub(super) fn take_page(&mut self, page: Result<KeyPage, Reason>) -> Result<(), Reason> {
        let page = page?;
        for ticket in &page.tickets {
            if let Some(id) = &ticket.external_id {
                self.seen.add_listed(id, ticket.ticket_id)?;
                self.list_has_ids = true;
            }
        }
        self.reporter.progress(Phase::ReadingList);
        let Mode::ReadingList { budget, first } = self.plan.mode() else {
            return Ok(());
        };
        if let Some(end) = self.list.advance(&page, budget) {
            self.plan.note_list_ended(end);
            match end {
                ListEnd::Complete => {}
                ListEnd::TooLong if first => self.notify(&Notice::Sampling),
                ListEnd::TooLong => self.notify(&Notice::EveryLine),
                ListEnd::NoProof => {
                    self.list_proves_nothing = true;
                    self.notify(&Notice::EveryLine);
                }
            }
        }
        Ok(())
    }

    /// Releases held lines after which enough other lines came. A line that may have a ticket
    /// too new for the list is looked up again, once the list must show the ticket.
    pub(super) fn release(&mut self) {
        let wait = self.plan.holds(self.list_has_ids) && !self.nothing_follows();
        while self.stages.ready.len() < self.settings.concurrency {
            let Some(line) = self.held.pop(wait) else {
                return;
            };
            let was_asked_early = line.absent_at.is_none_or(|at| at < self.quiet_at);
            if !(line.may_have_new_ticket && was_asked_early) {
                self.stages.ready.push_back(line.checked);
                continue;
            }
            let (reads, at) = (self.sender.reads.clone(), self.quiet_at);
            let permits = Arc::clone(&self.permits);
            self.stages.second_proofs.push(Box::pin(async move {
                tokio::time::sleep_until(at).await;
                let _permit = permits.acquire().await;
                let found = look_up(&reads, &line.checked.id, true, true).await;
                (line.checked, found)
            }));
        }
    }

    /// Whether no line is under way that the held lines could wait for.
    fn nothing_follows(&self) -> bool {
        let blocked = self.at_end || self.stages.block_input();
        self.stages.unproven() == 0 && (blocked || self.flush_at.is_none())
    }

    /// Whether there is a line that may still be sent for the first time.
    pub(super) fn has_unsent(&self) -> bool {
        let waiting = !(self.held.is_empty() && self.stages.second_proofs.is_empty());
        waiting || self.stages.unsent() > 0
    }
}
