//! Checks a document before generation. [`lint()`] refuses constructs on which the generator
//! fails or for which it generates wrong code, and reports broken conventions. For errors
//! after the lint, `failure` and `output` find the place in the document. Each finding has a
//! place and a remedy.

mod bodies;
mod conventions;
mod cycles;
mod failure;
mod merges;
mod operations;
mod output;
mod parameter_schemas;
mod parameters;
mod references;
mod schemas;
mod values;

use std::fmt;

use serde_json::Value;

pub(crate) use self::{failure::failure, output::check as output};
use spec_model::{MessageComponents, sites};

/// The owner of a document.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Origin {
    /// Our own document, in which a broken convention is an error.
    Own,
    /// Any other document, in which a broken convention is a warning.
    Foreign,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    Error,
    Warning,
}

/// One problem of the document.
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

/// Returns the problems of a document. If it isn't OpenAPI 3.0, this is the only problem.
pub fn lint(document: &Value, origin: Origin) -> Vec<Finding> {
    let mut report = Report {
        origin,
        findings: Vec::new(),
    };
    // The other checks assume the structure of OpenAPI 3.0.
    operations::version(document, &mut report);
    if report.findings.is_empty() {
        let sites = sites::sites(document);
        let components = MessageComponents::of(&sites);
        references::check(document, &mut report);
        cycles::check(document, &sites, &mut report);
        merges::check(document, &sites, &mut report);
        operations::check(document, &mut report);
        schemas::check(document, &sites, &mut report);
        conventions::check(document, &sites, &components, &mut report);
    }
    report.findings
}

struct Report {
    origin: Origin,
    findings: Vec<Finding>,
}

impl Report {
    /// Reports an error: the generator or the generated code would fail.
    fn refuse(
        &mut self,
        pointer: impl Into<String>,
        message: impl Into<String>,
        remedy: &'static str,
    ) {
        self.push(Severity::Error, pointer.into(), message.into(), remedy);
    }

    /// Reports a broken convention: the generated code would work, and could be better.
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
