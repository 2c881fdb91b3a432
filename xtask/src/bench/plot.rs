//! The ratios, as bars beside their targets.

use std::fmt::Write as _;

use super::{Measure, Target, Unit, table::Table};

/// Where the plot is.
pub(super) const FILE: &str = "docs/benchmarks.svg";

const LABELS: f64 = 300.0;
const BARS: f64 = 420.0;
const ROW: f64 = 26.0;
const TOP: f64 = 34.0;

/// The longest bar stands for this or more.
const MOST: f64 = 3.0;

/// The plot.
pub(super) fn render(table: &Table) -> String {
    let all = table.parts.values().flat_map(|part| &part.figures);
    let ratios: Vec<&Measure> = all.filter(|figure| figure.unit == Unit::Ratio).collect();
    let height = TOP + ROW * ratios.len() as f64 + 10.0;
    let width = LABELS + BARS + 70.0;
    let mut svg = format!(
        "<!-- Written by `cargo xtask bench --write`. -->\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"13\">\n\
         <title>Ratios beside their targets</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n\
         <text x=\"{LABELS}\" y=\"20\" fill=\"#555\">how much of the other; \
         the mark is the target</text>\n"
    );
    for (index, figure) in ratios.into_iter().enumerate() {
        bar(&mut svg, figure, TOP + ROW * index as f64);
    }
    let one = place(1.0);
    let _ = write!(
        svg,
        "<line x1=\"{one}\" x2=\"{one}\" y1=\"{TOP}\" y2=\"{}\" stroke=\"#555\" \
         stroke-dasharray=\"3 3\"/>\n</svg>\n",
        height - 10.0
    );
    svg
}

fn bar(svg: &mut String, figure: &Measure, top: f64) {
    let (text, end) = (top + 16.0, place(figure.value));
    let colour = if figure.is_met() {
        "#4a7fb5"
    } else {
        "#c0392b"
    };
    let name = figure.name.replace('&', "&amp;").replace('<', "&lt;");
    let _ = write!(
        svg,
        "<text x=\"{}\" y=\"{text}\" text-anchor=\"end\">{name}</text>\n\
         <rect x=\"{LABELS}\" y=\"{}\" width=\"{:.1}\" height=\"16\" fill=\"{colour}\"/>\n\
         <text x=\"{:.1}\" y=\"{text}\">{}</text>\n",
        LABELS - 8.0,
        top + 4.0,
        end - LABELS,
        end + 12.0,
        figure.unit.show(figure.value)
    );
    if let Some(Target::AtMost(bound) | Target::AtLeast(bound)) = figure.target {
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{}\" width=\"3\" height=\"20\" fill=\"#d98e04\"/>",
            place(bound),
            top + 2.0
        );
    }
}

/// Where a ratio ends, from the left.
fn place(ratio: f64) -> f64 {
    LABELS + ratio.min(MOST) / MOST * BARS
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{Part, table::Figures, toolchain::Toolchain};
    use super::*;

    #[test]
    fn every_ratio_has_a_bar_and_a_missed_one_is_red() {
        let figures = vec![
            Measure::new("met", Unit::Ratio, 1.5).at_most(2.0),
            Measure::new("missed", Unit::Ratio, 2.5).at_most(2.0),
            Measure::new("no ratio", Unit::Bytes, 7.0),
        ];
        let made_with = Toolchain {
            rustc: String::new(),
            libc: String::new(),
            machine: String::new(),
        };
        let svg = render(&Table {
            parts: BTreeMap::from([(Part::Counts, Figures { made_with, figures })]),
        });
        assert_eq!(svg.matches("#4a7fb5").count(), 1);
        assert_eq!(svg.matches("#c0392b").count(), 1);
        assert!(svg.contains(">met<") && !svg.contains("no ratio"));
    }
}
