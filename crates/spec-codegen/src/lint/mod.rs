//! Refuses what the generator cannot take or would get wrong, and what breaks
//! our own conventions. Each finding says where and what to do about it.

mod circles;
mod conventions;
mod failure;
mod merges;
mod operations;
mod output;
mod parameters;
mod references;
mod schemas;
mod values;

use std::fmt;

use serde_json::Value;

pub(crate) use self::{failure::failure, output::check as output};
use spec_model::{Reach, sites};

/// Whose document it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Origin {
    /// Ours: every convention is binding.
    Own,
    /// Another's: our conventions are no more than advice.
    Foreign,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    Error,
    Warning,
}

/// One thing that is wrong with the document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    pub severity: Severity,
    /// A JSON pointer into the document.
    pub pointer: String,
    pub message: String,
    pub remedy: &'static str,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let Self {
            pointer,
            message,
            remedy,
            ..
        } = self;
        write!(
            f,
            "{severity}: {message}\n    at #{pointer}\n  help: {remedy}"
        )
    }
}

/// Everything that is wrong with `document`, in its order.
pub fn lint(document: &Value, origin: Origin) -> Vec<Finding> {
    let mut report = Report {
        origin,
        findings: Vec::new(),
    };
    // What follows takes the 3.0 shape of things for granted.
    operations::version(document, &mut report);
    if report.findings.is_empty() {
        let sites = sites::sites(document);
        let reach = Reach::of(&sites);
        references::check(document, &mut report);
        circles::check(document, &sites, &mut report);
        merges::check(document, &sites, &mut report);
        operations::check(document, &mut report);
        schemas::check(document, &sites, &mut report);
        conventions::check(document, &sites, &reach, &mut report);
    }
    report.findings
}

struct Report {
    origin: Origin,
    findings: Vec<Finding>,
}

impl Report {
    /// The generator would fail on this, or its output would at run time.
    fn refuse(
        &mut self,
        pointer: impl Into<String>,
        message: impl Into<String>,
        remedy: &'static str,
    ) {
        self.push(Severity::Error, pointer.into(), message.into(), remedy);
    }

    /// The output would be poorer than the document, or than it could be.
    fn convention(
        &mut self,
        pointer: impl Into<String>,
        message: impl Into<String>,
        remedy: &'static str,
    ) {
        let severity = match self.origin {
            Origin::Own => Severity::Error,
            Origin::Foreign => Severity::Warning,
        };
        self.push(severity, pointer.into(), message.into(), remedy);
    }

    fn push(&mut self, severity: Severity, pointer: String, message: String, remedy: &'static str) {
        self.findings.push(Finding {
            severity,
            pointer,
            message,
            remedy,
        });
    }
}
