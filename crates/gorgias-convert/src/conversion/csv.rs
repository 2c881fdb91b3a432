//! Converts a CSV file.

use super::Conversion;
use super::run::Run;
use crate::csv_export::{Columns, Record, Records, RowReader};
use crate::error::Error;
use crate::{Notice, NoticeKind};

impl Conversion {
    /// Converts the rows. Returns whether an id occurs in more than one row although each
    /// row is a ticket. With `for_template`, rows without an id or with a repeated id are
    /// converted too.
    pub(super) fn csv_tickets(
        &self,
        run: &mut Run<'_>,
        columns: &Columns,
        for_template: bool,
    ) -> Result<bool, Error> {
        let is_grouped = columns.group.is_some();
        if !is_grouped && columns.of("id").is_none() && !for_template {
            return Err(Error::input(
                &self.input,
                "has no column that is recognised as the ticket id; set csv.columns.id in the \
                 map, or csv.group if each row is one message",
            ));
        }
        let mut records = Records::open(&self.input, columns.delimiter, run.reporter.observer)?;
        // The first row has the names of the columns, and is skipped.
        records.next()?;
        let mut repeated = false;
        while let Some(record) = records.next()? {
            let id = columns.id(&record.values);
            let id = id.or_else(|| for_template.then(|| format!("row {}", record.line)));
            let Some(id) = id else {
                run.count();
                let detail = "the row has no id of a ticket";
                run.reporter
                    .report(&Notice::new(NoticeKind::Unreadable, detail).line(record.line))?;
                continue;
            };
            if is_grouped {
                // Rows of other conversations may be between the rows of a
                // conversation, so all rows are stored first.
                let body = serde_json::json!(record).to_string();
                run.store.put_message(&id, record.line, body.as_bytes())?;
                continue;
            }
            let is_repeated = !run.store.put_id(&id)?;
            repeated |= is_repeated;
            if !is_repeated || for_template {
                convert(run, columns, id, std::slice::from_ref(&record))?;
                continue;
            }
            run.count();
            let detail = "the row has the id of an earlier one; where a row is a message, name \
                          the column as csv.group in the map";
            let mut notice = Notice::new(NoticeKind::Unreadable, detail).line(record.line);
            notice.external_id = run.external_id(&id);
            run.reporter.report(&notice)?;
        }
        if is_grouped {
            convert_groups(run, columns)?;
        }
        Ok(repeated)
    }
}

/// Converts the rows of each conversation, in the order of their first rows.
fn convert_groups(run: &mut Run<'_>, columns: &Columns) -> Result<(), Error> {
    run.store.order_owners()?;
    let mut after = 0;
    while let Some(owner) = run.store.owner_after(after)? {
        after = owner.first;
        let rows = run.store.take_messages(&owner.id)?;
        let records = rows
            .iter()
            .filter_map(|row| serde_json::from_slice(row).ok());
        let records: Vec<Record> = records.collect();
        convert(run, columns, owner.id, &records)?;
    }
    Ok(())
}

fn convert(
    run: &mut Run<'_>,
    columns: &Columns,
    id: String,
    records: &[Record],
) -> Result<(), Error> {
    run.count();
    let mut reader = RowReader {
        columns,
        map: &run.renderer.map,
        counts: &mut run.renderer.counts,
    };
    let conversation = reader.read(id, records);
    run.convert(conversation)
}
