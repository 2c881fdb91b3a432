//! Lists in columns, for a terminal.

use crate::printable::line;

/// The columns of a list. The widths are fixed: the first page is shown before
/// the last one is read.
pub(crate) struct Table<const N: usize> {
    columns: [(&'static str, usize); N],
}

impl<const N: usize> Table<N> {
    /// Columns by their names and widths. A wider cell shifts the rest of its row; the
    /// width of the last column isn't used.
    pub(crate) const fn new(columns: [(&'static str, usize); N]) -> Self {
        Self { columns }
    }

    pub(crate) fn head(&self) -> String {
        self.row(self.columns.map(|(name, _)| name.to_owned()))
    }

    /// A row. An empty cell is a dash, so that columns can be counted.
    pub(crate) fn row(&self, cells: [String; N]) -> String {
        let mut row = String::new();
        for (cell, (_, width)) in cells.iter().zip(self.columns) {
            let cell = match cell.as_str() {
                "" => "-".to_owned(),
                cell => line(cell),
            };
            row.push_str(&format!("{cell:<width$} "));
        }
        format!("{}\n", row.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Table<3> = Table::new([("ID", 4), ("KIND", 6), ("NAME", 0)]);

    #[test]
    fn the_head_stands_above_its_columns() {
        let row = TABLE.row(["7".to_owned(), String::new(), "Jane Doe".to_owned()]);
        assert_eq!(TABLE.head(), "ID   KIND   NAME\n");
        assert_eq!(row, "7    -      Jane Doe\n");
    }

    #[test]
    fn a_hostile_name_stays_on_its_line() {
        let row = TABLE.row([
            "7".to_owned(),
            "x\u{1b}[2J\ny".to_owned(),
            "\u{202e}".to_owned(),
        ]);
        assert_eq!(row.matches('\n').count(), 1);
        assert!(!row.contains(['\u{1b}', '\u{202e}']), "{row:?}");
    }
}
