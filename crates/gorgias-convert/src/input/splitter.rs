//! Splits a stream of JSON into its values, and holds one value at a time.
//!
//! An export has one value per line, one array of values, or pages of the API. A page is an
//! object that has a list of values under a name such as `tickets`. One stream may have all
//! three forms, one after the other. The splitter recognises the form while it reads.

mod scan;

use std::io::{self, Read};

use memchr::{memchr, memchr_iter};

pub(crate) use self::scan::Names;
use self::scan::{Scan, Scanner};

/// The number of bytes that are read at a time. If a value is longer, each read doubles
/// the buffer.
const CHUNK: usize = 256 << 10;

/// A value that is still incomplete after this many bytes is given up.
const LONGEST: usize = 256 << 20;

/// A value of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Item<'a> {
    /// The name of the list in which the value is, if it is in a page.
    pub(crate) section: Option<&'static str>,
    /// The text of the page before the name of its first list. The text lacks the
    /// closing brace of the page.
    pub(crate) head: &'a [u8],
    /// The line in which the value begins, counted from one.
    pub(crate) line: u64,
    /// The text of the value, or the reason why it can't be read.
    pub(crate) content: Result<&'a [u8], &'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Array,
    /// A page, whose next list is looked for.
    Page,
    /// An array in a page.
    Section(&'static str),
}

pub(crate) struct Splitter<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where in the buffer the next value begins.
    at: usize,
    ended: bool,
    line: u64,
    levels: Vec<Level>,
    /// The text of the present page before the name of its first list.
    head: Vec<u8>,
    names: Names,
}

impl<R: Read> Splitter<R> {
    /// Creates a splitter of a stream. `names` are the names of lists in pages.
    pub(crate) fn new(input: R, names: Names) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            at: 0,
            ended: false,
            line: 1,
            levels: Vec::new(),
            head: Vec::new(),
            names,
        }
    }

    /// Returns the next value. `None` at the end of the stream.
    pub(crate) fn next(&mut self) -> io::Result<Option<Item<'_>>> {
        loop {
            let Some(byte) = self.skip_blanks()? else {
                if self.levels.is_empty() {
                    return Ok(None);
                }
                self.levels.clear();
                return Ok(Some(
                    self.broken(self.line, "is incomplete: the input ends inside it"),
                ));
            };
            let level = self.levels.last().copied();
            match (level, byte) {
                (None, b'[') => {
                    self.advance(1);
                    self.levels.push(Level::Array);
                    continue;
                }
                (Some(Level::Array | Level::Section(_)), b']') => {
                    self.advance(1);
                    self.levels.pop();
                    continue;
                }
                _ => {}
            }
            let line = self.line;
            let in_page = level == Some(Level::Page);
            let mut scanner = match in_page {
                true => Scanner::of_page(self.names),
                // The elements of a list in a page are values, not pages.
                false => Scanner::of_value(self.names, !self.levels.contains(&Level::Page)),
            };
            match self.scan(&mut scanner)? {
                Scan::Value(length) if in_page => {
                    self.advance(length);
                    self.levels.pop();
                }
                Scan::Value(length) => {
                    let section = match level {
                        Some(Level::Section(name)) => Some(name),
                        _ => None,
                    };
                    let from = self.at;
                    self.advance(length);
                    if section.is_some_and(|name| self.names.skipped.contains(&name)) {
                        continue;
                    }
                    let text = self.buffer.get(from..self.at).unwrap_or_default();
                    return Ok(Some(Item {
                        section,
                        head: if section.is_some() { &self.head } else { &[] },
                        line,
                        content: Ok(text),
                    }));
                }
                Scan::Page {
                    section,
                    head,
                    length,
                } => {
                    if !in_page {
                        let head = self.buffer.get(self.at..self.at.saturating_add(head));
                        self.head = head.unwrap_or_default().to_vec();
                        self.levels.push(Level::Page);
                    }
                    self.advance(length);
                    self.levels.push(Level::Section(section));
                }
                Scan::Broken(why) => {
                    if in_page {
                        self.levels.pop();
                    }
                    self.recover()?;
                    return Ok(Some(self.broken(line, why)));
                }
            }
        }
    }

    fn broken(&self, line: u64, why: &'static str) -> Item<'static> {
        Item {
            section: None,
            head: &[],
            line,
            content: Err(why),
        }
    }

    /// Skips white space and commas between values, and returns the byte after them.
    fn skip_blanks(&mut self) -> io::Result<Option<u8>> {
        loop {
            let Some(byte) = self.buffer.get(self.at).copied() else {
                if !self.fill()? {
                    return Ok(None);
                }
                continue;
            };
            let between = byte == b','
                && matches!(self.levels.last(), Some(Level::Array | Level::Section(_)));
            if !between && !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.advance(1);
        }
    }

    /// Skips text that can't be read, up to the next line that may begin a value.
    fn recover(&mut self) -> io::Result<()> {
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            match memchr(b'\n', rest) {
                Some(end) => self.advance(end.saturating_add(1)),
                None => {
                    self.advance(rest.len());
                    if !self.fill()? {
                        return Ok(());
                    }
                    continue;
                }
            }
            match self.skip_blanks()? {
                None | Some(b'{' | b'[') => return Ok(()),
                Some(b']') if !self.levels.is_empty() => return Ok(()),
                Some(_) => {}
            }
        }
    }

    /// Runs a scanner, and reads more of the stream until the scanner has a result.
    fn scan(&mut self, scanner: &mut Scanner) -> io::Result<Scan> {
        loop {
            let text = self.buffer.get(self.at..).unwrap_or_default();
            if let Some(scan) = scanner.run(text) {
                return Ok(scan);
            }
            if text.len() > LONGEST {
                return Ok(Scan::Broken("is too long"));
            }
            if !self.fill()? {
                let text = self.buffer.get(self.at..).unwrap_or_default();
                return Ok(scanner.ended(text));
            }
        }
    }

    fn advance(&mut self, length: usize) {
        let to = self.at.saturating_add(length).min(self.buffer.len());
        let passed = self.buffer.get(self.at..to).unwrap_or_default();
        let lines = memchr_iter(b'\n', passed).count();
        self.line = self
            .line
            .saturating_add(u64::try_from(lines).unwrap_or(u64::MAX));
        self.at = to;
    }

    /// Reads more of the stream into the buffer. Returns false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.at > 0 {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        let before = self.buffer.len();
        let limit = u64::try_from(CHUNK.max(before)).unwrap_or(u64::MAX);
        let read = (&mut self.input)
            .take(limit)
            .read_to_end(&mut self.buffer)?;
        self.ended = read == 0;
        Ok(!self.ended)
    }
}

#[cfg(test)]
mod tests;
