//! Runs the emulator as a process, as users of other languages do.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::process::cargo;

/// The only credentials that the emulator accepts.
pub(super) const EMAIL: &str = "agent@acme.example";
pub(super) const KEY: &str = "conformance-key";

/// A running emulator, which stops when this is dropped.
pub(super) struct Emulator {
    process: Child,
    base_url: String,
}

impl Emulator {
    /// Starts an emulator without a rate limit on a free port, with further
    /// options.
    pub(super) fn start(program: &Path, options: &[&str]) -> Result<Self> {
        let mut process = Command::new(program)
            .args(["emulator", "--limit", "off", "--credentials"])
            .arg(format!("{EMAIL}:{KEY}"))
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start the emulator")?;
        let mut base_url = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut base_url)?;
        }
        let emulator = Self {
            process,
            base_url: base_url.trim().to_owned(),
        };
        if emulator.base_url.is_empty() {
            bail!("the emulator ended before it printed its address");
        }
        Ok(emulator)
    }

    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // An error means that it has ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Builds the `gorgias` command and returns its path.
pub(super) fn build_command(root: &Path) -> Result<PathBuf> {
    let output = cargo()
        .current_dir(root)
        .args(["build", "--quiet", "--package", "gorgias-cli"])
        .args(["--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!("the gorgias command does not build");
    }
    output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok())
        .find_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)))
        .context("cargo did not say where the gorgias command is")
}
