//! Counts instructions with callgrind.

use std::process::Command;

use anyhow::{Context, Result};

use super::programs::Programs;
use crate::{files::read, process::output};

/// The number of runs of which the lowest count is taken.
const TRIES: usize = 3;

/// The cost of one repetition.
#[derive(Clone, Copy)]
pub(super) struct Cost {
    pub(super) instructions: f64,
    pub(super) allocations: f64,
}

/// A program that repeats its work a given number of times.
pub(super) struct Repeated<'a> {
    pub(super) program: &'a str,
    /// The arguments, with `COUNT` in place of the number of repetitions.
    pub(super) arguments: &'a [&'a str],
    /// A small and a large number of repetitions. The cost of one repetition is computed from the
    /// difference between both, so that the start of the program and the first connection don't
    /// count.
    pub(super) counts: [u32; 2],
}

impl Repeated<'_> {
    /// Returns the cost of one repetition. The program itself prints its number of
    /// allocations.
    pub(super) fn cost(&self, programs: &Programs) -> Result<Cost> {
        self.difference(|count| {
            let (report, printed) = self.run(programs, count, None)?;
            let allocations = printed.split_whitespace().next().unwrap_or_default();
            Ok(Cost {
                instructions: total(&report)?,
                allocations: allocations
                    .parse()
                    .context("the program did not print its number of allocations")?,
            })
        })
    }

    /// Returns the cost of one repetition in the functions whose names match a pattern.
    pub(super) fn cost_within(&self, programs: &Programs, function: &str) -> Result<Cost> {
        self.difference(|count| {
            let (report, _) = self.run(programs, count, Some(function))?;
            Ok(Cost {
                instructions: total(&report)?,
                allocations: allocator_calls(&report),
            })
        })
    }

    /// Returns the cost of one repetition. `cost` returns the cost of a number of repetitions.
    fn difference(&self, cost: impl Fn(u32) -> Result<Cost>) -> Result<Cost> {
        let [few, many] = self.counts;
        // The number of wake-ups depends on the time at which answers arrive, so the lowest
        // cost of several runs is taken.
        let least = |count| {
            let mut least = cost(count)?;
            for _ in 1..TRIES {
                let cost = cost(count)?;
                if cost.instructions < least.instructions {
                    least = cost;
                }
            }
            Ok::<_, anyhow::Error>(least)
        };
        let (first, second) = (least(few)?, least(many)?);
        let repetitions = f64::from(many - few);
        Ok(Cost {
            instructions: (second.instructions - first.instructions) / repetitions,
            allocations: (second.allocations - first.allocations) / repetitions,
        })
    }

    /// Runs the program. Returns the report of callgrind, and the output of the program.
    fn run(
        &self,
        programs: &Programs,
        count: u32,
        within: Option<&str>,
    ) -> Result<(String, String)> {
        let file = programs.scratch()?.join("callgrind.out");
        let count = count.to_string();
        let mut command = Command::new("valgrind");
        command
            .args(["--quiet", "--tool=callgrind"])
            .arg(format!("--callgrind-out-file={}", file.display()));
        if let Some(function) = within {
            command.arg(format!("--toggle-collect={function}"));
        }
        command.arg(programs.path(self.program));
        for argument in self.arguments {
            command.arg(argument.replace("COUNT", &count));
        }
        let printed = output(&mut command)?;
        Ok((read(&file)?, printed))
    }
}

/// Returns the number of instructions in a report.
fn total(report: &str) -> Result<f64> {
    let total = report.lines().find_map(|line| {
        let line = line.strip_prefix("totals:")?;
        line.split_whitespace().next()?.parse().ok()
    });
    total.context("callgrind's report has no total")
}

/// Returns the number of calls of the allocator in a report. The report has the name of a
/// function once, together with a number, and afterwards only the number.
fn allocator_calls(report: &str) -> f64 {
    let mut numbers = Vec::new();
    let mut called = None;
    let mut calls = 0.0;
    for line in report.lines() {
        if let Some((kind, name)) = line.split_once('=') {
            let (number, name) = name.split_once(' ').unwrap_or((name, ""));
            if matches!(kind, "fn" | "cfn") && matches!(name, "malloc" | "calloc" | "realloc") {
                numbers.push(number);
            }
            match kind {
                "cfn" => called = Some(number),
                "calls" if called.is_some_and(|called| numbers.contains(&called)) => {
                    calls += number.parse::<f64>().unwrap_or(0.0);
                }
                _ => {}
            }
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "\
events: Ir
fn=(1) decide
2 40
cfn=(2) malloc
calls=3 10
2 90
cfn=(3) helper
calls=5 20
2 10
fn=(3)
2 7
cfn=(2)
calls=4 10
2 120
totals: 267
";

    #[test]
    fn a_report_is_read() {
        assert_eq!(total(REPORT).unwrap(), 267.0);
        assert_eq!(allocator_calls(REPORT), 7.0);
        assert!(total("events: Ir\n").is_err());
    }
}
