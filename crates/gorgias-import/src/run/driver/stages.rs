//! The lines under way, by the stage that each has reached.

use std::collections::{HashMap, VecDeque};

use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesOrdered, FuturesUnordered};
use gorgias::ExternalId;

use crate::halted::Reason;
use crate::line::{Checked, RawLine};
use crate::run::proof::Existence;
use crate::run::task::{JournalState, LineTask};
use crate::run::uploader::Upload;

/// A future that asks a question about a line, and returns the line with the answer.
pub(super) type Question<T> = BoxFuture<'static, (Checked, Result<T, Reason>)>;

#[derive(Default)]
pub(super) struct Stages {
    /// Lines whose files are being uploaded, in order.
    pub(super) uploading: FuturesOrdered<Upload>,
    /// Lines whose files aren't uploaded yet, as they were read, in order.
    pub(super) not_uploaded: VecDeque<RawLine>,
    /// Lines that are looked for in the journal, in order.
    pub(super) in_journal: FuturesOrdered<Question<JournalState>>,
    /// Lines that the journal doesn't know.
    pub(super) unknown: VecDeque<Checked>,
    /// Lines about which the service is asked again: one method proved nothing, or the line
    /// wasn't in the sample and the journal turned out to be incomplete.
    pub(super) unknown_again: VecDeque<Checked>,
    /// Lines of which the service is asked whether they have a ticket, in order.
    pub(super) proofs: FuturesOrdered<Question<Existence>>,
    /// Lines that are looked up a second time, because their ticket may have been too new
    /// for the list.
    pub(super) second_proofs: FuturesUnordered<Question<Existence>>,
    /// Lines that are ready to be sent.
    pub(super) ready: VecDeque<Checked>,
    /// Tasks that send a line.
    pub(super) sending: FuturesUnordered<LineTask>,
    /// Lines that an earlier run left unsettled, without a task yet.
    pub(super) unsettled: VecDeque<Checked>,
    /// Tasks that settle a line of an earlier run. A task may take minutes, so the
    /// concurrency of `sending` doesn't count it.
    pub(super) settling: FuturesUnordered<LineTask>,
    /// A line that waits for an earlier line with the same id.
    pub(super) postponed: Option<Checked>,
    /// The ids of lines without an outcome, and whether their task has started.
    pub(super) under_way: HashMap<ExternalId, bool>,
}

impl Stages {
    /// Returns the number of lines that were read and not sent. Lines that are held or looked
    /// up a second time aren't counted.
    pub(super) fn unsent(&self) -> usize {
        let counts = [self.uploading.len(), self.unproven(), self.ready.len()];
        counts.iter().sum()
    }

    /// Returns the number of checked lines for which it isn't known yet whether they have a
    /// ticket.
    pub(super) fn unproven(&self) -> usize {
        let counts = [
            self.in_journal.len(),
            self.unknown.len(),
            self.unknown_again.len(),
            self.proofs.len(),
        ];
        counts.iter().sum()
    }

    /// Whether there is a line to ask the service about.
    pub(super) fn has_unknown(&self) -> bool {
        !(self.unknown_again.is_empty() && self.unknown.is_empty())
    }

    /// Removes the next line to ask the service about.
    pub(super) fn pop_unknown(&mut self) -> Option<Checked> {
        let again = self.unknown_again.pop_front();
        again.or_else(|| self.unknown.pop_front())
    }

    /// Whether a line has to reach its next stage before another one is read.
    pub(super) fn block_input(&self) -> bool {
        self.postponed.is_some() || !self.unsettled.is_empty()
    }
}
