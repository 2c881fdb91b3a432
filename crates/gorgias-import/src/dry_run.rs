//! Checks an input without sending any of it.

use std::collections::HashMap;
use std::time::SystemTime;

use tokio::io::AsyncBufRead;
use tokio::time::Instant;

use crate::files::locate;
use crate::halted::{Halted, Reason};
use crate::line::{Input, Lines, RawLine, Rules};
use crate::observer::{Observer, Phase, Progress};
use crate::report::{LineOutcome, LineReport, Rejection};
use crate::run::judge::invalid;
use crate::seen::SeenIds;
use crate::summary::Summary;
use crate::warnings;

/// The beginning of the made-up addresses that replace the addresses of files.
const UPLOADED: &str = "https://gorgias.io/attachments/";

impl Rules {
    /// Checks the lines of an input as an import would, without a request and
    /// without a journal.
    ///
    /// Lines that may be sent count as [`Summary::valid`] and have the outcome
    /// [`LineOutcome::Unsent`]. A line with the external id and the content of an earlier line
    /// counts as valid too: an import would find its ticket. Addresses of attachments are
    /// checked by the default rules of a client, and files that would be uploaded have to
    /// exist. Reports have the [`warnings`](LineReport::warnings) of lines that may be sent.
    ///
    /// # Errors
    ///
    /// If the input can't be read, or the observer fails. Rejected lines are no
    /// error; the summary counts them.
    pub async fn dry_run<R>(&self, input: R, observer: &mut dyn Observer) -> Result<Summary, Halted>
    where
        R: AsyncBufRead + Send + Unpin,
    {
        let started = Instant::now();
        let mut summary = Summary::new();
        let ended = self
            .check_all(Box::new(input), observer, &mut summary)
            .await;
        summary.elapsed = started.elapsed();
        if ended.is_err() {
            summary.unread = None;
        }
        summary.valid = Some(summary.unsent);
        summary.invalid = Some(summary.rejected);
        match ended {
            Ok(()) => Ok(summary),
            Err(reason) => Err(Halted::new(reason, summary)),
        }
    }

    async fn check_all(
        &self,
        input: Input<'_>,
        observer: &mut dyn Observer,
        summary: &mut Summary,
    ) -> Result<(), Reason> {
        let mut warned = 0_u64;
        summary.warned = Some(warned);
        let mut lines = Lines::new(input);
        let mut seen = SeenIds::new()?;
        while let Some(mut raw) = lines.next().await.map_err(Reason::Input)? {
            self.replace_files(&mut raw);
            let report = self.report_of(&raw, &mut seen)?;
            summary.add(&report.outcome);
            warned = warned.saturating_add(u64::from(!report.warnings.is_empty()));
            summary.warned = Some(warned);
            observer.line(&report).map_err(Reason::Observer)?;
            observer.progress(&Progress {
                phase: Phase::Checking,
                lines: summary.read,
                rejected: summary.rejected,
                bytes: lines.bytes(),
                ..Progress::default()
            });
            tokio::task::consume_budget().await;
        }
        Ok(())
    }

    /// Replaces the addresses of files as an import would, without uploading the files.
    fn replace_files(&self, raw: &mut RawLine) {
        let Some(folder) = &self.files else {
            return;
        };
        let found = raw.files();
        let mut new_addresses = HashMap::new();
        for one in &found {
            let path = one.address.get("file:".len()..).unwrap_or_default();
            let address = match locate(folder, &one.address) {
                Ok(_) => Ok(format!("{UPLOADED}{}", path.trim_start_matches('/'))),
                Err(problem) => Err(problem.to_string()),
            };
            raw.add_address(one, address, &mut new_addresses);
        }
        raw.replace_addresses(&found, &new_addresses);
    }

    fn report_of(&self, raw: &RawLine, seen: &mut SeenIds) -> Result<LineReport, Reason> {
        let checked = match self.check(raw) {
            Ok(checked) => checked,
            Err(refused) => {
                let outcome = LineOutcome::Rejected(refused.rejection);
                return Ok(LineReport::new(refused.line, refused.id, outcome));
            }
        };
        let outcome = match seen.get(&checked.id)? {
            Some(earlier) if earlier.body != checked.body => {
                LineOutcome::Rejected(Rejection::other_body(Some(earlier.line)))
            }
            earlier => {
                if earlier.is_none() {
                    seen.insert(&checked.id, checked.line, checked.body)?;
                }
                match checked.ticket.validate_with_attachments() {
                    Ok(()) => LineOutcome::Unsent,
                    Err(error) => LineOutcome::Rejected(invalid(&error)),
                }
            }
        };
        let mut report = LineReport::new(checked.line, Some(checked.id), outcome);
        if report.outcome == LineOutcome::Unsent {
            report.warnings = warnings::of(&checked.ticket, SystemTime::now().into());
        }
        Ok(report)
    }
}
