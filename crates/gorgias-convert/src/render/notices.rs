//! Collects the notices about one conversation. Cuts and repairs texts that the API would
//! refuse, with a notice for each.

use gorgias::is_email_address;
use serde_json::{Map, Value};

use crate::{Notice, NoticeKind};

// The limits of the document, in characters. They are repeated here because a text has to
// be cut before the ticket is checked. If a limit of the document is lower, `refusal` in
// `ticket` finds that out.
const SUBJECT: usize = 998;
const EMAIL: usize = 320;
const TAG: usize = 256;
/// The document's limit of a body. It is in bytes, because the service is said to count
/// bytes. `warnings` of `gorgias-import` has this limit too.
const BODY: usize = 1 << 20;

/// The notices about one conversation while it is rendered.
#[derive(Debug, Default)]
pub(super) struct Notices(pub(super) Vec<Notice>);

impl Notices {
    pub(super) fn add(&mut self, kind: NoticeKind, at: &str, detail: impl Into<String>) {
        let notice = Notice::new(kind, detail);
        self.0.push(match at {
            "" => notice,
            at => notice.at(at),
        });
    }

    /// Returns the notices with the external id of their ticket. A notice without a
    /// line gets the line of the conversation.
    pub(super) fn about(self, external_id: Option<&str>, line: u64) -> Vec<Notice> {
        let mut notices = self.0;
        for notice in &mut notices {
            notice.external_id = external_id.map(str::to_owned);
            notice.line = notice.line.or((line > 0).then_some(line));
        }
        notices
    }

    /// A text that may become a header of a mail, without line breaks, because a line
    /// break would begin another header. `None` if the text is only white space.
    pub(super) fn header(&mut self, text: String, at: &str) -> Option<String> {
        let text = if text.contains(['\0', '\r', '\n']) {
            self.add(
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

    pub(super) fn subject(&mut self, text: String) -> Option<String> {
        let text = self.header(text, "/subject")?;
        Some(self.cut(text, SUBJECT, "/subject"))
    }

    pub(super) fn tag(&mut self, text: String, at: &str) -> Option<String> {
        let text = self.header(text, at)?;
        Some(self.cut(text.trim().to_owned(), TAG, at))
    }

    /// An e-mail address, if the text is one.
    pub(super) fn email(&mut self, text: &str, at: &str) -> Option<String> {
        let address = text.trim();
        if !is_email_address(address) || address.chars().count() > EMAIL {
            if !address.is_empty() {
                self.add(NoticeKind::Unusable, at, "is not an e-mail address");
            }
            return None;
        }
        Some(address.to_owned())
    }

    /// A text without U+0000, which databases refuse.
    pub(super) fn plain(&mut self, text: String, at: &str) -> String {
        if !text.contains('\0') {
            return text;
        }
        self.add(NoticeKind::Mended, at, "U+0000 was removed");
        text.replace('\0', "")
    }

    /// The text of a message, cut to at most [`BODY`] bytes.
    pub(super) fn body(&mut self, text: String, html: bool, at: &str) -> String {
        let mut text = self.plain(text, at);
        if text.len() <= BODY {
            return text;
        }
        let length = text.len();
        let mut end = boundary(&text, BODY);
        if html {
            // Half a tag at the end would hide the rest of the page.
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
        self.add(NoticeKind::Cut, at, detail);
        text
    }

    fn cut(&mut self, text: String, most: usize, at: &str) -> String {
        let length = text.chars().count();
        if length <= most {
            return text;
        }
        let detail = format!("was {length} characters long, and was cut to {most}");
        self.add(NoticeKind::Cut, at, detail);
        text.chars().take(most).collect()
    }

    /// Removes U+0000 from every text in a value.
    pub(super) fn value(&mut self, value: Value, at: &str) -> Value {
        match value {
            Value::String(text) => Value::String(self.plain(text, at)),
            Value::Array(items) => items.into_iter().map(|item| self.value(item, at)).collect(),
            Value::Object(members) => Value::Object(self.object(members, at)),
            other => other,
        }
    }

    pub(super) fn object(&mut self, members: Map<String, Value>, at: &str) -> Map<String, Value> {
        let members = members.into_iter();
        members
            .map(|(name, member)| (self.plain(name, at), self.value(member, at)))
            .collect()
    }
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

    fn kinds(notices: Notices) -> Vec<NoticeKind> {
        let notices = notices.about(Some("a"), 1);
        notices.iter().map(|notice| notice.kind).collect()
    }

    #[test]
    fn a_long_subject_is_cut_with_a_notice() {
        let mut notices = Notices::default();
        let text = notices.subject("é".repeat(1000)).unwrap();
        assert_eq!(text.chars().count(), 998);
        assert_eq!(kinds(notices), [NoticeKind::Cut]);
    }

    #[test]
    fn a_long_body_is_cut_between_characters_and_tags() {
        let mut notices = Notices::default();
        let text = notices.body("€".repeat(BODY), false, "/x");
        assert!(text.len() <= BODY && text.len() > BODY - 3);
        let long = format!("{}<img src=\"x\">", "x".repeat(BODY - 5));
        let html = notices.body(long, true, "/x");
        assert_eq!(html.len(), BODY - 5);
        assert_eq!(kinds(notices), [NoticeKind::Cut, NoticeKind::Cut]);
    }

    #[test]
    fn an_invalid_address_gets_a_notice() {
        let mut notices = Notices::default();
        assert_eq!(notices.email(" a@b.example ", "").unwrap(), "a@b.example");
        for text in [
            "jane",
            "a b@c.example",
            "a@b\n.example",
            &format!("{}@b.example", "a".repeat(320)),
        ] {
            assert_eq!(notices.email(text, ""), None, "{text}");
        }
        assert_eq!(notices.email("", ""), None);
        assert_eq!(kinds(notices).len(), 4);
    }

    proptest! {
        #[test]
        fn no_header_has_a_line_break(text in "[a\r\n\0 é]{0,20}") {
            let mut notices = Notices::default();
            if let Some(line) = notices.header(text.clone(), "") {
                prop_assert!(!line.contains(['\r', '\n', '\0']));
                let letters = |text: &str| text.matches(['a', 'é']).count();
                prop_assert_eq!(letters(&line), letters(&text));
            } else {
                prop_assert!(!text.contains(['a', 'é']));
            }
        }
    }
}
