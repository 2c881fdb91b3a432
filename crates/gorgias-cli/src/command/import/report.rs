//! Writing down what became of each line.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use gorgias::ExternalId;
use gorgias_import::{
    Finding, LineReport, Notice, Observer, ObserverError, Outcome, Problem, Progress, Rejection,
};

use super::progress::Display;
use crate::exit::Exit;
use crate::failure::{Failure, located};
use crate::printable;

/// The most lines and findings that are told one by one. The report has all
/// lines.
const MOST_TOLD: u32 = 20;

/// The most problems of a line that are told, and the most characters of a text
/// of the service's.
const MOST_PROBLEMS: usize = 5;
const LONGEST_TEXT: usize = 300;

/// The file with one line per line, if there is to be one.
pub(super) struct Report(Option<BufWriter<File>>);

impl Report {
    pub(super) fn create(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self(None));
        };
        let file = File::create(path).map_err(|error| {
            Failure::invalid(format!("{} can't be written: {error}", path.display()))
        })?;
        Ok(Self(Some(BufWriter::new(file))))
    }

    fn line(&mut self, report: &LineReport) -> io::Result<()> {
        let Some(file) = &mut self.0 else {
            return Ok(());
        };
        serde_json::to_writer(&mut *file, report)?;
        file.write_all(b"\n")
    }

    fn finish(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Some(file) => file.flush(),
            None => Ok(()),
        }
    }
}

/// Watches the import for the user.
pub(super) struct Watcher {
    report: Report,
    display: Display,
    rejections: u32,
    warnings: u32,
    findings: u32,
}

impl Watcher {
    pub(super) fn new(report: Report, display: Display) -> Self {
        Self {
            report,
            display,
            rejections: 0,
            warnings: 0,
            findings: 0,
        }
    }

    /// Completes the report.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.display.finish();
        self.report.finish().map_err(|error| {
            Failure::new(
                Exit::Unexpected,
                format!("the report can't be written: {error}"),
            )
        })
    }

    fn tell_rejection(&mut self, line: u64, rejection: &Rejection) {
        self.rejections = self.rejections.saturating_add(1);
        match self.rejections {
            1..=MOST_TOLD => {}
            n if n == MOST_TOLD.saturating_add(1) => {
                return self
                    .display
                    .say("more lines are rejected; --report names all");
            }
            _ => return,
        }
        self.display.say(&told(line, rejection));
    }

    fn tell_warnings(&mut self, line: u64, warnings: &[Problem]) {
        if warnings.is_empty() {
            return;
        }
        self.warnings = self.warnings.saturating_add(1);
        match self.warnings {
            1..=MOST_TOLD => {
                let told = in_words(warnings).join("; ");
                self.display
                    .say(&format!("line {line} may be refused: {told}"));
            }
            n if n == MOST_TOLD.saturating_add(1) => {
                self.display
                    .say("more lines may be refused; --report names all");
            }
            _ => {}
        }
    }
}

/// Why a line is rejected, in a line of bounded length. The report has all of
/// it.
fn told(line: u64, rejection: &Rejection) -> String {
    let status = rejection.status.map(|status| {
        let message = rejection.message.as_deref().unwrap_or("refused");
        format!("the service answered {status}: {}", beginning(message))
    });
    let problems = in_words(&rejection.problems);
    let told: Vec<String> = status.into_iter().chain(problems).collect();
    format!("line {line} is rejected: {}", told.join("; "))
}

/// The first of some problems, and how many more there are.
fn in_words(problems: &[Problem]) -> Vec<String> {
    let first = problems.iter().take(MOST_PROBLEMS).map(|problem| {
        let message = beginning(&problem.message);
        match problem.pointer.as_str() {
            "" => message,
            pointer => located(&beginning(pointer), &message),
        }
    });
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    let more = (more > 0).then(|| format!("and {more} more"));
    first.chain(more).collect()
}

/// The beginning of a text.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

impl Observer for Watcher {
    fn line(&mut self, report: &LineReport) -> Result<(), ObserverError> {
        self.tell_warnings(report.line, &report.warnings);
        match &report.outcome {
            Outcome::Rejected(rejection) => self.tell_rejection(report.line, rejection),
            Outcome::InDoubt { .. } => {
                let id = report.external_id.as_ref().map(ExternalId::as_str);
                let id = id.unwrap_or_default();
                let line = report.line;
                self.tell_finding(&format!("line {line} is in doubt: {id} may exist"));
            }
            _ => {}
        }
        Ok(self.report.line(report)?)
    }

    fn progress(&mut self, progress: &Progress) {
        self.display.show(progress);
    }

    fn notice(&mut self, notice: &Notice) {
        let mut text = notice.to_string();
        if matches!(notice, Notice::Sampling) {
            text.push_str("; --look-first proves every line before it is sent");
        }
        self.display.notice(notice, &text);
    }

    fn finding(&mut self, finding: &Finding) {
        let told = match finding {
            Finding::Missing {
                external_id,
                ticket_id,
                ..
            } => format!("{external_id} was created as ticket {ticket_id}, and isn't in the list"),
            Finding::Duplicate {
                external_id,
                ticket_id,
                others,
                ..
            } => {
                let others: Vec<_> = others.iter().map(i64::to_string).collect();
                let others = others.join(", ");
                format!("{external_id} is ticket {ticket_id}, and also {others}")
            }
            _ => return,
        };
        self.tell_finding(&told);
    }
}

impl Watcher {
    fn tell_finding(&mut self, text: &str) {
        self.findings = self.findings.saturating_add(1);
        match self.findings {
            1..=MOST_TOLD => self.display.say(&printable::line(text)),
            n if n == MOST_TOLD.saturating_add(1) => {
                self.display
                    .say("there is more of this; the summary counts all");
            }
            _ => {}
        }
    }
}
