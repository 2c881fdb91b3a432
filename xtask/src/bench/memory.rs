//! Measures the peak memory of a long import.

use std::path::Path;

use anyhow::{Context, Result};

use super::{Measure, Unit, programs::Programs};

const LINES: &str = "100000";

const MIB: f64 = 1024.0 * 1024.0;

/// Imports many lines into an emulator in a process of its own.
pub fn run(root: &Path) -> Result<Vec<Measure>> {
    let programs = Programs::build(
        root,
        "release",
        &["--package", "gorgias-import", "--example", "memory"],
    )?;
    let printed = programs.output("examples/memory", &[LINES])?;
    let peak = figure(&printed, "peak memory")? * MIB;
    let rate = figure(&printed, "lines a second")?;
    Ok(vec![
        Measure::new("import/peak of 100,000 lines", Unit::Bytes, peak).at_most(64.0 * MIB),
        Measure::new("import/lines", Unit::PerSecond, rate),
    ])
}

/// The number that a program prints after a label.
pub(super) fn figure(printed: &str, label: &str) -> Result<f64> {
    let line = printed.lines().find_map(|line| line.strip_prefix(label));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    number.with_context(|| format!("the program does not say its '{label}'"))
}
