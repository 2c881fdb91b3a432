//! Writes the outcome of each line to the report, and problems to the terminal.

use std::borrow::Cow;

use gorgias::ExternalId;
use gorgias_import::{
    Finding, LineOutcome, LineReport, Notice, Observer, ObserverError, Problem, Progress, Rejection,
};

use super::progress::ImportProgress;
use crate::command::reporting::{Cases, ReportFile};
use crate::failure::{Failure, located};
use crate::printable;

/// The most problems of a line that are printed.
const MOST_PROBLEMS: usize = 5;

/// The most characters of a message that are printed.
const LONGEST_TEXT: usize = 300;

/// Watches the import for the user.
pub(super) struct Watcher {
    report: ReportFile,
    progress: ImportProgress,
    rejections: Cases,
    warnings: Cases,
    findings: Cases,
}

impl Watcher {
    pub(super) fn new(report: ReportFile, progress: ImportProgress) -> Self {
        Self {
            report,
            progress,
            rejections: Cases::default(),
            warnings: Cases::default(),
            findings: Cases::default(),
        }
    }

    /// Completes the report.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.progress.display.finish();
        self.report.finish("report")
    }

    fn print_finding(&mut self, text: String) {
        let more = "further findings aren't printed one by one; the summary has the total";
        self.findings.print(&self.progress.display, || text, more);
    }
}

/// Why a line of the input is rejected, as one line of bounded length for the
/// terminal. The report has the whole text.
fn rejection_text(line: u64, rejection: &Rejection) -> String {
    let status = rejection.status.map(|status| {
        let message = rejection.message.as_deref().unwrap_or("refused");
        format!("the service answered {status}: {}", shortened(message))
    });
    let problems = problem_texts(&rejection.problems);
    let parts: Vec<String> = status.into_iter().chain(problems).collect();
    format!("line {line} is rejected: {}", parts.join("; "))
}

fn shortened(text: &str) -> Cow<'_, str> {
    printable::shortened(text, LONGEST_TEXT)
}

/// The texts of the first problems, and the number of the others.
fn problem_texts(problems: &[Problem]) -> Vec<String> {
    let first = problems.iter().take(MOST_PROBLEMS).map(|problem| {
        let message = shortened(&problem.message);
        match problem.pointer.as_str() {
            "" => message.into_owned(),
            pointer => located(&shortened(pointer), &message),
        }
    });
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    let more = (more > 0).then(|| format!("and {more} more"));
    first.chain(more).collect()
}

impl Observer for Watcher {
    fn line(&mut self, report: &LineReport) -> Result<(), ObserverError> {
        let line = report.line;
        if !report.warnings.is_empty() {
            let problems = || problem_texts(&report.warnings).join("; ");
            let text = || format!("line {line} may be refused: {}", problems());
            let more = "more lines may be refused; --report names all";
            self.warnings.print(&self.progress.display, text, more);
        }
        match &report.outcome {
            LineOutcome::Rejected(rejection) => {
                let more = "more lines are rejected; --report names all";
                let text = || rejection_text(line, rejection);
                self.rejections.print(&self.progress.display, text, more);
            }
            LineOutcome::InDoubt { .. } => {
                let id = report.external_id.as_ref().map(ExternalId::as_str);
                let id = id.unwrap_or_default();
                self.print_finding(format!("line {line} is in doubt: {id} may exist"));
            }
            _ => {}
        }
        Ok(self.report.json(report)?)
    }

    fn progress(&mut self, progress: &Progress) {
        self.progress.show(progress);
    }

    fn notice(&mut self, notice: &Notice) {
        let mut text = notice.to_string();
        if matches!(notice, Notice::Sampling) {
            text.push_str("; with --look-first every line is looked up before it is sent");
        }
        self.progress.notice(notice, &text);
    }

    fn finding(&mut self, finding: &Finding) {
        let text = match finding {
            Finding::Missing {
                external_id,
                ticket_id,
                ..
            } => format!(
                "{external_id} was created as ticket {ticket_id}, but the helpdesk's ticket list \
                 doesn't show it"
            ),
            Finding::Duplicate {
                external_id,
                ticket_id,
                others,
                ..
            } => {
                let others: Vec<_> = others.iter().map(i64::to_string).collect();
                let others = others.join(", ");
                format!("external id {external_id} has several tickets: {ticket_id}, {others}")
            }
            _ => return,
        };
        self.print_finding(text);
    }
}
