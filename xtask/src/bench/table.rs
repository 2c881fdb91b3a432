//! Reads and writes the checked-in figures, and compares new ones with them.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::{Measure, Part, toolchain::Toolchain};
use crate::files::read_if_any;

/// The path of the table.
pub(super) const FILE: &str = "docs/benchmarks.toml";

const HEAD: &str = "# Written by `cargo xtask bench --write`.\n\n";

/// The fraction by which a count may differ from the table. Counts are nearly the same in
/// every run. The slack is for small changes of code, which needn't be reviewed.
pub(super) const SLACK: f64 = 0.02;

/// All figures, with the toolchains with which they were measured.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Table {
    /// The figures by part, because each part can be measured alone.
    #[serde(flatten)]
    pub(super) parts: BTreeMap<Part, Figures>,
}

/// The figures of one part.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Figures {
    pub(super) made_with: Toolchain,
    #[serde(rename = "figure")]
    pub(super) figures: Vec<Measure>,
}

impl Table {
    pub(super) fn load(root: &Path) -> Result<Self> {
        let text = read_if_any(&root.join(FILE))?.unwrap_or_default();
        toml::from_str(&text).with_context(|| format!("cannot read {FILE}"))
    }

    pub(super) fn text(&self) -> Result<String> {
        Ok(format!("{HEAD}{}", toml::to_string(self)?))
    }

    /// Returns the words for each gated figure of a part that differs from the table. `None` if
    /// the figures in the table were measured with another toolchain, so that they can't be
    /// compared.
    pub(super) fn moved(
        &self,
        part: Part,
        measures: &[Measure],
        made_with: &Toolchain,
    ) -> Option<Vec<String>> {
        let gated = |measures: &[Measure]| -> Vec<Measure> {
            measures.iter().filter(|one| one.gated).cloned().collect()
        };
        let known = match self.parts.get(&part) {
            Some(figures) if !figures.made_with.counts_like(made_with) => return None,
            Some(figures) => gated(&figures.figures),
            None => Vec::new(),
        };
        let measures = gated(measures);
        let is_same =
            |one: &Measure, other: &Measure| one.name == other.name && one.unit == other.unit;
        let mut moved = Vec::new();
        for now in &measures {
            let before = known.iter().find(|before| is_same(before, now));
            if before.is_none_or(|before| is_off(before.value, now.value)) {
                let before = before.map(|one| one.value);
                moved.push(moved_text(now, before, Some(now.value)));
            }
        }
        for before in &known {
            if !measures.iter().any(|now| is_same(before, now)) {
                moved.push(moved_text(before, Some(before.value), None));
            }
        }
        Some(moved)
    }
}

fn is_off(before: f64, now: f64) -> bool {
    (now - before).abs() > before.abs() * SLACK
}

/// Returns the words for a figure that differs from the table.
fn moved_text(measure: &Measure, before: Option<f64>, now: Option<f64>) -> String {
    let (name, unit) = (&measure.name, measure.unit);
    match (before, now) {
        (Some(before), Some(now)) => {
            let change = (now / before - 1.0) * 100.0;
            let (before, now) = (unit.show(before), unit.show(now));
            format!("{name} went from {before} to {now} ({change:+.1} %)")
        }
        (Some(_), None) => format!("{name} is in the table, and was not measured"),
        (None, _) => format!("{name} is not in the table"),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Unit, *};

    fn made_with(rustc: &str) -> Toolchain {
        Toolchain {
            rustc: rustc.to_owned(),
            libc: "glibc 2.36".to_owned(),
            machine: "x86_64, 2 cores".to_owned(),
        }
    }

    fn figure(name: &str, value: f64) -> Measure {
        Measure::new(name, Unit::Instructions, value).gated()
    }

    fn table(figures: Vec<Measure>) -> Table {
        let made_with = made_with("1.95.0");
        let figures = Figures { made_with, figures };
        Table {
            parts: BTreeMap::from([(Part::Counts, figures)]),
        }
    }

    #[track_caller]
    fn moved(before: Vec<Measure>, now: &[Measure]) -> Vec<String> {
        let moved = table(before).moved(Part::Counts, now, &made_with("1.95.0"));
        moved.unwrap()
    }

    #[test]
    fn a_count_may_be_off_by_two_percent_either_way() {
        for near in [980.0, 1000.0, 1020.0] {
            assert!(moved(vec![figure("a", 1000.0)], &[figure("a", near)]).is_empty());
        }
        for far in [979.0, 1021.0] {
            assert_eq!(
                moved(vec![figure("a", 1000.0)], &[figure("a", far)]).len(),
                1
            );
        }
        assert_eq!(
            moved(vec![figure("a", 1000.0)], &[figure("a", 1500.0)]),
            ["a went from 1,000 instructions to 1,500 instructions (+50.0 %)"]
        );
    }

    #[test]
    fn figures_that_come_and_go_are_named() {
        assert_eq!(
            moved(vec![figure("old", 1.0)], &[figure("new", 1.0)]),
            [
                "new is not in the table",
                "old is in the table, and was not measured"
            ]
        );
    }

    #[test]
    fn what_is_not_gated_may_move() {
        let free = |value| Measure::new("free", Unit::Ratio, value);
        assert!(moved(vec![free(1.0)], &[free(9.0)]).is_empty());
    }

    #[test]
    fn another_compiler_says_nothing_about_these_counts() {
        let table = table(vec![figure("a", 1000.0)]);
        let now = [figure("a", 9.0)];
        assert_eq!(table.moved(Part::Counts, &now, &made_with("1.96.0")), None);
    }

    #[test]
    fn a_table_survives_being_written() {
        let text = table(vec![figure("a", 1000.0).at_most(2.5)])
            .text()
            .unwrap();
        let read: Table = toml::from_str(&text).unwrap();
        assert_eq!(read.text().unwrap(), text);
    }
}
