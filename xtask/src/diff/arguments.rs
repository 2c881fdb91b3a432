//! The arguments of the command.

use std::path::PathBuf;

use clap::ValueEnum;

/// Say what a change of the document means to callers, users and versions
///
/// Compares the document at BASE with the working tree. Prints nothing when
/// nothing changed.
///
/// Exit codes: 0 no change, or the versions account for it; 3 a breaking change
/// that the versions don't account for; 1 failure.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// A git revision, or REV:path; by default the merge base with the main
    /// branch
    #[arg(conflicts_with_all = ["old", "new"])]
    pub base: Option<String>,
    /// The file of the old document, JSON or YAML; needs --new
    #[arg(long, value_name = "FILE", requires = "new")]
    pub old: Option<PathBuf>,
    /// The file of the new document, JSON or YAML; needs --old
    #[arg(long, value_name = "FILE", requires = "old")]
    pub new: Option<PathBuf>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Leave out the Rust verdict
    #[arg(long)]
    pub no_rust: bool,
    /// Write a draft of the entry under "Spec" in the changelog, and nothing else
    #[arg(long, conflicts_with = "format")]
    pub changelog: bool,
    /// Explain the rule of this id, and do nothing else
    #[arg(long, value_name = "ID", exclusive = true)]
    pub explain: Option<String>,
}

/// The formats of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal
    Text,
    /// For a pull request
    Markdown,
    /// For a program
    Json,
    /// Annotations for a GitHub workflow
    Github,
}
