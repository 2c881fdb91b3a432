//! Runs examples of other crates, which measure themselves: a long import, and the conversion of
//! an export. `jq` does the same conversion for comparison.

use std::path::Path;

use anyhow::{Context, Result};

use super::{Measure, Unit, programs::Programs};

const MIB: f64 = 1024.0 * 1024.0;

/// The most memory that the import or the conversion may take.
const MOST_MEMORY: f64 = 64.0 * MIB;

/// Measures the import of many lines into an emulator that runs in another process.
pub(super) fn import(root: &Path) -> Result<Vec<Measure>> {
    let printed = Printed::of(root, "gorgias-import", "memory", "100000")?;
    let peak = printed.figure("peak memory")? * MIB;
    let rate = printed.figure("lines a second")?;
    Ok(vec![
        Measure::new("import/peak of 100,000 lines", Unit::Bytes, peak).at_most(MOST_MEMORY),
        Measure::new("import/lines", Unit::PerSecond, rate),
    ])
}

/// Measures the conversion of many made-up tickets.
pub(super) fn convert(root: &Path) -> Result<Vec<Measure>> {
    let printed = Printed::of(root, "gorgias-convert", "throughput", "1000000")?;
    let rate = printed.figure("lines a second")?;
    let peak = printed.figure("peak memory")? * MIB;
    let jq = printed.figure("jq, a second")?;
    Ok(vec![
        Measure::new("convert/lines", Unit::PerSecond, rate).at_least(10_000.0),
        Measure::new("jq/lines", Unit::PerSecond, jq),
        Measure::new("convert by jq/lines", Unit::Ratio, rate / jq),
        Measure::new("convert/peak of 1,000,000 lines", Unit::Bytes, peak).at_most(MOST_MEMORY),
    ])
}

/// The output of an example.
struct Printed(String);

impl Printed {
    /// Builds and runs an example.
    fn of(root: &Path, package: &str, example: &str, lines: &str) -> Result<Self> {
        let arguments = ["--package", package, "--example", example];
        let programs = Programs::build(root, "release", &arguments)?;
        let printed = programs.output(&format!("examples/{example}"), &[lines])?;
        Ok(Self(printed))
    }

    /// Returns the number after a label.
    fn figure(&self, label: &str) -> Result<f64> {
        let line = self.0.lines().find_map(|line| line.strip_prefix(label));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        number.with_context(|| format!("the program did not print its '{label}'"))
    }
}
