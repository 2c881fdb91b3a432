//! Installs tools for Python and Node.js from the package registries into `target/tools/xtask`.
//! `xtask/tools` pins the versions.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::process::run;

/// The folders of the tools.
#[derive(Debug)]
pub struct Tools {
    workspace: PathBuf,
    folder: PathBuf,
}

impl Tools {
    /// Returns the tools of a workspace.
    pub fn of(workspace: &Path) -> Self {
        Self {
            workspace: workspace.to_owned(),
            folder: workspace.join("target/tools/xtask"),
        }
    }

    /// Returns a program of the Python environment. Installs the environment first, if it is
    /// missing or outdated.
    pub fn python(&self, program: &str) -> Result<Command> {
        self.environment("python", "requirements.txt", &[], program)
    }

    /// Returns a program of the Python environment of the ETL connector. Installs the
    /// environment first, if it is missing or outdated.
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

    /// Returns a program of a Node.js package. Installs the packages first, if they are missing
    /// or outdated.
    pub fn node(&self, program: &str) -> Result<Command> {
        let modules = self.node_modules()?;
        Ok(self.program(modules.join(".bin").join(program)))
    }

    /// Returns the folder of Node.js packages. Installs the packages first, if they are missing
    /// or outdated.
    pub fn node_modules(&self) -> Result<PathBuf> {
        let folder = self.folder.join("node");
        self.install("package-lock.json", &folder, |lock| {
            fs::create_dir_all(&folder)?;
            fs::copy(lock, folder.join("package-lock.json"))?;
            fs::copy(
                lock.with_file_name("package.json"),
                folder.join("package.json"),
            )?;
            // No package needs to run scripts when it is installed.
            run(Command::new("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .args(["--loglevel=error", "--prefix"])
                .arg(&folder))
        })?;
        Ok(folder.join("node_modules"))
    }

    /// Runs `install`, unless the stamp file says that exactly these versions are installed.
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

    /// Returns a command for a program, with the environment variables for the tools.
    pub fn program(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.workspace);
        // Turns off telemetry and update checks.
        command
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
            .env("SCARF_ANALYTICS", "false");
        command
    }
}
