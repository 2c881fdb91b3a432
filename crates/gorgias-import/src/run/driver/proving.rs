//! Proves that lines which the journal doesn't know have no ticket, so that
//! they may be sent.

use std::sync::Arc;

use gorgias::KeyPage;
use tokio::time::{Duration, Instant};

use super::Driver;
use super::stages::Proving;
use crate::halted::Reason;
use crate::line::Checked;
use crate::notice::Notice;
use crate::observer::Phase;
use crate::report::LineOutcome;
use crate::run::proof::{ListEnd, LookUpResult, Mode, ProofMethod, look_up};
use crate::run::task::Settled;

/// The number of lines that are proven at a time, beyond the concurrency.
const PROVEN_AHEAD: usize = 32;

/// A held line is sent if no other line arrives for this long, because the
/// input may be a pipe.
const FLUSH: Duration = Duration::from_secs(1);

impl Driver<'_> {
    /// Starts proofs of lines, in order.
    pub(super) fn prove(&mut self) -> Result<(), Reason> {
        let any = !(self.stages.unproven_again.is_empty() && self.stages.unproven.is_empty());
        if any && matches!(self.proof.mode(), Mode::Undecided { .. }) {
            self.proof.decide();
            self.list_began = Instant::now();
            if self.proof.mode() == Mode::Sampling {
                self.notify(&Notice::Sampling);
            }
        }
        let most = self.settings.concurrency.saturating_add(PROVEN_AHEAD);
        let is_reading_list = matches!(self.proof.mode(), Mode::ReadingList { .. });
        while !is_reading_list && self.stages.proving.len() < most {
            let next = self.stages.unproven_again.pop_front();
            let Some(checked) = next.or_else(|| self.stages.unproven.pop_front()) else {
                break;
            };
            let listed = self.seen.listed(&checked.id)?;
            let Some(by) = self.proof.next() else {
                self.stages.unproven_again.push_front(checked);
                break;
            };
            let result = match (listed.split_first(), by) {
                (Some((ticket_id, others)), _) => LookUpResult::Ticket {
                    ticket_id: *ticket_id,
                    others: others.to_vec(),
                },
                (None, ProofMethod::List) => LookUpResult::Absent(Some(self.list_began)),
                (None, ProofMethod::Sample) => LookUpResult::Absent(None),
                (None, ProofMethod::LookUp) => {
                    let look_up = self.look_up(checked);
                    self.stages.proving.push_back(look_up);
                    continue;
                }
            };
            let proven = std::future::ready((checked, Ok(result)));
            self.stages.proving.push_back(Box::pin(proven));
        }
        Ok(())
    }

    fn look_up(&self, checked: Checked) -> Proving {
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

    /// Handles the result of a proof.
    pub(super) fn take_proven(
        &mut self,
        checked: Checked,
        result: Result<LookUpResult, Reason>,
    ) -> Result<(), Reason> {
        match result? {
            LookUpResult::Ticket { ticket_id, others } => self.adopt(checked, ticket_id, others),
            // The journal turned out to be incomplete meanwhile.
            LookUpResult::Absent(None) if self.proof.mode() != Mode::Sampling => {
                self.stages.unproven_again.push_back(checked);
            }
            LookUpResult::Absent(at) => self.hold(checked, at),
            LookUpResult::NoEvidence(reason) if self.list_proves_nothing => {
                self.stages.unproven_again.push_front(checked);
                return Err(Reason::NoEvidence(reason));
            }
            LookUpResult::NoEvidence(reason) => {
                self.stages.unproven_again.push_back(checked);
                if !matches!(self.proof.mode(), Mode::ReadingList { .. } | Mode::ListRead) {
                    self.list_began = Instant::now();
                    self.proof.look_ups_fail();
                    self.notify(&Notice::LookUpsFail { reason });
                }
            }
        }
        Ok(())
    }

    fn hold(&mut self, checked: Checked, at: Option<Instant>) {
        self.held.push(checked, at);
        self.flush_at = Instant::now().checked_add(FLUSH);
    }

    /// Handles the result of a second proof.
    pub(super) fn take_second_proof(
        &mut self,
        checked: Checked,
        result: Result<LookUpResult, Reason>,
    ) -> Result<(), Reason> {
        match result? {
            LookUpResult::Ticket { ticket_id, others } => self.adopt(checked, ticket_id, others),
            LookUpResult::Absent(_) => self.stages.ready.push_back(checked),
            LookUpResult::NoEvidence(reason) => return Err(Reason::NoEvidence(reason)),
        }
        Ok(())
    }

    /// Records a ticket in the journal that exists and that the journal doesn't
    /// know.
    fn adopt(&mut self, checked: Checked, ticket_id: i64, others: Vec<i64>) {
        let read = self.lines_read;
        if self.proof.found(read) {
            self.list_began = Instant::now();
        }
        if !std::mem::replace(&mut self.reported_incomplete, true) {
            self.notify(&Notice::Incomplete {
                external_id: checked.id.clone(),
                ticket_id,
            });
        }
        self.held.found();
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
        self.reporter.progress(Phase::Proving);
        let Mode::ReadingList { budget, first } = self.proof.mode() else {
            return Ok(());
        };
        if let Some(end) = self.list.advance(&page, budget) {
            self.proof.list_ended(end);
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

    /// Releases held lines that have waited long enough.
    pub(super) fn release(&mut self) {
        let waits = self.proof.holds(self.list_has_ids) && !self.nothing_follows();
        while self.stages.ready.len() < self.settings.concurrency {
            let Some(line) = self.held.pop(waits) else {
                return;
            };
            let is_young = line.at.is_none_or(|at| at < self.quiet_at);
            if !(line.may_be_young && is_young) {
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
        self.stages.unproven_yet() == 0 && (blocked || self.flush_at.is_none())
    }

    /// Whether there is a line that can be sent and wasn't yet.
    pub(super) fn has_unsent(&self) -> bool {
        let waiting = !(self.held.is_empty() && self.stages.second_proofs.is_empty());
        waiting || self.stages.unsent() > 0
    }
}
