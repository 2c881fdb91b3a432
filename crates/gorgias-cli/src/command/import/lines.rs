//! Counting the lines of an input.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::Path;

/// How much of the file is read at a time.
const PIECE: usize = 1 << 20;

/// The lines of a file. None if it is no regular file, which can be read once,
/// or can't be read: the import itself says why.
pub(super) fn count(path: &Path) -> Option<u64> {
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut file = BufReader::with_capacity(PIECE, File::open(path).ok()?);
    let mut lines = 0_u64;
    let mut ended = true;
    loop {
        let piece = file.fill_buf().ok()?;
        let Some(last) = piece.last() else {
            // The last line may have no end.
            return Some(lines.saturating_add(u64::from(!ended)));
        };
        ended = *last == b'\n';
        let ends = piece.iter().filter(|byte| **byte == b'\n').count();
        lines = lines.saturating_add(u64::try_from(ends).unwrap_or(u64::MAX));
        let read = piece.len();
        file.consume(read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_needs_no_end() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("input");
        for (text, lines) in [("", 0), ("a", 1), ("a\n", 1), ("a\n\nb", 3)] {
            fs::write(&path, text).unwrap();
            assert_eq!(count(&path), Some(lines), "{text:?}");
        }
        assert_eq!(count(folder.path()), None);
    }
}
