//! Finds the end of a JSON value, and decides whether the value is a page.

use memchr::memchr3;

/// The members that a page may have before its list of values: cursors, counts and other
/// lists. An object that has any other member before a list is a value.
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

/// The names of lists in pages.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Names {
    /// The lists whose elements are values of the stream.
    pub(crate) sections: &'static [&'static str],
    /// Those lists of `sections` that are skipped.
    pub(crate) skipped: &'static [&'static str],
}

/// The result of a scan.
#[derive(Debug)]
pub(super) enum Scan {
    /// A value of this length.
    Value(usize),
    /// A page. `head` is the number of bytes before the name of the list, `length` the number
    /// of bytes up to the first element of the list.
    Page {
        section: &'static str,
        head: usize,
        length: usize,
    },
    /// The text can't be read, for this reason.
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

/// A scan of one value. It can continue after more of the text was read.
#[derive(Debug)]
pub(super) struct Scanner {
    names: Names,
    /// The brackets that are open.
    open: Vec<u8>,
    expected: Expected,
    /// Whether the scan began inside a page.
    inside: bool,
    /// Whether the value may still turn out to be a page.
    may_be_page: bool,
    /// The last name in the outermost object and the place of that name, if it is the
    /// name of a list.
    section: Option<(&'static str, usize)>,
    /// The number of bytes that were scanned.
    at: usize,
}

impl Scanner {
    /// Starts at the beginning of a value.
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

    /// Starts inside a page, after one of its lists.
    pub(super) fn of_page(names: Names) -> Self {
        Self {
            open: vec![b'{'],
            expected: Expected::CommaOrEnd,
            inside: true,
            ..Self::of_value(names, true)
        }
    }

    /// Continues the scan in the text, which begins with the value. `None` if more text is
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
        // The end of a number shows only at the character after it, or at the end of input.
        match is_value && !rest.is_empty() && rest.iter().copied().all(is_plain) {
            true => Scan::Value(text.len()),
            false => Scan::Broken("is incomplete: the input ends inside it"),
        }
    }

    /// Handles a name in the outermost object, which ends at `end`.
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

    /// Returns a page, if the array that begins here is a list of values in a page.
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

/// Returns the end of a string whose opening quote is before `at`. A line break in the
/// string is an error, because JSON writes it as `\n`. `None` if more text is needed.
fn string(text: &[u8], mut at: usize) -> Option<Result<usize, &'static str>> {
    loop {
        let rest = text.get(at..)?;
        let found = memchr3(b'"', b'\\', b'\n', rest)?;
        at = at.saturating_add(found).saturating_add(1);
        match rest.get(found) {
            Some(b'"') => return Some(Ok(at)),
            Some(b'\n') => return Some(Err("has a line break in a string")),
            // The byte after a backslash doesn't end the string, even if it is a quote.
            _ => at = at.saturating_add(1),
        }
    }
}

/// Whether a byte can be a part of a number, `true`, `false`, `null` or `NaN`.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}
