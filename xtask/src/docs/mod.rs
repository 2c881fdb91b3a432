//! The command `docs`: writes the reference of the API as one page of HTML.

mod check;
mod page;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use spec_model::load;

use crate::{tools::Tools, workspace::DOCUMENT};

/// Write the reference of the API as one page of HTML
///
/// The page needs no other file, no network and no server. Installs the
/// renderer into target/tools first; needs Node.js 20 or newer.
///
/// Exit codes: 0 written, and with --check complete; 1 failure.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The file to write
    #[arg(
        long,
        value_name = "FILE",
        default_value = "target/reference/index.html"
    )]
    out: PathBuf,
    /// Open the page in a headless Chromium, and look for every operation and
    /// field of the document
    #[arg(long)]
    check: bool,
}

/// Runs the command.
///
/// # Errors
///
/// If the renderer can't be installed, or the page can't be written or lacks a part of the
/// document.
pub fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode> {
    let tools = Tools::of(root);
    let document = load::document(&root.join(DOCUMENT))?;
    let out = root.join(&arguments.out);
    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    let page = page::render(&document, &tools)?;
    fs::write(&out, page).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{:>12} {}", "Wrote", arguments.out.display());
    if arguments.check {
        check::open(&out, &document, &tools)?;
    }
    Ok(ExitCode::SUCCESS)
}
