//! Cutting a stream of JSON into the values it is made of, without holding
//! more than one of them.
//!
//! An export is one value per line, one array of them, or pages as the API
//! gives them: objects in which the values are under a name such as `tickets`.
//! All of these can also follow one another. Which it is shows as the text is
//! read; nobody has to say.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memchr3};

/// How much is read at a time.
const CHUNK: usize = 256 << 10;

/// The longest value that is held.
const LONGEST: usize = 256 << 20;

/// What may stand before the values in a page. Anything else is a sign that an
/// object is a value itself, whatever it has in it.
const PAGING: [&[u8]; 14] = [
    b"after_cursor",
    b"after_url",
    b"before_cursor",
    b"before_url",
    b"count",
    b"end_of_stream",
    b"end_time",
    b"links",
    b"meta",
    b"next_page",
    b"page",
    b"per_page",
    b"previous_page",
    b"ticket_id",
];

/// A value of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Item<'a> {
    /// The name it was under, in a page.
    pub(crate) section: Option<&'static str>,
    /// What the page says before that name, without a closing brace.
    pub(crate) head: &'a [u8],
    /// The line it begins in, counted from one.
    pub(crate) line: u64,
    /// Its text, or why there is none.
    pub(crate) content: Result<&'a [u8], &'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Array,
    /// An object whose members are looked through.
    Page,
    /// An array in a page.
    Section(&'static str),
}

/// What may come next inside a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
}

/// What a scan came to, with the number of bytes up to there.
enum Scan {
    Value(usize),
    Page {
        section: &'static str,
        head: usize,
        length: usize,
    },
    Broken(&'static str),
}

pub(crate) struct Splitter<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where in the buffer the next value begins.
    at: usize,
    ended: bool,
    line: u64,
    levels: Vec<Level>,
    head: Vec<u8>,
    /// The names under which pages have values.
    sections: &'static [&'static str],
}

impl<R: Read> Splitter<R> {
    pub(crate) fn new(input: R, sections: &'static [&'static str]) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            at: 0,
            ended: false,
            line: 1,
            levels: Vec::new(),
            head: Vec::new(),
            sections,
        }
    }

    /// The next value, until there is none.
    pub(crate) fn next(&mut self) -> io::Result<Option<Item<'_>>> {
        loop {
            let Some(byte) = self.skip_blanks()? else {
                if self.levels.is_empty() {
                    return Ok(None);
                }
                self.levels.clear();
                return Ok(Some(self.broken(self.line, "ends in the middle")));
            };
            match (self.levels.last().copied(), byte) {
                (None, b'[') => {
                    self.advance(1);
                    self.levels.push(Level::Array);
                }
                (Some(Level::Array | Level::Section(_)), b']') => {
                    self.advance(1);
                    self.levels.pop();
                }
                (Some(Level::Page), _) => {
                    let line = self.line;
                    match self.scan(vec![b'{'], Expected::CommaOrEnd)? {
                        Scan::Value(length) => {
                            self.advance(length);
                            self.levels.pop();
                        }
                        Scan::Page {
                            section, length, ..
                        } => {
                            self.advance(length);
                            self.levels.push(Level::Section(section));
                        }
                        Scan::Broken(why) => {
                            self.levels.pop();
                            self.recover()?;
                            return Ok(Some(self.broken(line, why)));
                        }
                    }
                }
                (level, _) => {
                    let line = self.line;
                    let section = match level {
                        Some(Level::Section(name)) => Some(name),
                        _ => None,
                    };
                    match self.scan(Vec::new(), Expected::Value)? {
                        Scan::Value(length) => {
                            let from = self.at;
                            self.advance(length);
                            return Ok(Some(Item {
                                section,
                                head: if section.is_some() { &self.head } else { &[] },
                                line,
                                content: self.buffer.get(from..self.at).ok_or("can't be read"),
                            }));
                        }
                        Scan::Page {
                            section,
                            head,
                            length,
                        } => {
                            let from = self.at;
                            self.head.clear();
                            let head = self.buffer.get(from..from.saturating_add(head));
                            self.head.extend_from_slice(head.unwrap_or_default());
                            self.advance(length);
                            self.levels.push(Level::Page);
                            self.levels.push(Level::Section(section));
                        }
                        Scan::Broken(why) => {
                            self.recover()?;
                            return Ok(Some(self.broken(line, why)));
                        }
                    }
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

    /// The next byte that isn't blank, nor a comma between values.
    fn skip_blanks(&mut self) -> io::Result<Option<u8>> {
        loop {
            let Some(byte) = self.byte(0)? else {
                return Ok(None);
            };
            let between = byte == b','
                && matches!(self.levels.last(), Some(Level::Array | Level::Section(_)));
            if !between && !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.advance(1);
        }
    }

    /// Goes over what can't be read, to the next line that may begin a value.
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

    /// Goes through a value from inside the brackets that are open.
    fn scan(&mut self, mut open: Vec<u8>, mut expected: Expected) -> io::Result<Scan> {
        // Whether it may still turn out to be a page. Elements of pages are
        // none.
        let inside = !open.is_empty();
        let mut may_be_page = inside || !self.levels.contains(&Level::Page);
        let mut key: Option<(usize, usize)> = None;
        let mut at = 0_usize;
        loop {
            let Some(byte) = self.byte(at)? else {
                return Ok(if open.is_empty() && expected == Expected::CommaOrEnd {
                    Scan::Value(at)
                } else {
                    Scan::Broken("ends in the middle")
                });
            };
            if at > LONGEST {
                return Ok(Scan::Broken("is too long"));
            }
            if byte.is_ascii_whitespace() {
                at = at.saturating_add(1);
                continue;
            }
            let next = at.saturating_add(1);
            match (expected, byte) {
                (Expected::Key | Expected::KeyOrEnd, b'"') => {
                    let Some(end) = self.string(next)? else {
                        return Ok(Scan::Broken("has a line break in a string"));
                    };
                    if open.len() == 1 {
                        let name = self.bytes(next, end.saturating_sub(1));
                        let paging = PAGING.contains(&name);
                        let section = self.sections.iter().any(|one| one.as_bytes() == name);
                        may_be_page &= inside || paging || section;
                        key = Some((at, end));
                    }
                    expected = Expected::Colon;
                    at = end;
                }
                (Expected::Colon, b':') => {
                    expected = Expected::Value;
                    at = next;
                }
                (Expected::CommaOrEnd, b',') => {
                    expected = match open.last() {
                        Some(b'{') => Expected::Key,
                        _ => Expected::Value,
                    };
                    at = next;
                }
                (Expected::KeyOrEnd | Expected::CommaOrEnd, b'}') if open.last() == Some(&b'{') => {
                    open.pop();
                    expected = Expected::CommaOrEnd;
                    at = next;
                }
                (Expected::ValueOrEnd | Expected::CommaOrEnd, b']')
                    if open.last() == Some(&b'[') =>
                {
                    open.pop();
                    expected = Expected::CommaOrEnd;
                    at = next;
                }
                (Expected::Value | Expected::ValueOrEnd, b'{') => {
                    open.push(byte);
                    expected = Expected::KeyOrEnd;
                    at = next;
                }
                (Expected::Value | Expected::ValueOrEnd, b'[') => {
                    if let (1, true, Some((from, to))) = (open.len(), may_be_page, key) {
                        let name = self.bytes(from.saturating_add(1), to.saturating_sub(1));
                        let section = self.sections.iter().find(|one| one.as_bytes() == name);
                        if let Some(section) = section {
                            return Ok(Scan::Page {
                                section,
                                head: from,
                                length: next,
                            });
                        }
                    }
                    open.push(byte);
                    expected = Expected::ValueOrEnd;
                    at = next;
                }
                (Expected::Value | Expected::ValueOrEnd, b'"') => {
                    let Some(end) = self.string(next)? else {
                        return Ok(Scan::Broken("has a line break in a string"));
                    };
                    expected = Expected::CommaOrEnd;
                    at = end;
                }
                (Expected::Value | Expected::ValueOrEnd, byte) if is_plain(byte) => {
                    at = next;
                    while self.byte(at)?.is_some_and(is_plain) {
                        at = at.saturating_add(1);
                    }
                    expected = Expected::CommaOrEnd;
                }
                _ => return Ok(Scan::Broken("is not JSON")),
            }
            if open.is_empty() && expected == Expected::CommaOrEnd {
                return Ok(Scan::Value(at));
            }
        }
    }

    /// The end of a string whose opening quote is before `at`. None if it has
    /// a line break, which JSON writes as `\n`.
    fn string(&mut self, mut at: usize) -> io::Result<Option<usize>> {
        loop {
            let rest = self.buffer.get(self.at.saturating_add(at)..);
            let rest = rest.unwrap_or_default();
            match memchr3(b'"', b'\\', b'\n', rest) {
                Some(found) => {
                    let byte = rest.get(found).copied();
                    at = at.saturating_add(found);
                    match byte {
                        Some(b'"') => return Ok(Some(at.saturating_add(1))),
                        Some(b'\n') => return Ok(None),
                        _ => {
                            at = at.saturating_add(2);
                            // The escaped byte may not have been read yet.
                            self.byte(at)?;
                        }
                    }
                }
                None => {
                    at = at.saturating_add(rest.len());
                    if at > LONGEST || !self.fill()? {
                        return Ok(None);
                    }
                }
            }
        }
    }

    fn bytes(&self, from: usize, to: usize) -> &[u8] {
        let range = self.at.saturating_add(from)..self.at.saturating_add(to);
        self.buffer.get(range).unwrap_or_default()
    }

    /// A byte after the place where the next value begins.
    fn byte(&mut self, after: usize) -> io::Result<Option<u8>> {
        loop {
            if let Some(byte) = self.buffer.get(self.at.saturating_add(after)) {
                return Ok(Some(*byte));
            }
            if !self.fill()? {
                return Ok(None);
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

    /// Reads more. False at the end of the input.
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

/// What numbers, `true`, `false`, `null` and `NaN` are made of.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}

#[cfg(test)]
mod tests;
