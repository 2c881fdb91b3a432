//! Opens a file of an export.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::Path;

use crate::error::Error;
use crate::observer::Observer;

/// A file that reports to the observer how much of it was read.
pub(crate) struct Counted<'o> {
    file: File,
    observer: &'o dyn Observer,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.observer.read(u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}

/// Opens a file at its first character, after a byte order mark. A compressed file and text
/// in UTF-16 are refused, and the error says what to do.
pub(crate) fn open<'o>(path: &Path, observer: &'o dyn Observer) -> Result<Counted<'o>, Error> {
    let failed = |error| Error::read(path, error);
    let mut file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(Error::input(path, "is a folder"));
    }
    let mut start = Vec::new();
    (&mut file)
        .take(4)
        .read_to_end(&mut start)
        .map_err(failed)?;
    let skipped = match start.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => 3,
        [0x1f, 0x8b, ..] => {
            return Err(Error::input(path, "is compressed: unpack it with gunzip"));
        }
        [b'P', b'K', 3, 4] => {
            return Err(Error::input(path, "is a ZIP archive: unpack it first"));
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, ..] | [_, 0, ..] => {
            let hint = "is UTF-16 text: make it UTF-8 with iconv -f UTF-16 -t UTF-8";
            return Err(Error::input(path, hint));
        }
        _ => 0,
    };
    file.seek(SeekFrom::Start(skipped)).map_err(failed)?;
    Ok(Counted { file, observer })
}
