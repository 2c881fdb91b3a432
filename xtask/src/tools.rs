//! Tools written in Python and for Node.js, installed from the package
//! registries into `target/tools/xtask` at the versions pinned in
//! `xtask/tools`.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::process::run;

/// Where the tools are, or will be.
#[derive(Debug)]
pub struct Tools {
    workspace: PathBuf,
    folder: PathBuf,
}

impl Tools {
    /// The tools of this workspace.
    pub fn of(workspace: &Path) -> Self {
        Self {
            workspace: workspace.to_owned(),
            folder: workspace.join("target/tools/xtask"),
        }
    }

    /// A program of the Python environment, installed first if need be.
    pub fn python(&self, program: &str) -> Result<Command> {
        self.environment("python", "requirements.txt", &[], program)
    }

    /// A program of the environment of an ETL connector, installed first if
    /// need be.
    pub fn etl(&self, program: &str) -> Result<Command> {
        self.environment("etl", "requirements-etl.txt", &["--no-deps"], program)
    }

    fn environment(
        &self,
        name: &str,
        pins: &str,
        options: &[&str],
        program: &str,
    ) -> Result<Command> {
        let folder = self.folder.join(name);
        self.install(pins, &folder, |pins| {
            run(Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&folder))?;
            run(Command::new(folder.join("bin/python"))
                .args(["-m", "pip", "install", "--quiet", "--require-virtualenv"])
                .args(["--disable-pip-version-check"])
                .args(options)
                .arg("-r")
                .arg(pins))
        })?;
        Ok(self.program(folder.join("bin").join(program)))
    }

    /// A program that a Node.js package brings, installed first if need be.
    pub fn node(&self, program: &str) -> Result<Command> {
        let modules = self.node_modules()?;
        Ok(self.program(modules.join(".bin").join(program)))
    }

    /// The folder of installed Node.js packages.
    pub fn node_modules(&self) -> Result<PathBuf> {
        let folder = self.folder.join("node");
        self.install("package-lock.json", &folder, |lock| {
            fs::create_dir_all(&folder)?;
            fs::copy(lock, folder.join("package-lock.json"))?;
            fs::copy(
                lock.with_file_name("package.json"),
                folder.join("package.json"),
            )?;
            // Nothing that a package would run while it is installed is needed.
            run(Command::new("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .args(["--loglevel=error", "--prefix"])
                .arg(&folder))
        })?;
        Ok(folder.join("node_modules"))
    }

    /// Installs unless a stamp says that just these pins are installed.
    fn install(
        &self,
        pins: &str,
        folder: &Path,
        install: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<()> {
        let pins = self.workspace.join("xtask/tools").join(pins);
        let wanted = fs::read(&pins).with_context(|| format!("cannot read {}", pins.display()))?;
        let stamp = folder.join("stamp");
        if fs::read(&stamp).is_ok_and(|present| present == wanted) {
            return Ok(());
        }
        install(&pins).with_context(|| format!("cannot install {}", pins.display()))?;
        fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
    }

    /// A program that is there already, run as the tools are.
    pub fn program(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.workspace);
        // No tool may call home.
        command
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
            .env("SCARF_ANALYTICS", "false");
        command
    }
}
