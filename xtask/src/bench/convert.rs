//! How fast an export is converted, beside `jq` on the same work.

use std::path::Path;

use anyhow::Result;

use super::{Measure, Unit, memory::figure, programs::Programs};

const LINES: &str = "1000000";

const MIB: f64 = 1024.0 * 1024.0;

/// Converts many made-up tickets.
pub fn run(root: &Path) -> Result<Vec<Measure>> {
    let programs = Programs::build(
        root,
        "release",
        &["--package", "gorgias-convert", "--example", "throughput"],
    )?;
    let printed = programs.output("examples/throughput", &[LINES])?;
    let rate = figure(&printed, "lines a second")?;
    let peak = figure(&printed, "peak memory")? * MIB;
    let jq = figure(&printed, "jq, a second")?;
    Ok(vec![
        Measure::new("convert/lines", Unit::PerSecond, rate).at_least(10_000.0),
        Measure::new("jq/lines", Unit::PerSecond, jq),
        Measure::new("convert by jq/lines", Unit::Ratio, rate / jq),
        Measure::new("convert/peak of 1,000,000 lines", Unit::Bytes, peak).at_most(64.0 * MIB),
    ])
}
