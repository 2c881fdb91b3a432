//! Recognises the format of an input by its beginning.

use serde_json::Value;

use crate::failure::Failure;

/// The format of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum InputFormat {
    /// One document per line, or an unknown format.
    Lines,
    /// A JSON array.
    Array,
    Gzip,
    /// A format that an import doesn't read.
    Other(Other),
}

/// A format that an import doesn't read: its name, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Other {
    name: String,
    hint: String,
}

/// Members that a ticket of Zendesk has, and a ticket of Gorgias hasn't.
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

/// The number of members in [`OF_ZENDESK`] that identifies a ticket of Zendesk.
const ENOUGH: usize = 2;

/// The most bytes that are searched for the members in [`OF_ZENDESK`].
const SEARCHED: usize = 1 << 16;

/// The hint for a file that can't be converted to tickets.
const NO_TICKETS: &str =
    "an import reads tickets as JSON, one a line; --schema prints what each has";

/// The format of a file with this beginning.
pub(super) fn of(head: &[u8]) -> InputFormat {
    if let Some(format) = by_signature(head) {
        return format;
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = head.trim_ascii_start();
    match start {
        [b'[' | b'{', ..] if is_of_zendesk(start) => other(
            "an export of Zendesk",
            "make lines of it: gorgias convert --from zendesk FILE > LINES",
        ),
        [b'[', ..] => InputFormat::Array,
        [b'{', ..] => of_object(start),
        [b'<', ..] => other("XML or HTML", NO_TICKETS),
        [b'F', b'r', b'o', b'm', b' ', ..] => other("a mailbox of e-mails (mbox)", NO_TICKETS),
        _ if is_table(start) => other(
            "a table such as CSV",
            "make lines of it: gorgias convert --from csv FILE > LINES",
        ),
        _ => InputFormat::Lines,
    }
}

fn other(name: impl Into<String>, hint: impl Into<String>) -> InputFormat {
    let (name, hint) = (name.into(), hint.into());
    InputFormat::Other(Other { name, hint })
}

fn by_signature(head: &[u8]) -> Option<InputFormat> {
    let packed = |name: &str, command: &str| {
        let hint = format!("unpack it first: {command} FILE | gorgias import - --journal JOURNAL");
        other(name, hint)
    };
    Some(match head {
        [0x1f, 0x8b, ..] => InputFormat::Gzip,
        [b'P', b'K', 3 | 5, 4 | 6, ..] => packed("a zip archive", "unzip -p"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => packed("compressed with zstd", "zstd -dc"),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => packed("compressed with bzip2", "bzip2 -dc"),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => packed("compressed with xz", "xz -dc"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => utf16(),
        // In UTF-16, every second byte of ASCII characters is zero.
        [first, 0, _, 0, ..] | [0, first, 0, _, ..] if first.is_ascii() && *first > 0 => utf16(),
        _ => return None,
    })
}

fn utf16() -> InputFormat {
    other(
        "UTF-16 text, and not UTF-8",
        "convert it first: iconv -f UTF-16 -t UTF-8 FILE > LINES",
    )
}

/// The format of a file that begins with an object.
fn of_object(start: &[u8]) -> InputFormat {
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or(start);
    let is_only = line.len() == start.len();
    if is_only && line.windows(2).any(|pair| pair == b"\r{") {
        return other(
            "text whose lines end with a carriage return alone",
            "end them with a line feed: tr '\\r' '\\n' < FILE > LINES",
        );
    }
    let is_cut = |error: &serde_json::Error| error.is_eof();
    match serde_json::from_slice(line) {
        Ok(value) => tickets_in(&value).map_or(InputFormat::Lines, document),
        // The first document goes on in the next line.
        Err(error) if is_cut(&error) && !is_only => {
            let mut values = serde_json::Deserializer::from_slice(start).into_iter();
            let member = match values.next() {
                Some(Ok(value)) => tickets_in(&value),
                Some(Err(error)) if is_cut(&error) => None,
                _ => return InputFormat::Lines,
            };
            member.map_or_else(
                || {
                    other(
                        "JSON over several lines, and not a ticket a line",
                        "make a line of each document: jq -c . FILE > LINES",
                    )
                },
                document,
            )
        }
        Err(_) => InputFormat::Lines,
    }
}

/// One JSON document with tickets in a member.
fn document(member: &str) -> InputFormat {
    other(
        format!("one JSON document with the member {member}, and not a ticket a line"),
        format!("make a line of each ticket: jq -c '.{member}[]' FILE > LINES"),
    )
}

/// The member of a document that holds tickets.
fn tickets_in(document: &Value) -> Option<&'static str> {
    let has = |name: &&str| document.get(name).is_some_and(Value::is_array);
    ["tickets", "data", "results", "items"]
        .into_iter()
        .find(|name| document.get("messages").is_none() && has(name))
}

/// Whether the input begins with a ticket of Zendesk. The beginning may be cut off within
/// a ticket, so the names of members are looked for in the text.
fn is_of_zendesk(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start.get(..SEARCHED).unwrap_or(start));
    let has = |name: &str| text.contains(&format!("\"{name}\":"));
    let count = OF_ZENDESK.iter().filter(|name| has(name)).count();
    count >= ENOUGH && !has("messages")
}

/// Whether the first line is the head of a table: several names that are separated by
/// commas, semicolons or tabs.
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
    /// The error of an input in this format.
    pub(super) fn refusal(self, input: &str) -> Failure {
        Failure::invalid(format!("{input} is {}", self.name)).hint(self.hint)
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
            "{\"a\":1",
            "{}\n{\"a\":\n",
            "{\"id\":1,\"group_id\":2,\"comments\":3,\"messages\":[]}\n",
            "7\n",
        ] {
            assert_eq!(of(head.as_bytes()), InputFormat::Lines, "{head:?}");
        }
        assert_eq!(of(b"\x1f\x8b\x08"), InputFormat::Gzip);
        for head in [" \n[{\"a\":1}]", "["] {
            assert_eq!(of(head.as_bytes()), InputFormat::Array, "{head:?}");
        }
    }

    #[test]
    fn other_formats_are_recognized() {
        let zendesk = "{\"id\":1,\"requester_id\":2,\"raw_subject\":\"x\",\"comments\":[]}";
        let utf16: String = "{\"a\":1}".chars().flat_map(|c| [c, '\0']).collect();
        for (head, name) in [
            ("PK\x03\x04abc", "a zip archive"),
            ("{\n", "JSON over several lines"),
            ("{\n  \"messages\": []\n}\n", "JSON over several lines"),
            (
                "{\"tickets\":[{\"a\":1}]}",
                "one JSON document with the member tickets",
            ),
            ("{\n\"data\":[]}", "one JSON document with the member data"),
            (
                "{\"a\":1}\r{\"a\":2}\r",
                "text whose lines end with a carriage return",
            ),
            (utf16.as_str(), "UTF-16"),
            ("id,subject,body\n1,a,b\n", "a table"),
            ("\"id\";\"Ticket subject\"\r\n", "a table"),
            ("id\tsubject\n", "a table"),
            (
                "From jane@example.com Mon Jan  1\nSubject: x\n",
                "a mailbox",
            ),
            ("<?xml version=\"1.0\"?>", "XML"),
            (zendesk, "an export of Zendesk"),
            (&format!("{zendesk}\n{zendesk}\n"), "an export of Zendesk"),
            (&format!("[{zendesk}"), "an export of Zendesk"),
            (
                &format!("{{\"tickets\":[{zendesk}],\"count\":1}}"),
                "an export of Zendesk",
            ),
            (
                &format!("{{\n\"tickets\": [\n{zendesk},"),
                "an export of Zendesk",
            ),
        ] {
            let InputFormat::Other(other) = of(head.as_bytes()) else {
                panic!("{head:?}");
            };
            assert!(other.name.starts_with(name), "{head:?}: {}", other.name);
        }
        assert!(matches!(of(b"\xff\xfe{\0"), InputFormat::Other(_)));
    }
}
