//! The lines under way, by the stage that each has reached.

use std::collections::{HashMap, VecDeque};
use std::pin::Pin;

use futures_util::stream::{FuturesOrdered, FuturesUnordered};
use gorgias::ExternalId;

use crate::halted::Reason;
use crate::line::{Checked, RawLine};
use crate::run::proof::LookUpResult;
use crate::run::task::{Known, LineTask};
use crate::run::uploader::Upload;

/// A look into the journal for a line.
pub(super) type InJournal = Pin<Box<dyn Future<Output = (Checked, Result<Known, Reason>)> + Send>>;

/// A line that is being proven.
pub(super) type Proving =
    Pin<Box<dyn Future<Output = (Checked, Result<LookUpResult, Reason>)> + Send>>;

#[derive(Default)]
pub(super) struct Stages {
    /// Lines whose files are being uploaded, in order.
    pub(super) uploading: FuturesOrdered<Upload>,
    /// Lines whose files are being uploaded, as they were read.
    pub(super) not_uploaded: VecDeque<RawLine>,
    /// Lines that are looked for in the journal, in order.
    pub(super) in_journal: FuturesOrdered<InJournal>,
    /// Lines that the journal doesn't know.
    pub(super) unproven: VecDeque<Checked>,
    /// Lines whose proof failed, and which are proven again in another way.
    pub(super) unproven_again: VecDeque<Checked>,
    /// Lines that are being proven, in order.
    pub(super) proving: FuturesOrdered<Proving>,
    /// Lines that are proven a second time, because their ticket may have been
    /// too new for the list.
    pub(super) second_proofs: FuturesUnordered<Proving>,
    /// Lines that are proven to have no ticket, ready to be sent.
    pub(super) ready: VecDeque<Checked>,
    /// Tasks that send such lines.
    pub(super) sending: FuturesUnordered<LineTask>,
    /// Lines that an earlier run left unsettled, without a task yet.
    pub(super) unsettled: VecDeque<Checked>,
    /// Tasks that settle lines of an earlier run. They may take minutes, so
    /// they don't count against the concurrency of `sending`.
    pub(super) settling: FuturesUnordered<LineTask>,
    /// A line that waits for an earlier line with the same id.
    pub(super) postponed: Option<Checked>,
    /// The ids of lines without an outcome, and whether their task has started.
    pub(super) under_way: HashMap<ExternalId, bool>,
}

impl Stages {
    /// The number of lines between the input and the tasks, but for those that
    /// are held or proven a second time.
    pub(super) fn unsent(&self) -> usize {
        let (uploading, ready) = (self.uploading.len(), self.ready.len());
        [uploading, self.unproven_yet(), ready].iter().sum()
    }

    /// The number of lines that are checked and not proven.
    pub(super) fn unproven_yet(&self) -> usize {
        let waiting = [
            self.in_journal.len(),
            self.unproven.len(),
            self.unproven_again.len(),
            self.proving.len(),
        ];
        waiting.iter().sum()
    }

    /// Whether no new line may be read before one of these gets further.
    pub(super) fn block_input(&self) -> bool {
        self.postponed.is_some() || !self.unsettled.is_empty()
    }
}
