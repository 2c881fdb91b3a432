//! Schemathesis makes requests up from the document, valid and invalid ones,
//! and holds every answer of the emulator against it.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{
    Place,
    emulator::{EMAIL, Emulator, KEY, build_command},
};
use crate::process::run;

/// Fewer cases than this prove too little.
const CASES: u64 = 5_000;

/// Everything Schemathesis can do.
const ALL: &str = "examples,coverage,fuzzing,stateful";

pub(super) fn check(place: &Place) -> Result<String> {
    // The document allows what the service is said to refuse.
    let options = ["--accept-email-without-source"];
    let emulator = Emulator::start(&build_command(&place.root)?, &options)?;
    let folder = place.scratch("schemathesis")?;
    let mut cases = round(place, &emulator, &folder, 1, ALL)?;
    // Making up cases takes the longer the more there were, so many short
    // rounds with seeds of their own are faster than a long one.
    let mut seed = 1;
    while cases < CASES {
        seed += 1;
        let made = round(place, &emulator, &folder, seed, "fuzzing")?;
        ensure!(made > 0, "Schemathesis made no cases of seed {seed}");
        cases += made;
    }
    Ok(format!("Schemathesis on {cases} requests to the emulator"))
}

/// One run. Returns the number of cases, none of which failed.
fn round(
    place: &Place,
    emulator: &Emulator,
    folder: &Path,
    seed: u64,
    phases: &str,
) -> Result<u64> {
    let report = folder.join("report.json");
    run(place
        .tools
        .python("schemathesis")?
        .current_dir(folder)
        .env("PYTHONPATH", place.file(""))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SCHEMATHESIS_HOOKS", "schemathesis_hooks")
        .arg("--config-file")
        .arg(place.file("schemathesis.toml"))
        .arg("run")
        .arg(place.spec())
        .args(["--url", emulator.base_url()])
        .args(["--auth", &format!("{EMAIL}:{KEY}")])
        .args(["--checks", "all", "--continue-on-failure"])
        .args(["--phases", phases, "--seed", &seed.to_string()])
        .args(["--report", "json", "--report-json-path"])
        .arg(&report))?;
    count(&report)
}

fn count(report: &Path) -> Result<u64> {
    let text = fs::read(report).context("Schemathesis wrote no report")?;
    let report: Value = serde_json::from_slice(&text)?;
    report
        .pointer("/test_cases/generated")
        .and_then(Value::as_u64)
        .context("the report of Schemathesis has no number of cases")
}
