//! Lists in columns, for a terminal.

use crate::printable::line;

/// A column of a list: its name, its width, and the function that returns the cell of an
/// item.
///
/// Widths are fixed, because the first page is shown before the last one is read. A
/// wider cell shifts the rest of its row. The width of the last column isn't used.
pub(crate) type Column<T> = (&'static str, usize, fn(&T) -> String);

/// The line with the names of the columns.
pub(crate) fn head<T>(columns: &[Column<T>]) -> String {
    let names = columns.iter();
    joined(names.map(|(name, width, _)| ((*name).to_owned(), *width)))
}

/// The line of an item.
pub(crate) fn row<T>(columns: &[Column<T>], item: &T) -> String {
    let cells = columns.iter();
    joined(cells.map(|(_, width, cell)| (cell(item), *width)))
}

/// Joins cells, each with its width. An empty cell becomes a dash, so that columns can
/// be counted.
fn joined(cells: impl Iterator<Item = (String, usize)>) -> String {
    let mut row = String::new();
    for (cell, width) in cells {
        let cell = match cell.as_str() {
            "" => "-".to_owned(),
            cell => line(cell),
        };
        row.push_str(&format!("{cell:<width$} "));
    }
    format!("{}\n", row.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Cells = [&'static str; 3];

    const COLUMNS: &[Column<Cells>] = &[
        ("ID", 4, |cells| cells[0].to_owned()),
        ("KIND", 6, |cells| cells[1].to_owned()),
        ("NAME", 0, |cells| cells[2].to_owned()),
    ];

    #[test]
    fn the_head_stands_above_its_columns() {
        assert_eq!(head(COLUMNS), "ID   KIND   NAME\n");
        assert_eq!(
            row(COLUMNS, &["7", "", "Jane Doe"]),
            "7    -      Jane Doe\n"
        );
    }

    #[test]
    fn a_hostile_name_stays_on_its_line() {
        let row = row(COLUMNS, &["7", "x\u{1b}[2J\ny", "\u{202e}"]);
        assert_eq!(row.matches('\n').count(), 1);
        assert!(!row.contains(['\u{1b}', '\u{202e}']), "{row:?}");
    }
}
