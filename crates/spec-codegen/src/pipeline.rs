//! Runs the stages in order, from an OpenAPI document to the source of the
//! client.

use std::fmt;

use anyhow::anyhow;
use serde_json::Value;
use syn::File;

use crate::{
    calls,
    emit::{self, Module, Source},
    generate,
    lint::{self, Finding, Origin, Severity},
    lower, operations, outline, polish, validation,
};

/// The result of a run.
pub struct Output {
    pub sources: Vec<Source>,
    /// The module `types` of the client, before printing.
    pub types: Option<File>,
    pub outline: String,
    pub warnings: Vec<Finding>,
}

/// The reason why a run failed.
pub enum Failure {
    /// The lint found errors in the document.
    Refused(Vec<Finding>),
    /// A stage failed.
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(findings) => {
                for finding in findings {
                    writeln!(f, "{finding}")?;
                }
                write!(f, "the document was refused")
            }
            Self::Failed(error) => write!(f, "{error:#}"),
        }
    }
}

/// The generated code before printing.
pub struct Code {
    pub modules: Vec<Module>,
    /// The warnings of the lint.
    warnings: Vec<Finding>,
    /// The names of the passes that are for our own document and changed nothing.
    idle: Vec<&'static str>,
}

/// Runs every stage on `document`.
pub fn run(document: &Value, origin: Origin) -> Result<Output, Failure> {
    let Code {
        modules,
        warnings,
        idle,
    } = code(document, origin)?;
    if origin == Origin::Own && !idle.is_empty() {
        let idle = idle.join(", ");
        return Err(anyhow!("these passes no longer apply, and should be removed: {idle}").into());
    }
    let sources = emit::emit(&modules);
    let types = modules.into_iter().find(|module| module.name == "types");
    Ok(Output {
        sources,
        types: types.map(|module| module.code),
        outline: outline::outline(document),
        warnings,
    })
}

/// Runs every stage except the printing on `document`. A pass that changed nothing is no error
/// here.
pub fn code(document: &Value, origin: Origin) -> Result<Code, Failure> {
    let warnings = lint::lint(document, origin);
    if warnings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
    {
        return Err(Failure::Refused(warnings));
    }
    let mut lowered = document.clone();
    let mut idle = lower::lower(&mut lowered);
    let mut client = generate::generate(&lowered).map_err(|error| {
        let fails = |part: &Value| generate::generate(part).is_err();
        Failure::Refused(vec![lint::failure(document, &lowered, &error, fails)])
    })?;
    idle.extend(polish::polish(&mut client));
    let (rules, checks) = validation::generate(document, &client)?;
    calls::generate(document, &lowered, &mut client, &checks);
    let unusable = lint::output(document, &client);
    if !unusable.is_empty() {
        return Err(Failure::Refused(unusable));
    }
    polish::finish(&mut client);
    let operations = operations::generate(document)?;
    let modules = emit::split(client, rules, operations);
    Ok(Code {
        modules,
        warnings,
        idle,
    })
}
