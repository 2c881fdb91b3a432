//! Finds texts in the body of a message that may be URLs of files.

use memchr::memchr_iter;

/// A text in a body that may be an address.
pub(super) struct Candidate {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) url: String,
    /// Whether the address is the value of `src`, as the address of a picture is.
    pub(super) picture: bool,
}

/// The texts in a body that begin with `http://` or `https://`. In HTML also the values of
/// attributes that begin with `/`.
pub(super) fn candidates(body: &str, html: bool) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0_usize;
    while let Some(start) = next(body, at, html) {
        let rest = body.get(start..).unwrap_or_default();
        let ends = |c: char| c.is_whitespace() || c.is_control() || "\"'<>`\\".contains(c);
        let mut length = rest.find(ends).unwrap_or(rest.len());
        if !html {
            let text = rest.get(..length).unwrap_or_default();
            // A closing bracket belongs to Markdown or to the sentence around the address.
            let text = text.split([')', ']']).next().unwrap_or_default();
            length = text.trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
        }
        let text = rest.get(..length).unwrap_or_default();
        let before = body.get(..start).unwrap_or_default();
        let before = before.trim_end_matches(['"', '\'']);
        at = start.saturating_add(length.max(1));
        found.push(Candidate {
            from: start,
            to: start.saturating_add(length),
            url: if html {
                text.replace("&amp;", "&")
            } else {
                text.to_owned()
            },
            picture: before.ends_with("src="),
        });
    }
    found
}

/// The place where the next candidate begins. It is found by its first slash.
fn next(body: &str, at: usize, html: bool) -> Option<usize> {
    let bytes = body.as_bytes();
    for slash in memchr_iter(b'/', bytes.get(at..)?) {
        let slash = at.saturating_add(slash);
        let before = bytes.get(at..slash).unwrap_or_default();
        if html && (before.ends_with(b"=\"") || before.ends_with(b"='")) {
            return Some(slash);
        }
        if bytes.get(slash.saturating_add(1)) != Some(&b'/') {
            continue;
        }
        let scheme = [&b"https:"[..], b"http:"].into_iter();
        let scheme = scheme
            .filter(|scheme| before.ends_with(scheme))
            .map(<[u8]>::len);
        if let Some(length) = scheme.max() {
            return Some(slash.saturating_sub(length));
        }
    }
    None
}
