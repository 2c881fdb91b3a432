//! Writes the page that shows the figures.

use std::fmt::Write as _;

use super::{
    Measure, Part,
    table::{FILE as TABLE, Figures, Table},
};

/// The path of the page.
pub(super) const FILE: &str = "docs/benchmarks.md";

const MARK: &str = "<!-- Written by `cargo xtask bench --write`. -->\n";

const HEAD: &str = "\
# What it costs

The service limits the rate of tickets: 40 requests in 20 seconds, so 2 a second.
No program will notice the costs below beside that. The figures show that the
crates add little to the libraries they are built on, and their targets keep it
that way.

`cargo xtask bench` measures everything anew, `cargo xtask bench counts` one
part. A count that moved by more than 2 % from the checked-in table fails
`cargo xtask bench counts --check`, which is a job of CI; `--write` accepts
it. With another compiler or C library than the table's the counts say nothing,
and only the targets are judged.

## How

- Instructions are counted by callgrind for a small and for a large number of
  repetitions; the difference is divided by that of the numbers, so that neither
  the start nor the first connection counts. Allocations, reallocations included,
  are counted by the allocator in the same runs. Both are the same in every run.
  Programs for counting are built with one codegen unit per crate, so that the
  counts do not depend on the folder; those for timing are plain release builds.
- A server always runs in a process of its own, so its work is not counted.
- All clients send the same 477 bytes over one loopback connection that stays
  open, without TLS, on one thread, and read the same ticket of 1,902 bytes into
  the same types. The ticket is made field by field for each call. The client
  written by hand has no time limits, no checks of requests and no pacing; ours
  has all of them, with limits too high to take effect.
- Two times are compared by measuring them in turns, 30 pairs with the order
  changing, and taking the median of the ratios. A single rate is the best of 5,
  and depends on the machine as much as on the code.
- The programs are in `crates/bench-programs`, for the import, the emulator and the
  conversion the examples `memory` and `throughput` of their crates.
";

/// Returns the text of the page.
pub(super) fn render(table: &Table) -> String {
    let mut page = format!("{MARK}\n{HEAD}");
    for (part, figures) in &table.parts {
        let Figures { made_with, figures } = figures;
        let _ = write!(
            page,
            "\n## {}\n\n{}\n\n`cargo xtask bench {}`, made with {made_with}.\n\n",
            part.title(),
            part.legend(),
            part.name()
        );
        page.push_str("| figure | value | target |\n|---|---:|---|\n");
        for figure in figures {
            page.push_str(&row(figure));
        }
    }
    let _ = write!(page, "\nThe figures are in [{TABLE}](benchmarks.toml).\n");
    page
}

fn row(figure: &Measure) -> String {
    let target = match figure.target {
        Some(target) if figure.is_met() => target.show(figure.unit),
        Some(target) => format!("**missed:** {}", target.show(figure.unit)),
        None => String::new(),
    };
    let value = figure.unit.show(figure.value);
    format!("| {} | {value} | {target} |\n", figure.name)
}

impl Part {
    fn title(self) -> &'static str {
        match self {
            Self::Counts => "Instructions and allocations",
            Self::Memory => "Memory",
            Self::Throughput => "Throughput",
            Self::Build => "Building a first program",
            Self::Scaling => "Large documents",
            Self::Convert => "Converting an export",
        }
    }

    /// Explains the names of the figures.
    fn legend(self) -> &'static str {
        match self {
            Self::Counts => {
                "`create` is one ticket created: *transfer* sends text and \
                 drops the answer, *reqwest* is written by hand with reqwest and serde, *generated* is \
                 the generated call, *gorgias* is `Client::tickets().create()`. `decode` reads one \
                 ticket, or a page of 100: *strict* as a derive of the same fields does, *lenient* as \
                 `gorgias-api` does, *value* into `serde_json::Value`. Of the pacer, *slot* is all of \
                 one request's turn with its answer, and *decision* what decides."
            }
            Self::Memory => {
                "The most resident memory of the importing process. The emulator, which keeps \
                 every ticket, is another process."
            }
            Self::Throughput => {
                "The emulator's rate in process is of creates with its checks against the \
                 document; over loopback it and Prism's mock answer the same client, the *transfer* \
                 of above, one request at a time."
            }
            Self::Build => {
                "A program of one call with what its client brings by default, built for release \
                 from nothing. Crates are those that cargo compiles, seconds those of all processors \
                 together."
            }
            Self::Scaling => {
                "How long `cargo xtask regen` and `cargo xtask diff` take for large documents, beside \
                 what progenitor takes for the same, and how the time for each operation grows."
            }
            Self::Convert => {
                "A million tickets of a made-up Zendesk export, each with two messages and a note, \
                 on one thread, and the most resident memory of that. *jq* does a part of the same \
                 work in the same run: it knows no people, addresses, fields or limits, and checks \
                 nothing."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Unit;
    use super::*;

    #[test]
    fn a_missed_target_is_said() {
        let figure = Measure::new("a/b", Unit::Ratio, 1.3);
        assert_eq!(
            row(&figure.clone().at_most(1.4)),
            "| a/b | 1.30x | at most 1.40x |\n"
        );
        assert_eq!(
            row(&figure.at_most(1.2)),
            "| a/b | 1.30x | **missed:** at most 1.20x |\n"
        );
    }
}
