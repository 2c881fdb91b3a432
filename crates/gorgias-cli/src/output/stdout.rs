//! Writing to standard output.

use std::io::{self, ErrorKind, Write as _};

use crate::exit::Exit;
use crate::failure::Failure;

/// Writes and flushes. Ends the command quietly when nobody reads any more.
pub(crate) fn print(text: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(text.as_ref())
        .and_then(|()| stdout.flush())
        .map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Failure::reader_gone(),
            _ => Failure::new(
                Exit::Unexpected,
                format!("the result can't be written: {error}"),
            ),
        })
}
