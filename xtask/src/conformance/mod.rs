//! The command `conformance`: checks the document, the emulator and the client
//! with tools that share no code with them.

mod clients;
mod document;
mod emulator;
mod prism;
mod schemathesis;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::{tools::Tools, workspace::DOCUMENT};

/// Check the document, the emulator and the client with independent tools
///
/// Installs the tools into target/tools. Needs Python 3.11 and Node.js 20 or
/// newer.
///
/// Exit codes: 0 all checks succeed, 1 a check fails.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The checks to run; by default all
    checks: Vec<Check>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Check {
    /// Two independent validators read the document and its examples
    Document,
    /// The document's TypeScript types compile, together with a program that uses them
    Typescript,
    /// Schemathesis sends the emulator thousands of valid and invalid requests
    Schemathesis,
    /// Prism checks the requests of the client and the responses of the emulator
    Prism,
    /// A client in Python and the gorgias command get the same answers
    SecondClient,
    /// A generated client in TypeScript writes tickets, and an ETL connector loads them
    OtherClients,
}

/// The workspace and the tools, which all checks use.
struct CheckContext {
    root: PathBuf,
    tools: Tools,
}

impl CheckContext {
    fn spec(&self) -> PathBuf {
        self.root.join(DOCUMENT)
    }

    /// Returns the path of a file that belongs to a check.
    fn file(&self, name: &str) -> PathBuf {
        self.root.join("xtask/conformance").join(name)
    }

    /// Creates an empty folder for the output of a check.
    fn scratch(&self, name: &str) -> Result<PathBuf> {
        let folder = self.root.join("target/conformance").join(name);
        clear(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
        Ok(folder)
    }
}

fn clear(folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)
}

/// Runs the command.
pub fn run(arguments: &Arguments, root: &Path) -> ExitCode {
    let context = CheckContext {
        tools: Tools::of(root),
        root: root.to_owned(),
    };
    let checks = match arguments.checks.as_slice() {
        [] => Check::value_variants(),
        named => named,
    };
    let mut failed = false;
    for check in checks {
        let start = Instant::now();
        let outcome = match check {
            Check::Document => document::validators(&context),
            Check::Typescript => document::typescript(&context),
            Check::Schemathesis => schemathesis::check(&context),
            Check::Prism => prism::check(&context),
            Check::SecondClient => clients::second(&context),
            Check::OtherClients => clients::others(&context),
        };
        let seconds = start.elapsed().as_secs_f64();
        match outcome {
            Ok(found) => println!("{:>12} {found} in {seconds:.1} s", "Agreed"),
            Err(error) => {
                failed = true;
                eprintln!("error: {check:?}: {error:#}");
            }
        }
    }
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
