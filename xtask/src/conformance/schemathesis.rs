//! Runs Schemathesis, which makes valid and invalid requests from the document, sends them to
//! the emulator, and checks every response against the document.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{
    CheckContext,
    emulator::{self, EMAIL, KEY, build_command},
};
use crate::{process::run, server::Server};

/// The least number of cases, about 80 for each operation.
const CASES: u64 = 5_000;

/// All phases of Schemathesis.
const ALL: &str = "examples,coverage,fuzzing,stateful";

pub(super) fn check(context: &CheckContext) -> Result<String> {
    // The document can't express that the service refuses an e-mail without a source. So the
    // emulator must accept such an e-mail here.
    let options = ["--accept-email-without-source"];
    let emulator = emulator::start(&build_command(&context.root)?, &options)?;
    let folder = context.scratch("schemathesis")?;
    let mut cases = round(context, &emulator, &folder, 1, ALL)?;
    // Schemathesis slows down with the number of cases, so many short rounds with different
    // seeds are faster than a single long one.
    let mut seed = 1;
    while cases < CASES {
        seed += 1;
        let made = round(context, &emulator, &folder, seed, "fuzzing")?;
        ensure!(made > 0, "Schemathesis made no cases with seed {seed}");
        cases += made;
    }
    Ok(format!("Schemathesis on {cases} requests to the emulator"))
}

/// Runs Schemathesis once. Returns the number of cases, none of which failed.
fn round(
    context: &CheckContext,
    emulator: &Server,
    folder: &Path,
    seed: u64,
    phases: &str,
) -> Result<u64> {
    let report = folder.join("report.json");
    run(context
        .tools
        .python("schemathesis")?
        .current_dir(folder)
        .env("PYTHONPATH", context.file(""))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SCHEMATHESIS_HOOKS", "schemathesis_hooks")
        .arg("--config-file")
        .arg(context.file("schemathesis.toml"))
        .arg("run")
        .arg(context.spec())
        .args(["--url", &emulator.base_url])
        .args(["--auth", &format!("{EMAIL}:{KEY}")])
        .args(["--checks", "all", "--continue-on-failure"])
        .args(["--phases", phases, "--seed", &seed.to_string()])
        .args(["--report", "json", "--report-json-path"])
        .arg(&report))?;
    count(&report)
}

/// Reads the number of cases from a report.
fn count(report: &Path) -> Result<u64> {
    let text = fs::read(report).context("Schemathesis wrote no report")?;
    let report: Value = serde_json::from_slice(&text)?;
    report
        .pointer("/test_cases/generated")
        .and_then(Value::as_u64)
        .context("the report of Schemathesis has no number of cases")
}
