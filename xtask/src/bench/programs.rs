//! Builds and runs the programs that are measured.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    process::{cargo, output, run},
    server::Server,
};

/// Programs that were built with one profile.
pub(super) struct Programs {
    root: PathBuf,
    folder: PathBuf,
}

impl Programs {
    /// Builds programs with these arguments to cargo. Each package is built alone, so that it
    /// has no features that only another package needs.
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

    /// Returns the path of a program. An example is named `examples/NAME`.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs a program and returns its output.
    pub(super) fn output(&self, name: &str, arguments: &[&str]) -> Result<String> {
        output(Command::new(self.path(name)).args(arguments))
    }

    /// Creates and returns the folder for temporary files.
    pub(super) fn scratch(&self) -> Result<PathBuf> {
        let folder = self.root.join("target/bench");
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(folder)
    }

    /// Starts a server that prints its address.
    pub(super) fn serve(&self, name: &str, arguments: &[&str]) -> Result<Server> {
        Server::printing_url(Command::new(self.path(name)).args(arguments))
    }
}
