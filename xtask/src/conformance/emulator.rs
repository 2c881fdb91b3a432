//! Runs the emulator as a process of its own, as users of other programming languages do.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use crate::{
    process::{cargo, output},
    server::Server,
};

/// The only credentials that the emulator accepts.
pub(super) const EMAIL: &str = "agent@acme.example";
pub(super) const KEY: &str = "conformance-key";

/// Starts an emulator on a free port, without a rate limit and with the given options.
pub(super) fn start(program: &Path, options: &[&str]) -> Result<Server> {
    Server::printing_url(
        Command::new(program)
            .args(["emulator", "--limit", "off", "--credentials"])
            .arg(format!("{EMAIL}:{KEY}"))
            .args(options)
            .stderr(Stdio::null()),
    )
}

/// Sets the environment variables from which clients read the address and the credentials of
/// an emulator.
pub(super) fn for_client<'c>(client: &'c mut Command, emulator: &Server) -> &'c mut Command {
    client
        .env("GORGIAS_SUBDOMAIN", "acme")
        .env("GORGIAS_EMAIL", EMAIL)
        .env("GORGIAS_API_KEY", KEY)
        .env("GORGIAS_BASE_URL", &emulator.base_url)
}

/// Builds the `gorgias` command and returns its path.
pub(super) fn build_command(root: &Path) -> Result<PathBuf> {
    let mut build = cargo();
    build
        .current_dir(root)
        .args(["build", "--quiet", "--package", "gorgias-cli"])
        .args(["--message-format", "json-render-diagnostics"]);
    output(&mut build)?
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)))
        .context("cargo did not print the path of the gorgias command")
}
