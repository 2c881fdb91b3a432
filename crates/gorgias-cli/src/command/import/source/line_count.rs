//! Counting the lines of a file.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Seek as _};

/// How much of the file is read at a time.
const PIECE: usize = 1 << 20;

/// Counts the lines of a file that aren't blank. The file must be at its beginning, and
/// is there again afterwards.
pub(super) fn count(file: &mut File) -> io::Result<u64> {
    let mut lines = 0_u64;
    let mut is_blank = true;
    let mut input = BufReader::with_capacity(PIECE, &mut *file);
    loop {
        let piece = input.fill_buf()?;
        if piece.is_empty() {
            break;
        }
        for byte in piece {
            if *byte == b'\n' {
                lines = lines.saturating_add(u64::from(!is_blank));
                is_blank = true;
            } else {
                is_blank &= byte.is_ascii_whitespace();
            }
        }
        let read = piece.len();
        input.consume(read);
    }
    // The last line counts too if no line feed ends it.
    file.rewind()?;
    Ok(lines.saturating_add(u64::from(!is_blank)))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn lines_with_something_on_them_are_counted() {
        for (text, lines) in [
            ("", 0),
            ("\n \r\n", 0),
            ("a", 1),
            ("a\n", 1),
            ("a\n\nb", 2),
            ("a\r\nb\r\n", 2),
        ] {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file.rewind().unwrap();
            assert_eq!(count(&mut file).unwrap(), lines, "{text:?}");
        }
    }
}
