//! Texts within what the API takes.

use gorgias::is_email_address;
use serde_json::{Map, Value};

use super::notes::Notes;
use crate::NoticeKind;

const SUBJECT: usize = 998;
const EMAIL: usize = 320;
const TAG: usize = 256;
/// Counted in bytes.
const BODY: usize = 1 << 20;

/// A text that may end up in a mail header: line breaks would begin another.
pub(crate) fn header(text: String, at: &str, notes: &mut Notes) -> Option<String> {
    let text = if text.contains(['\0', '\r', '\n']) {
        notes.add(
            NoticeKind::Mended,
            at,
            "line breaks became blanks, U+0000 was removed",
        );
        let lines = text.split(['\r', '\n']).filter(|line| !line.is_empty());
        let line = lines.collect::<Vec<_>>().join(" ");
        line.replace('\0', "")
    } else {
        text
    };
    (!text.trim().is_empty()).then_some(text)
}

pub(crate) fn subject(text: String, notes: &mut Notes) -> Option<String> {
    let text = header(text, "/subject", notes)?;
    Some(cut(text, SUBJECT, "/subject", notes))
}

pub(crate) fn tag(text: String, at: &str, notes: &mut Notes) -> Option<String> {
    let text = header(text, at, notes)?;
    Some(cut(text.trim().to_owned(), TAG, at, notes))
}

/// An e-mail address, if it may be one.
pub(crate) fn email(text: &str, at: &str, notes: &mut Notes) -> Option<String> {
    let address = text.trim();
    if !is_email_address(address) || address.chars().count() > EMAIL {
        if !address.is_empty() {
            notes.add(NoticeKind::Unusable, at, "is not an e-mail address");
        }
        return None;
    }
    Some(address.to_owned())
}

/// A text without the character that databases refuse.
pub(crate) fn plain(text: String, at: &str, notes: &mut Notes) -> String {
    if !text.contains('\0') {
        return text;
    }
    notes.add(NoticeKind::Mended, at, "U+0000 was removed");
    text.replace('\0', "")
}

/// The text of a message, in at most 1 MB.
pub(crate) fn body(text: String, html: bool, at: &str, notes: &mut Notes) -> String {
    let mut text = plain(text, at, notes);
    if text.len() <= BODY {
        return text;
    }
    let length = text.len();
    let mut end = boundary(&text, BODY);
    if html {
        // A tag that is cut in half would swallow what follows.
        let kept = text.get(..end).unwrap_or_default();
        if let Some(open) = kept.rfind('<')
            && !kept.get(open..).unwrap_or_default().contains('>')
            && open > 0
        {
            end = open;
        }
    }
    text.truncate(end);
    let detail = format!("was {length} bytes long, and was cut to {end}; the API takes 1 MB");
    notes.add(NoticeKind::Cut, at, detail);
    text
}

fn cut(text: String, most: usize, at: &str, notes: &mut Notes) -> String {
    let length = text.chars().count();
    if length <= most {
        return text;
    }
    let detail = format!("was {length} characters long, and was cut to {most}");
    notes.add(NoticeKind::Cut, at, detail);
    text.chars().take(most).collect()
}

/// The same for all texts in a value.
pub(crate) fn value(value: Value, at: &str, notes: &mut Notes) -> Value {
    match value {
        Value::String(text) => Value::String(plain(text, at, notes)),
        Value::Array(items) => items
            .into_iter()
            .map(|item| self::value(item, at, notes))
            .collect(),
        Value::Object(members) => Value::Object(object(members, at, notes)),
        other => other,
    }
}

pub(crate) fn object(
    members: Map<String, Value>,
    at: &str,
    notes: &mut Notes,
) -> Map<String, Value> {
    let members = members.into_iter();
    members
        .map(|(name, member)| (plain(name, at, notes), value(member, at, notes)))
        .collect()
}

/// The last boundary between characters up to a place.
fn boundary(text: &str, at: usize) -> usize {
    let mut places = (0..=at).rev();
    places
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(notes: Notes) -> Vec<NoticeKind> {
        let notices = notes.about("a", 1);
        notices.iter().map(|notice| notice.kind).collect()
    }

    #[test]
    fn a_long_subject_is_cut_and_told() {
        let mut notes = Notes::default();
        let text = subject("é".repeat(1000), &mut notes).unwrap();
        assert_eq!(text.chars().count(), 998);
        assert_eq!(told(notes), [NoticeKind::Cut]);
    }

    #[test]
    fn a_long_body_is_cut_between_characters_and_tags() {
        let mut notes = Notes::default();
        let text = body("€".repeat(BODY), false, "/x", &mut notes);
        assert!(text.len() <= BODY && text.len() > BODY - 3);
        let long = format!("{}<img src=\"x\">", "x".repeat(BODY - 5));
        let html = body(long, true, "/x", &mut notes);
        assert_eq!(html.len(), BODY - 5);
        assert_eq!(told(notes), [NoticeKind::Cut, NoticeKind::Cut]);
    }

    #[test]
    fn what_is_no_address_is_told() {
        let mut notes = Notes::default();
        assert_eq!(
            email(" a@b.example ", "", &mut notes).unwrap(),
            "a@b.example"
        );
        for text in [
            "jane",
            "a b@c.example",
            "a@b\n.example",
            &format!("{}@b.example", "a".repeat(320)),
        ] {
            assert_eq!(email(text, "", &mut notes), None, "{text}");
        }
        assert_eq!(email("", "", &mut notes), None);
        assert_eq!(told(notes).len(), 4);
    }

    proptest! {
        #[test]
        fn no_header_has_a_line_break(text in "[a\r\n\0 é]{0,20}") {
            let mut notes = Notes::default();
            if let Some(line) = header(text.clone(), "", &mut notes) {
                prop_assert!(!line.contains(['\r', '\n', '\0']));
                let letters = |text: &str| text.matches(['a', 'é']).count();
                prop_assert_eq!(letters(&line), letters(&text));
            } else {
                prop_assert!(!text.contains(['a', 'é']));
            }
        }
    }
}
