//! Reads lines of limited length.

use std::collections::HashMap;
use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt};

use crate::files::{AddressPlace, FileAddress, file_addresses, replace_addresses};
use crate::report::Problem;

/// The longest line that is accepted, in bytes. A line that is longer than this is probably
/// a mistake, although a ticket can have 500 messages.
pub(crate) const LONGEST: usize = 16 << 20;

/// A line as it was read, without its line feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawLine {
    /// The number of the line, from one. Blank lines are counted.
    pub(crate) number: u64,
    /// The bytes of the line. `None` if the line was too long.
    pub(crate) content: Option<Vec<u8>>,
    /// Problems with the files that the line names.
    pub(crate) problems: Vec<Problem>,
}

/// The input of an import.
pub(crate) type Input<'a> = Box<dyn AsyncBufRead + Send + Unpin + 'a>;

/// The lines of an input that aren't blank.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    input: R,
    number: u64,
    read: u64,
    partial: Vec<u8>,
    longest: usize,
    too_long: bool,
}

impl<R: AsyncBufRead + Unpin> Lines<R> {
    pub(crate) fn new(input: R) -> Self {
        Self::with_longest(input, LONGEST)
    }

    fn with_longest(input: R, longest: usize) -> Self {
        Self {
            input,
            number: 0,
            read: 0,
            partial: Vec::new(),
            longest,
            too_long: false,
        }
    }

    /// Returns the number of bytes that were read so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.read
    }

    /// Reads the next line that isn't blank. Dropping the future loses nothing.
    pub(crate) async fn next(&mut self) -> io::Result<Option<RawLine>> {
        loop {
            let available = self.input.fill_buf().await?;
            if available.is_empty() {
                let last = self.take();
                return Ok((!last.is_blank()).then_some(last));
            }
            let mut parts = available.splitn(2, |byte| *byte == b'\n');
            let part = parts.next().unwrap_or_default();
            let ends = parts.next().is_some();
            if self.partial.len().saturating_add(part.len()) > self.longest {
                self.too_long = true;
                self.partial = Vec::new();
            } else if !self.too_long {
                self.partial.extend_from_slice(part);
            }
            let used = part.len().saturating_add(usize::from(ends));
            self.input.consume(used);
            self.read = self
                .read
                .saturating_add(u64::try_from(used).unwrap_or_default());
            if ends {
                let line = self.take();
                if !line.is_blank() {
                    return Ok(Some(line));
                }
            }
        }
    }

    fn take(&mut self) -> RawLine {
        self.number = self.number.saturating_add(1);
        let content = std::mem::take(&mut self.partial);
        let too_long = std::mem::take(&mut self.too_long);
        RawLine::new(self.number, (!too_long).then_some(content))
    }
}

impl RawLine {
    pub(crate) fn new(number: u64, content: Option<Vec<u8>>) -> Self {
        Self {
            number,
            content,
            problems: Vec::new(),
        }
    }

    /// Returns the addresses of files in the line.
    pub(crate) fn files(&self) -> Vec<FileAddress> {
        let text = self.content.as_deref().map(std::str::from_utf8);
        text.and_then(Result::ok)
            .map_or_else(Vec::new, file_addresses)
    }

    /// Adds the new address of a file to `new_addresses`. If the file of an attachment has no
    /// new address, the problem is added to the line. In a body, a file without a new address
    /// isn't a problem, because a body may contain any text.
    pub(crate) fn add_address(
        &mut self,
        file: &FileAddress,
        address: Result<String, String>,
        new_addresses: &mut HashMap<String, String>,
    ) {
        match (address, &file.place) {
            (Ok(address), _) => {
                new_addresses.insert(file.address.clone(), address);
            }
            (Err(problem), AddressPlace::Attachment { pointer, .. }) => {
                self.problems.push(Problem::new(pointer.clone(), problem));
            }
            (Err(_), AddressPlace::Body) => {}
        }
    }

    /// Replaces the addresses of files as in `new_addresses`.
    pub(crate) fn replace_addresses(
        &mut self,
        found: &[FileAddress],
        new_addresses: &HashMap<String, String>,
    ) {
        let text = self.content.as_deref().map(std::str::from_utf8);
        if let Some(Ok(text)) = text {
            self.content = Some(replace_addresses(text, found, new_addresses).into_bytes());
        }
    }

    fn is_blank(&self) -> bool {
        let content = self.content.as_deref();
        content.is_some_and(|content| content.trim_ascii().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::BufReader;

    use super::*;

    /// With a buffer of three bytes, so that no line comes in one piece.
    async fn read(text: &str, longest: usize) -> Vec<(u64, Option<String>)> {
        let input = BufReader::with_capacity(3, text.as_bytes());
        let mut lines = Lines::with_longest(input, longest);
        let mut all = Vec::new();
        while let Some(line) = lines.next().await.unwrap() {
            let content = line.content.map(|bytes| String::from_utf8(bytes).unwrap());
            all.push((line.number, content));
        }
        assert_eq!(lines.bytes(), text.len() as u64);
        all
    }

    fn line(number: u64, content: &str) -> (u64, Option<String>) {
        (number, Some(content.to_owned()))
    }

    #[tokio::test]
    async fn blank_lines_count_and_are_left_out() {
        let all = read("one\n\n  \r\nfour\r\nfive", 100).await;
        assert_eq!(all, [line(1, "one"), line(4, "four\r"), line(5, "five")]);
        assert_eq!(read("", 100).await, []);
        assert_eq!(read("\n\n", 100).await, []);
        assert_eq!(read("one\n", 100).await, [line(1, "one")]);
    }

    #[tokio::test]
    async fn a_line_that_is_too_long_is_passed_over() {
        let all = read("12345678\n1234567\n123456789", 7).await;
        assert_eq!(all, [(1, None), line(2, "1234567"), (3, None)]);
    }

    #[tokio::test(start_paused = true)]
    async fn giving_up_on_a_line_loses_nothing_of_it() {
        let (mut writer, reader) = tokio::io::duplex(64);
        let mut lines = Lines::new(BufReader::new(reader));
        use tokio::io::AsyncWriteExt as _;
        writer.write_all(b"first ").await.unwrap();
        let second = std::time::Duration::from_secs(1);
        let nothing = tokio::time::timeout(second, lines.next()).await;
        assert!(nothing.is_err());
        writer.write_all(b"line\n").await.unwrap();
        let line = lines.next().await.unwrap().unwrap();
        assert_eq!(line.content.unwrap(), b"first line");
    }
}
