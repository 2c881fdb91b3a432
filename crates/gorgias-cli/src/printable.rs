//! Replaces control characters in text that others wrote, and shortens text.
//!
//! A subject or an error message can hold escape sequences by which a terminal
//! renames its window, hides lines or answers as if somebody had typed.

use std::borrow::Cow;

/// Puts a text on one line: line breaks and tabs become spaces, and other control
/// characters are replaced.
pub(crate) fn line(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if acts(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

/// Replaces the control characters of a text, except line breaks and tabs.
pub(crate) fn paragraph(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            c if acts(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

/// Cuts a text to a number of characters, and appends how many were cut off.
pub(crate) fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => text.into(),
        Some((end, _)) => {
            let more = text.chars().count().saturating_sub(most);
            let start = text.get(..end).unwrap_or_default();
            format!("{start}… and {more} more characters").into()
        }
    }
}

/// Whether a character makes a terminal do more than show it: a control character, a
/// line separator, or a mark that changes the direction of writing.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        assert_eq!(
            line("a\x1b]0;x\x07b\u{9b}2J"),
            "a\u{fffd}]0;x\u{fffd}b\u{fffd}2J"
        );
        assert_eq!(line("one\r\ntwo\tthree"), "one  two three");
        assert_eq!(line("\u{202e}live"), "\u{fffd}live");
        assert_eq!(paragraph("one\r\ntwo\n\x1b[1m"), "one\ntwo\n\u{fffd}[1m");
    }

    #[test]
    fn other_text_stays_as_it_is() {
        assert_eq!(line("Grüße 👋 مرحبا"), "Grüße 👋 مرحبا");
    }
}
