//! Converting a CSV file.

use super::Conversion;
use super::run::Run;
use crate::csv_export::{Columns, Reader, Record, Records, header};
use crate::error::Error;
use crate::{Notice, NoticeKind};

impl Conversion {
    pub(super) fn columns(&self, run: &Run<'_>) -> Result<Columns, Error> {
        let map = &run.renderer.map.csv;
        let header = header(&self.input, map.delimiter)?;
        Columns::new(&self.input, header.names, map)
    }

    /// Converts the rows. Whether an id is repeated where it should not be is
    /// given back; `any` takes rows without ids too.
    pub(super) fn csv_tickets(
        &self,
        run: &mut Run<'_>,
        columns: &Columns,
        any: bool,
    ) -> Result<bool, Error> {
        if columns.group.is_none() && columns.of("id").is_none() && !any {
            return Err(Error::input(
                &self.input,
                "has no column that is known to have the tickets' ids; name it in the map as \
                 csv.columns.id, or as csv.group where a row is a message",
            ));
        }
        let delimiter = header(&self.input, run.renderer.map.csv.delimiter)?.delimiter;
        let mut records = Records::open(&self.input, delimiter, run.observer)?;
        records.next()?;
        let mut repeated = false;
        while let Some(record) = records.next()? {
            let id = columns.id(&record.values);
            let id = id.or_else(|| any.then(|| format!("row {}", record.line)));
            let Some(id) = id else {
                run.count();
                let detail = "the row has no id of a ticket";
                run.tell(&Notice::new(NoticeKind::Unreadable, detail).line(record.line))?;
                continue;
            };
            if columns.group.is_some() {
                put_away(run, &id, &record)?;
                continue;
            }
            run.count();
            if !run.store.put_id(&id)? {
                repeated = true;
                if !any {
                    let detail = "the row has the id of an earlier one; where a row is a \
                        message, name the column as csv.group in the map";
                    let mut notice = Notice::new(NoticeKind::Unreadable, detail);
                    notice.external_id = run.external_id(&id);
                    run.tell(&notice.line(record.line))?;
                    continue;
                }
            }
            let mut reader = Reader {
                columns,
                map: &run.renderer.map,
                met: &mut run.renderer.met,
            };
            let (conversation, notices) = reader.read(id, std::slice::from_ref(&record));
            run.convert(conversation, notices)?;
        }
        if columns.group.is_some() {
            grouped(run, columns)?;
        }
        Ok(repeated)
    }
}

/// Rows of a conversation needn't be one after the other.
fn put_away(run: &mut Run<'_>, id: &str, record: &Record) -> Result<(), Error> {
    let body = serde_json::json!([record.line, record.mended, record.values]);
    run.store
        .put_part(id, record.line, body.to_string().as_bytes())?;
    Ok(())
}

fn grouped(run: &mut Run<'_>, columns: &Columns) -> Result<(), Error> {
    run.store.order_owners()?;
    let mut after = 0;
    while let Some(owner) = run.store.owner_after(after)? {
        after = owner.first;
        run.count();
        let parts = run.store.take_parts(&owner.id)?;
        let records = parts.iter().filter_map(|part| {
            let (line, mended, values) = serde_json::from_slice(part).ok()?;
            Some(Record {
                line,
                values,
                mended,
            })
        });
        let records: Vec<Record> = records.collect();
        let mut reader = Reader {
            columns,
            map: &run.renderer.map,
            met: &mut run.renderer.met,
        };
        let (conversation, notices) = reader.read(owner.id, &records);
        run.convert(conversation, notices)?;
    }
    Ok(())
}
