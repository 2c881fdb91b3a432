//! The command `bench`: measures the cost of the crates, beside the cost of the libraries that
//! they use. Each module measures one part: `counts`, `examples`, `throughput`, `build_cost`
//! and `scaling`. `table` keeps the checked-in figures, and `page` shows them.

pub mod build_cost;
mod callgrind;
mod counts;
mod examples;
pub mod measure;
mod page;
mod programs;
pub mod scaling;
mod table;
mod throughput;
mod toolchain;

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

pub use self::measure::{Measure, Target, Unit};
use self::{
    table::{FILE, Figures, SLACK, Table},
    toolchain::Toolchain,
};

/// Measure the cost of the crates
///
/// Counts need valgrind; the comparison with Prism needs Node.js 20 or newer.
/// A figure that misses its target is a failure.
///
/// Exit codes: 0 all targets are met, and with --check no count differs from the
/// table; 1 otherwise.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The parts to measure; by default all
    parts: Vec<Part>,
    /// Compare the counts with docs/benchmarks.toml. Counts may differ by 2 %, and
    /// targets may be missed by 2 %
    #[arg(long, conflicts_with = "write")]
    check: bool,
    /// Write the figures to docs/benchmarks.toml and docs/benchmarks.md. The
    /// figures of other parts stay
    #[arg(long)]
    write: bool,
    /// Measure nothing; write docs/benchmarks.md again from the table
    #[arg(long, conflicts_with_all = ["parts", "check", "write"])]
    render: bool,
}

/// Figures that are measured together.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
enum Part {
    /// The instructions and allocations of a create, of reading and of pacing
    Counts,
    /// The peak memory of an import of 100,000 lines
    Memory,
    /// The speed of reading and of the emulator, beside Prism's mock
    Throughput,
    /// The cost of building a first program, beside other clients
    Build,
    /// The time of regen and diff for documents of different sizes
    Scaling,
    /// The speed of converting a million tickets of an export, beside jq
    Convert,
}

/// Runs the command.
///
/// # Errors
///
/// If a part can't be measured, or the table can't be read or written.
pub fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode> {
    let mut table = Table::load(root)?;
    if arguments.render {
        write(root, &table)?;
        return Ok(ExitCode::SUCCESS);
    }
    let made_with = Toolchain::here(root)?;
    let mut problems = Vec::new();
    let parts = match arguments.parts.as_slice() {
        [] => Part::value_variants(),
        named => named,
    };
    // With `--check`, targets have the same slack as counts. The counts in the table meet
    // their targets without slack.
    let slack = if arguments.check { SLACK } else { 0.0 };
    for &part in parts {
        let figures = part.measure(root)?;
        for figure in &figures {
            println!("{figure}");
            if !figure.is_met_within(slack) {
                problems.push(format!("{figure} misses its target"));
            }
        }
        if arguments.check {
            problems.extend(compare(&table, part, &figures, &made_with));
        }
        let made_with = made_with.clone();
        table.parts.insert(part, Figures { made_with, figures });
    }
    if arguments.write {
        write(root, &table)?;
    }
    for problem in &problems {
        eprintln!("error: {problem}");
    }
    Ok(match problems.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// Returns the figures of a part that differ from the table, in words.
fn compare(table: &Table, part: Part, figures: &[Measure], made_with: &Toolchain) -> Vec<String> {
    let Some(moved) = table.moved(part, figures, made_with) else {
        println!("note: {FILE} was not made with {made_with}, so only targets are judged");
        return Vec::new();
    };
    let command = format!("cargo xtask bench {} --write", part.name());
    let moved = moved.iter();
    moved
        .map(|moved| format!("{moved}; if that is intended, run `{command}`"))
        .collect()
}

fn write(root: &Path, table: &Table) -> Result<()> {
    for (file, text) in files(table)? {
        fs::write(root.join(file), text).with_context(|| format!("cannot write {file}"))?;
        println!("{:>12} {file}", "Wrote");
    }
    Ok(())
}

/// Returns every file that shows the figures, with its text.
fn files(table: &Table) -> Result<[(&'static str, String); 2]> {
    Ok([(FILE, table.text()?), (page::FILE, page::render(table))])
}

impl Part {
    fn measure(self, root: &Path) -> Result<Vec<Measure>> {
        match self {
            Self::Counts => counts::run(root),
            Self::Memory => examples::import(root),
            Self::Throughput => throughput::run(root),
            Self::Build => build_cost::run(root),
            Self::Scaling => scaling::run(root),
            Self::Convert => examples::convert(root),
        }
    }

    /// Returns the name of the part on the command line.
    fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    #[test]
    fn counts_in_the_table_keep_to_their_targets() {
        let table = Table::load(&workspace::find().unwrap()).unwrap();
        let counts = &table.parts[&Part::Counts].figures;
        let missed: Vec<_> = counts.iter().filter(|count| !count.is_met()).collect();
        assert!(!counts.is_empty() && missed.is_empty(), "{missed:?}");
    }

    #[test]
    fn the_page_shows_the_table() {
        let root = workspace::find().unwrap();
        let table = Table::load(&root).unwrap();
        for (file, text) in files(&table).unwrap() {
            let present = fs::read_to_string(root.join(file)).unwrap();
            assert_eq!(
                present, text,
                "{file} is stale: run `cargo xtask bench --render`"
            );
        }
    }
}
