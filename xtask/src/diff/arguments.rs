//! The arguments of the command.

use std::path::PathBuf;

use clap::ValueEnum;

/// Report what a change of the document means for callers, users and versions
///
/// Compares the document at BASE with the document in the working tree. Prints
/// nothing if nothing changed.
///
/// Exit codes: 0 nothing has to be done; 3 a breaking change that the versions
/// don't announce; 1 another task or a failure.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The git revision of the old document, or REV:path; by default the merge
    /// base with the main branch
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
    /// Leave out the verdict on Rust
    #[arg(long)]
    pub no_rust: bool,
    /// Only print a draft of the entry under "Spec" in the changelog
    #[arg(long, conflicts_with = "format")]
    pub changelog: bool,
    /// Only explain the rule with this id
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
