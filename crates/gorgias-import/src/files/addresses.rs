//! Finds the addresses of files in the text of a line.

use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::is_file;

/// An address of a file in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileAddress {
    pub(crate) address: String,
    /// The part of the ticket that has the address.
    pub(crate) place: AddressPlace,
    /// The range of the line that has the JSON string with the address.
    pub(super) text: Range<usize>,
}

/// The part of a ticket that has an address of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AddressPlace {
    /// An attachment: the pointer to its address, its name and its media type.
    Attachment {
        pointer: String,
        name: Option<String>,
        content_type: Option<String>,
    },
    /// The body of a message, where a picture or a link has the address.
    Body,
}

/// The parts of a line that may name files.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, default)]
    messages: Option<Vec<Message<'a>>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow, default)]
    attachments: Option<Vec<Attachment<'a>>>,
    #[serde(borrow, default)]
    body_html: Option<&'a RawValue>,
    #[serde(borrow, default)]
    body_text: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Attachment<'a> {
    #[serde(borrow, default)]
    url: Option<&'a RawValue>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    content_type: Option<String>,
}

/// Returns the addresses of files in a line, in order. There are none in a line that isn't a
/// ticket.
pub(crate) fn file_addresses(line: &str) -> Vec<FileAddress> {
    let mut all = Vec::new();
    // Most lines name no file, and this test is faster than parsing.
    if !has_file(line) {
        return all;
    }
    let Ok(Line { messages }) = serde_json::from_str(line) else {
        return all;
    };
    for (index, message) in messages.into_iter().flatten().enumerate() {
        let attachments = message.attachments.into_iter().flatten().enumerate();
        for (file, attachment) in attachments {
            let url = attachment.url.and_then(|url| string(line, url));
            if let Some((address, text)) = url.filter(|(address, _)| is_file(address)) {
                let place = AddressPlace::Attachment {
                    pointer: format!("/messages/{index}/attachments/{file}/url"),
                    name: attachment.name,
                    content_type: attachment.content_type,
                };
                all.push(FileAddress {
                    address,
                    place,
                    text,
                });
            }
        }
        for body in [message.body_html, message.body_text].into_iter().flatten() {
            let Some((body, text)) = string(line, body) else {
                continue;
            };
            all.extend(in_body(&body).map(|address| FileAddress {
                address: address.to_owned(),
                place: AddressPlace::Body,
                text: text.clone(),
            }));
        }
    }
    all.sort_by_key(|found| found.text.start);
    all
}

fn has_file(text: &str) -> bool {
    let mut windows = text.as_bytes().windows("file:".len());
    windows.any(|window| window.eq_ignore_ascii_case(b"file:"))
}

/// Reads a JSON string in a line. Returns its value and its range in the line.
fn string(line: &str, raw: &RawValue) -> Option<(String, Range<usize>)> {
    let raw = raw.get();
    let value = serde_json::from_str(raw).ok()?;
    // `raw` is a slice of the line, so its position is the difference of the pointers.
    let start = (raw.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    let end = start.checked_add(raw.len())?;
    (line.get(start..end) == Some(raw)).then_some((value, start..end))
}

/// Returns the addresses of files in a body. An address ends before white space, a control
/// character, a quotation mark, a backtick, a backslash, `<`, `>`, `)` or `]`.
fn in_body(body: &str) -> impl Iterator<Item = &str> {
    let mut end_of_last = 0;
    body.match_indices("file:///").filter_map(move |(at, _)| {
        // The second of `file:///a?file:///b` is a part of the first.
        let rest = body.get(at..).filter(|_| at >= end_of_last)?;
        let ends = |c: char| c.is_whitespace() || c.is_control() || "\"'<>`\\)]".contains(c);
        let address = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
        end_of_last = at.saturating_add(address.len());
        Some(address)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_where_files_are_named() {
        let line = r#"{"subject": "file:///no", "messages": [
            {"attachments": [{"url": "https://files.example.com/a"},
                             {"url": "FILE:/a%20b", "name": "a", "content_type": "x/y"}]},
            {"attachments": null, "body_text": "See (file:///t).",
             "body_html": "<img src=\"file:///i.png\"> <a href='file:///l'>"},
            {}]}"#;
        let all = file_addresses(line);
        let addresses: Vec<_> = all.iter().map(|found| &*found.address).collect();
        assert_eq!(
            addresses,
            ["FILE:/a%20b", "file:///t", "file:///i.png", "file:///l"]
        );
        let AddressPlace::Attachment { pointer, name, .. } = &all[0].place else {
            panic!("{all:?}");
        };
        assert_eq!(pointer, "/messages/0/attachments/1/url");
        assert_eq!(name.as_deref(), Some("a"));
        assert_eq!(&line[all[0].text.clone()], r#""FILE:/a%20b""#);
    }

    #[test]
    fn a_line_that_is_no_ticket_names_no_file() {
        for line in [
            r#"{"messages": "file:///a"}"#,
            r#"[{"url": "file:///a"}]"#,
            r#"{"messages": [{"attachments": [{"url": 7, "name": "file:"}]}]}"#,
            "file:///a",
        ] {
            assert_eq!(file_addresses(line), [], "{line}");
        }
    }
}
