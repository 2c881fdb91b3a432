//! Schemathesis makes requests up from the document, valid and invalid ones,
//! and holds every answer of the emulator against it.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{
    Place,
    emulator::{EMAIL, Emulator, KEY, build_command},
};
use crate::tools::run;

/// Fewer cases than this prove too little.
const CASES: u64 = 5_000;

pub(super) fn check(place: &Place) -> Result<String> {
    let emulator = Emulator::start(&build_command(&place.root)?, &[])?;
    let folder = place.scratch("schemathesis")?;
    let report = folder.join("report.json");
    run(place
        .tools
        .python("schemathesis")?
        .current_dir(&folder)
        .env("PYTHONPATH", place.file(""))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SCHEMATHESIS_HOOKS", "schemathesis_hooks")
        .arg("--config-file")
        .arg(place.file("schemathesis.toml"))
        .arg("run")
        .arg(place.spec())
        .args(["--url", emulator.base_url()])
        .args(["--auth", &format!("{EMAIL}:{KEY}")])
        .args(["--checks", "all", "--seed", "1", "--continue-on-failure"])
        .args(["--report", "json", "--report-json-path"])
        .arg(&report))?;
    let cases = count(&report)?;
    if cases < CASES {
        bail!("only {cases} cases were made; at least {CASES} are wanted");
    }
    Ok(format!("Schemathesis on {cases} requests to the emulator"))
}

fn count(report: &Path) -> Result<u64> {
    let text = fs::read(report).context("Schemathesis wrote no report")?;
    let report: Value = serde_json::from_slice(&text)?;
    report
        .pointer("/test_cases/generated")
        .and_then(Value::as_u64)
        .context("the report of Schemathesis has no number of cases")
}
