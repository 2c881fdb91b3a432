//! Builds and runs the programs that are measured.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{
    process::{cargo, run},
    served::Served,
};

/// Programs that were built with one profile.
pub(super) struct Programs {
    root: PathBuf,
    folder: PathBuf,
}

impl Programs {
    /// Builds with these arguments to cargo. Packages are built separately, so
    /// that none has features that only another one needs.
    pub(super) fn build(root: &Path, profile: &str, arguments: &[&str]) -> Result<Self> {
        let target = root.join("target");
        let mut command = cargo();
        command
            .current_dir(root)
            .args(["build", "--quiet", "--locked", "--profile", profile])
            .arg("--target-dir")
            .arg(&target)
            .args(arguments)
            // Settings of the caller would change the figures.
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        run(&mut command)?;
        Ok(Self {
            root: root.to_owned(),
            folder: target.join(profile),
        })
    }

    /// Returns the path of a program; `examples/NAME` for an example.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs a program and returns its output.
    pub(super) fn output(&self, name: &str, arguments: &[&str]) -> Result<String> {
        output(Command::new(self.path(name)).args(arguments))
    }

    /// Returns the folder for temporary files of a run.
    pub(super) fn scratch(&self) -> Result<PathBuf> {
        let folder = self.root.join("target/bench");
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(folder)
    }

    /// Starts a server that prints its address.
    pub(super) fn serve(&self, name: &str, arguments: &[&str]) -> Result<Served> {
        Served::printing_url(Command::new(self.path(name)).args(arguments))
    }
}

/// Runs a command and returns its output. Fails if the command does.
pub(super) fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stderr(Stdio::piped())
        .output()
        .with_context(|| format!("cannot run {program}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{program} failed ({}): {}", output.status, said.trim());
    }
    Ok(String::from_utf8(output.stdout)?)
}
