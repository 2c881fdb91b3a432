//! Exports as CSV: a row is a ticket, or a message of one.
//!
//! The format is that of <https://www.rfc-editor.org/rfc/rfc4180>, with any
//! delimiter. The map gives the meaning of the columns; common names are recognised.

mod columns;
mod file;
mod reader;
mod row;
mod value;

pub(crate) use self::columns::Columns;
pub(crate) use self::file::{Record, Records};
pub(crate) use self::reader::RowReader;
