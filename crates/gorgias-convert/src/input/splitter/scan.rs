//! Finds the end of a JSON value, and decides whether the value is a page.

use memchr::memchr3;

/// The members that may come before the values in a page: cursors, counts and other
/// lists. An object with any other member there is a value itself.
const PAGING: [&[u8]; 25] = [
    b"after_cursor",
    b"after_url",
    b"before_cursor",
    b"before_url",
    b"brands",
    b"count",
    b"dates",
    b"end_of_stream",
    b"end_time",
    b"facets",
    b"incident_counts",
    b"last_audits",
    b"links",
    b"meta",
    b"metric_events",
    b"metric_sets",
    b"next_page",
    b"page",
    b"per_page",
    b"permissions",
    b"previous_page",
    b"sharing_agreements",
    b"slas",
    b"ticket_forms",
    b"ticket_id",
];

/// The names that are looked for in values.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Names {
    /// The names under which pages have values.
    pub(crate) sections: &'static [&'static str],
    /// The sections that are skipped.
    pub(crate) skipped: &'static [&'static str],
}

/// The result of a scan, with the number of bytes up to there.
#[derive(Debug)]
pub(super) enum Scan {
    Value(usize),
    Page {
        section: &'static str,
        head: usize,
        length: usize,
    },
    Broken(&'static str),
}

/// The kind of token that may come next inside a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
}

/// A scan of one value. It continues when more of the text was read.
#[derive(Debug)]
pub(super) struct Scanner {
    names: Names,
    /// The brackets that are open.
    open: Vec<u8>,
    expected: Expected,
    /// Whether it began in an object that is a page.
    inside: bool,
    /// Whether it may still turn out to be a page.
    may_be_page: bool,
    /// The last name of the outermost object, if it is that of a section, and where it
    /// begins.
    section: Option<(&'static str, usize)>,
    at: usize,
}

impl Scanner {
    /// Starts at the beginning of a value. Elements of pages are no pages.
    pub(super) fn of_value(names: Names, may_be_page: bool) -> Self {
        Self {
            names,
            open: Vec::new(),
            expected: Expected::Value,
            inside: false,
            may_be_page,
            section: None,
            at: 0,
        }
    }

    /// Starts in a page, after one of its lists.
    pub(super) fn of_page(names: Names) -> Self {
        Self {
            open: vec![b'{'],
            expected: Expected::CommaOrEnd,
            inside: true,
            ..Self::of_value(names, true)
        }
    }

    /// Continues through the text, which begins with the value. `None` if more text is
    /// needed.
    pub(super) fn run(&mut self, text: &[u8]) -> Option<Scan> {
        loop {
            let rest = text.get(self.at..).unwrap_or_default();
            let blanks = rest.iter().position(|byte| !byte.is_ascii_whitespace());
            self.at = self.at.saturating_add(blanks.unwrap_or(rest.len()));
            let byte = *text.get(self.at)?;
            let next = self.at.saturating_add(1);
            match (self.expected, byte) {
                (Expected::Key | Expected::KeyOrEnd, b'"') => {
                    let end = match string(text, next)? {
                        Ok(end) => end,
                        Err(why) => return Some(Scan::Broken(why)),
                    };
                    if self.open.len() == 1 {
                        self.name(text, end);
                    }
                    self.expected = Expected::Colon;
                    self.at = end;
                }
                (Expected::Colon, b':') => {
                    self.expected = Expected::Value;
                    self.at = next;
                }
                (Expected::CommaOrEnd, b',') => {
                    self.expected = match self.open.last() {
                        Some(b'{') => Expected::Key,
                        _ => Expected::Value,
                    };
                    self.at = next;
                }
                (Expected::KeyOrEnd | Expected::CommaOrEnd, b'}')
                    if self.open.last() == Some(&b'{') =>
                {
                    self.close(next);
                }
                (Expected::ValueOrEnd | Expected::CommaOrEnd, b']')
                    if self.open.last() == Some(&b'[') =>
                {
                    self.close(next);
                }
                (Expected::Value | Expected::ValueOrEnd, b'{') => {
                    self.open.push(byte);
                    self.expected = Expected::KeyOrEnd;
                    self.at = next;
                }
                (Expected::Value | Expected::ValueOrEnd, b'[') => {
                    if let Some(page) = self.page(next) {
                        return Some(page);
                    }
                    self.open.push(byte);
                    self.expected = Expected::ValueOrEnd;
                    self.at = next;
                }
                (Expected::Value | Expected::ValueOrEnd, b'"') => {
                    let end = match string(text, next)? {
                        Ok(end) => end,
                        Err(why) => return Some(Scan::Broken(why)),
                    };
                    self.end(end);
                }
                (Expected::Value | Expected::ValueOrEnd, byte) if is_plain(byte) => {
                    let rest = text.get(next..).unwrap_or_default();
                    let length = rest.iter().position(|byte| !is_plain(*byte))?;
                    self.end(next.saturating_add(length));
                }
                _ => return Some(Scan::Broken("is not JSON")),
            }
            if self.open.is_empty() && self.expected == Expected::CommaOrEnd {
                return Some(Scan::Value(self.at));
            }
        }
    }

    /// Returns the result at the end of the input.
    pub(super) fn ended(&mut self, text: &[u8]) -> Scan {
        let rest = text.get(self.at..).unwrap_or_default();
        let is_value = matches!(self.expected, Expected::Value) && self.open.is_empty();
        // Only the character after a number shows where it ends.
        match is_value && !rest.is_empty() && rest.iter().copied().all(is_plain) {
            true => Scan::Value(text.len()),
            false => Scan::Broken("ends in the middle"),
        }
    }

    /// A name of the outermost object, which ends at a place.
    fn name(&mut self, text: &[u8], end: usize) {
        let (from, to) = (self.at.saturating_add(1), end.saturating_sub(1));
        let name = text.get(from..to).unwrap_or_default();
        let mut sections = self.names.sections.iter();
        let section = sections.find(|section| section.as_bytes() == name);
        if self.may_be_page && !self.inside {
            self.may_be_page = section.is_some() || PAGING.contains(&name);
        }
        self.section = section.map(|section| (*section, self.at));
    }

    /// The page, if the list that is about to begin is one of its sections.
    fn page(&self, length: usize) -> Option<Scan> {
        let is_page = self.open.len() == 1 && self.may_be_page;
        let (section, head) = self.section.filter(|_| is_page)?;
        Some(Scan::Page {
            section,
            head,
            length,
        })
    }

    fn close(&mut self, next: usize) {
        self.open.pop();
        self.end(next);
    }

    fn end(&mut self, at: usize) {
        self.at = at;
        self.expected = Expected::CommaOrEnd;
    }
}

/// Returns the end of a string whose opening quote is before `at`. A line break in it is
/// an error, because JSON writes it as `\n`. `None` if the string hasn't ended.
fn string(text: &[u8], mut at: usize) -> Option<Result<usize, &'static str>> {
    loop {
        let rest = text.get(at..)?;
        let found = memchr3(b'"', b'\\', b'\n', rest)?;
        at = at.saturating_add(found).saturating_add(1);
        match rest.get(found) {
            Some(b'"') => return Some(Ok(at)),
            Some(b'\n') => return Some(Err("has a line break in a string")),
            // The byte after a backslash is no quote that ends it.
            _ => at = at.saturating_add(1),
        }
    }
}

/// Whether a byte can be a part of a number, `true`, `false`, `null` or `NaN`.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}
