//! Renders the page that shows the figures: the text of `page.md`, in which tables replace the
//! comments that name the parts.

use std::fmt::Write as _;

use super::{
    Measure, Part,
    table::{Figures, Table},
};

/// The path of the page.
pub(super) const FILE: &str = "docs/benchmarks.md";

const TEXT: &str = include_str!("page.md");

/// Returns the text of the page.
pub(super) fn render(table: &Table) -> String {
    table
        .parts
        .iter()
        .fold(TEXT.to_owned(), |page, (part, figures)| {
            let mark = format!("<!-- figures of {} -->\n", part.name());
            page.replace(&mark, &section(*part, figures))
        })
}

fn section(part: Part, Figures { made_with, figures }: &Figures) -> String {
    let mut section = String::new();
    let _ = write!(
        section,
        "`cargo xtask bench {}`, made with {made_with}.\n\n\
         | figure | value | target |\n|---|---:|---|\n",
        part.name()
    );
    section.extend(figures.iter().map(row));
    section
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
