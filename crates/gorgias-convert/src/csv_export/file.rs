//! Reads the rows of a CSV file.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, ReaderBuilder};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::input::{Counted, open};
use crate::observer::Observer;

/// The most bytes of a file that are searched for its delimiter.
const START: u64 = 64 << 10;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Returns the delimiter that occurs most often in the first line.
pub(super) fn delimiter(path: &Path) -> Result<u8, Error> {
    let mut line = Vec::new();
    BufReader::new(open(path, &())?.take(START))
        .read_until(b'\n', &mut line)
        .map_err(|error| Error::read(path, error))?;
    let count = |delimiter: &u8| line.iter().filter(|byte| *byte == delimiter).count();
    // If several occur equally often, `max_by_key` returns the last one. `rev` makes that
    // the first one of `DELIMITERS`.
    let most = DELIMITERS.into_iter().rev().max_by_key(count);
    Ok(most.unwrap_or(b','))
}

/// A row, with the number of its first line in the file.
#[derive(Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) line: u64,
    pub(crate) values: Vec<String>,
    /// Whether bytes that aren't UTF-8 were replaced.
    pub(crate) mended: bool,
}

/// The rows of a file, beginning with the row that has the names of the columns.
pub(crate) struct Records<'o> {
    path: PathBuf,
    reader: csv::Reader<Counted<'o>>,
    record: ByteRecord,
}

impl<'o> Records<'o> {
    pub(crate) fn open(
        path: &Path,
        delimiter: u8,
        observer: &'o dyn Observer,
    ) -> Result<Self, Error> {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(256 << 10)
            .from_reader(open(path, observer)?);
        Ok(Self {
            path: path.to_owned(),
            reader,
            record: ByteRecord::new(),
        })
    }

    pub(crate) fn next(&mut self) -> Result<Option<Record>, Error> {
        let read = self.reader.read_byte_record(&mut self.record);
        if !read.map_err(|error| Error::read(&self.path, error.into()))? {
            return Ok(None);
        }
        let mut mended = false;
        let values = self.record.iter().map(|value| {
            let text = String::from_utf8_lossy(value);
            mended |= matches!(text, std::borrow::Cow::Owned(_));
            text.into_owned()
        });
        let values = values.collect();
        let line = self.record.position().map(csv::Position::line);
        Ok(Some(Record {
            line: line.unwrap_or_default(),
            values,
            mended,
        }))
    }
}
