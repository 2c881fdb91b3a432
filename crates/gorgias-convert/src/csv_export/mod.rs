//! Reads exports as CSV files, in which a row is a ticket or a message. [`RowReader`]
//! creates conversations from rows, and is the place to start.
//!
//! <https://www.rfc-editor.org/rfc/rfc4180> describes the format. Other delimiters than the
//! comma are accepted. The map names the columns of members; common names are recognised.

mod columns;
mod file;
mod reader;
mod row;
mod value;

pub(crate) use self::columns::Columns;
pub(crate) use self::file::{Record, Records};
pub(crate) use self::reader::RowReader;
