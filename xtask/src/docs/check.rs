//! Checks in a browser that the page shows the whole document.

use std::{env, fs, path::Path};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{process::run, tools::Tools};

/// The names that Chromium may have.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Opens the page, and looks for every operation, parameter and field of the document.
pub(super) fn open(page: &Path, document: &Value, tools: &Tools) -> Result<()> {
    let browser = BROWSERS
        .iter()
        .find_map(|name| {
            env::split_paths(&env::var_os("PATH")?)
                .map(|folder| folder.join(name))
                .find(|path| path.is_file())
        })
        .context("there is no Chromium; on Debian, install it with `apt-get install chromium`")?;
    let copy = page.with_extension("json");
    fs::write(&copy, document.to_string())
        .with_context(|| format!("cannot write {}", copy.display()))?;
    run(tools
        .program("node")
        .arg("xtask/reference/check.cjs")
        .args([page, &copy, &browser])
        .env("NODE_PATH", tools.node_modules()?))
}
