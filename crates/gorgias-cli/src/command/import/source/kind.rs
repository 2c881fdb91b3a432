//! Recognizing the kind of a file by its beginning.

use serde_json::{Map, Value};

use crate::failure::Failure;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One document a line, or nothing that is known.
    Lines,
    /// A JSON array.
    Array,
    Gzip,
    /// What an import doesn't read.
    Other(Other),
}

/// What an import doesn't read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Other {
    Packed(&'static str, &'static str),
    Utf16,
    CarriageReturns,
    /// A JSON document over several lines, with tickets in this member.
    Document(Option<&'static str>),
    Zendesk,
    Csv,
    Mailbox,
    Markup,
}

/// Members of Zendesk's tickets that are none of ours.
const OF_ZENDESK: [&str; 12] = [
    "requester_id",
    "submitter_id",
    "assignee_id",
    "organization_id",
    "group_id",
    "brand_id",
    "ticket_form_id",
    "raw_subject",
    "collaborator_ids",
    "comments",
    "fields",
    "satisfaction_rating",
];

/// So many of them make a ticket of Zendesk's.
const ENOUGH: usize = 2;

/// The kind of a file with this beginning.
pub(super) fn of(head: &[u8]) -> Kind {
    if let Some(kind) = by_signature(head) {
        return kind;
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = head.trim_ascii_start();
    match start {
        [b'[', ..] if is_of_zendesk(start.get(1..).unwrap_or_default()) => {
            Kind::Other(Other::Zendesk)
        }
        [b'[', ..] => Kind::Array,
        [b'{', ..] => of_object(start),
        [b'<', ..] => Kind::Other(Other::Markup),
        [b'F', b'r', b'o', b'm', b' ', ..] => Kind::Other(Other::Mailbox),
        _ if is_table(start) => Kind::Other(Other::Csv),
        _ => Kind::Lines,
    }
}

fn by_signature(head: &[u8]) -> Option<Kind> {
    let other = match head {
        [0x1f, 0x8b, ..] => return Some(Kind::Gzip),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Other::Packed("a zip archive", "unzip -p"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Other::Packed("compressed with zstd", "zstd -dc"),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => Other::Packed("compressed with bzip2", "bzip2 -dc"),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Other::Packed("compressed with xz", "xz -dc"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Other::Utf16,
        // A text of one letter or bracket after the other.
        [first, 0, _, 0, ..] | [0, first, 0, _, ..] if first.is_ascii() && *first > 0 => {
            Other::Utf16
        }
        _ => return None,
    };
    Some(Kind::Other(other))
}

/// The kind of a file that begins with an object.
fn of_object(start: &[u8]) -> Kind {
    if is_of_zendesk(start) {
        return Kind::Other(Other::Zendesk);
    }
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or(start);
    let is_only = line.len() == start.len();
    if is_only && line.windows(2).any(|pair| pair == b"\r{") {
        return Kind::Other(Other::CarriageReturns);
    }
    let first = serde_json::from_slice::<Value>(line);
    match first {
        // The first line goes on in the next.
        Err(error) if error.is_eof() && !is_only => {
            let mut values = serde_json::Deserializer::from_slice(start).into_iter::<Value>();
            match values.next() {
                Some(Ok(value)) => Kind::Other(Other::Document(tickets_in(&value))),
                Some(Err(error)) if error.is_eof() => Kind::Other(Other::Document(None)),
                _ => Kind::Lines,
            }
        }
        Ok(value) => match tickets_in(&value) {
            Some(member) => Kind::Other(Other::Document(Some(member))),
            None => Kind::Lines,
        },
        Err(_) => Kind::Lines,
    }
}

/// The member of a document that holds tickets.
fn tickets_in(document: &Value) -> Option<&'static str> {
    let has = |name: &&str| document.get(name).is_some_and(Value::is_array);
    ["tickets", "data", "results", "items"]
        .into_iter()
        .find(|name| document.get("messages").is_none() && has(name))
}

/// Whether the first value is a ticket of Zendesk's, or begins with a list of
/// them. It may be cut off, so that its members are looked for one by one.
fn is_of_zendesk(start: &[u8]) -> bool {
    let mut values = serde_json::Deserializer::from_slice(start).into_iter::<Value>();
    match values.next() {
        Some(Ok(value)) => {
            let tickets = value.get("tickets").and_then(Value::as_array);
            let ticket = tickets.map_or(Some(&value), |tickets| tickets.first());
            ticket.and_then(Value::as_object).is_some_and(has_members)
        }
        _ => {
            let text =
                String::from_utf8_lossy(start.get(..start.len().min(1 << 16)).unwrap_or(start));
            let count = OF_ZENDESK
                .iter()
                .filter(|name| text.contains(&format!("\"{name}\":")))
                .count();
            count >= ENOUGH && !text.contains("\"messages\":")
        }
    }
}

fn has_members(ticket: &Map<String, Value>) -> bool {
    let count = OF_ZENDESK
        .iter()
        .filter(|name| ticket.contains_key(**name))
        .count();
    count >= ENOUGH && !ticket.contains_key("messages")
}

/// Whether the first line is the head of a table: several names with one sign
/// between them.
fn is_table(start: &[u8]) -> bool {
    let line = start.split(|byte| matches!(byte, b'\n' | b'\r')).next();
    let Ok(line) = std::str::from_utf8(line.unwrap_or_default()) else {
        return false;
    };
    [',', ';', '\t'].into_iter().any(|sign| {
        let names: Vec<_> = line
            .split(sign)
            .map(|name| name.trim().trim_matches('"'))
            .collect();
        let is_name = |name: &&str| {
            !name.is_empty()
                && name.len() <= 100
                && name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '#')
                && !name.contains(['{', '}', '[', ']', '"'])
        };
        names.len() > 1 && names.iter().all(is_name)
    })
}

impl Other {
    /// Says what it is, and what to do.
    pub(super) fn refusal(self, name: &str) -> Failure {
        let (what, hint) = match self {
            Self::Packed(what, command) => (
                what.to_owned(),
                format!("unpack it first: {command} FILE | gorgias import - --journal JOURNAL"),
            ),
            Self::Utf16 => (
                "UTF-16 text, and not UTF-8".to_owned(),
                "convert it first: iconv -f UTF-16 -t UTF-8 FILE > LINES".to_owned(),
            ),
            Self::CarriageReturns => (
                "text whose lines end with a carriage return alone".to_owned(),
                "end them with a line feed: tr '\\r' '\\n' < FILE > LINES".to_owned(),
            ),
            Self::Document(Some(member)) => (
                format!("one JSON document with the member {member}, and not a ticket a line"),
                format!("make a line of each ticket: jq -c '.{member}[]' FILE > LINES"),
            ),
            Self::Document(None) => (
                "JSON over several lines, and not a ticket a line".to_owned(),
                "make a line of each document: jq -c . FILE > LINES".to_owned(),
            ),
            Self::Zendesk => (
                "an export of Zendesk".to_owned(),
                "make lines of it: gorgias convert --from zendesk FILE > LINES".to_owned(),
            ),
            Self::Csv => (
                "a table such as CSV".to_owned(),
                "make lines of it: gorgias convert --from csv FILE > LINES".to_owned(),
            ),
            Self::Mailbox => (
                "a mailbox of e-mails (mbox)".to_owned(),
                "an import reads tickets as JSON, one a line; --schema prints what each has"
                    .to_owned(),
            ),
            Self::Markup => (
                "XML or HTML".to_owned(),
                "an import reads tickets as JSON, one a line; --schema prints what each has"
                    .to_owned(),
            ),
        };
        Failure::invalid(format!("{name} is {what}")).hint(hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_a_line_is_read_as_it_is() {
        for head in [
            "",
            "\n",
            "not json\n",
            "{\"external_id\":\"a\",\"messages\":[]}",
            "{\"external_id\":\"a\",\"messages\":[]}\r\n{",
            "\u{feff}{\"messages\":[]}\n{}",
            "{\n",
            "{\"a\":1",
            "{}\n{\"a\":\n",
            "{\"id\":1,\"group_id\":2,\"comments\":3,\"messages\":[]}\n",
            "hello, world and more\n",
            "7\n",
        ] {
            let kind = of(head.as_bytes());
            if head == "{\n" {
                // It may go on.
                assert_eq!(kind, Kind::Other(Other::Document(None)));
            } else if head != "hello, world and more\n" {
                assert_eq!(kind, Kind::Lines, "{head:?}");
            }
        }
    }

    #[test]
    fn what_is_something_else_is_recognized() {
        let zendesk = "{\"id\":1,\"requester_id\":2,\"raw_subject\":\"x\",\"comments\":[]}";
        let utf16: Vec<u8> = "{\"a\":1}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (head, kind) in [
            (b"\x1f\x8b\x08".to_vec(), Kind::Gzip),
            (b" \n[{\"a\":1}]".to_vec(), Kind::Array),
            (b"[".to_vec(), Kind::Array),
            (
                b"{\n  \"messages\": []\n}\n".to_vec(),
                Kind::Other(Other::Document(None)),
            ),
            (
                b"{\"tickets\":[{\"a\":1}]}".to_vec(),
                Kind::Other(Other::Document(Some("tickets"))),
            ),
            (
                b"{\n\"data\":[]}".to_vec(),
                Kind::Other(Other::Document(Some("data"))),
            ),
            (
                b"{\"a\":1}\r{\"a\":2}\r".to_vec(),
                Kind::Other(Other::CarriageReturns),
            ),
            (utf16.clone(), Kind::Other(Other::Utf16)),
            (
                [vec![0xff, 0xfe], utf16].concat(),
                Kind::Other(Other::Utf16),
            ),
            (
                b"id,subject,body\n1,a,b\n".to_vec(),
                Kind::Other(Other::Csv),
            ),
            (
                b"\"id\";\"Ticket subject\"\r\n".to_vec(),
                Kind::Other(Other::Csv),
            ),
            (b"id\tsubject\n".to_vec(), Kind::Other(Other::Csv)),
            (
                b"From jane@example.com Mon Jan  1\nSubject: x\n".to_vec(),
                Kind::Other(Other::Mailbox),
            ),
            (
                b"<?xml version=\"1.0\"?>".to_vec(),
                Kind::Other(Other::Markup),
            ),
            (zendesk.as_bytes().to_vec(), Kind::Other(Other::Zendesk)),
            (
                format!("{zendesk}\n{zendesk}\n").into_bytes(),
                Kind::Other(Other::Zendesk),
            ),
            (
                format!("[{zendesk}").into_bytes(),
                Kind::Other(Other::Zendesk),
            ),
            (
                format!("{{\"tickets\":[{zendesk}],\"count\":1}}").into_bytes(),
                Kind::Other(Other::Zendesk),
            ),
            (
                format!("{{\n\"tickets\": [\n{zendesk},").into_bytes(),
                Kind::Other(Other::Zendesk),
            ),
        ] {
            assert_eq!(of(&head), kind, "{:?}", String::from_utf8_lossy(&head));
        }
        let zip = of(b"PK\x03\x04abc");
        assert!(matches!(
            zip,
            Kind::Other(Other::Packed("a zip archive", _))
        ));
    }
}
