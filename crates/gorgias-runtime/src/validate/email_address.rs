//! The check of e-mail addresses.

/// Whether a text may be an e-mail address: it has one `@` outside of quotes
/// and text on both sides of it, every quote is closed, and there are neither
/// white space nor control characters.
///
/// Everything else is left to the service, because mail servers accept more
/// than the grammar allows: addresses with two dots in a row, for example, are
/// in use.
///
/// ```
/// use gorgias_runtime::is_email_address;
///
/// assert!(is_email_address("jane..doe@docomo.ne.jp"));
/// assert!(!is_email_address("jane@"));
/// ```
#[must_use]
pub fn is_email_address(text: &str) -> bool {
    // Characters beyond ASCII are checked here, ASCII bytes below.
    let is_blank = |character: char| character.is_whitespace() || character.is_control();
    if !text.is_ascii() && text.contains(is_blank) {
        return false;
    }
    let mut quoted = false;
    let mut escaped = false;
    let mut at = None;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'\0'..=b' ' | b'\x7f' => return false,
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'@' if !quoted && at.replace(index).is_some() => return false,
            _ => {}
        }
    }
    !quoted && at.is_some_and(|at| at > 0 && at.saturating_add(1) < text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_two_sides() {
        for text in [
            "a@b",
            "jane..doe@docomo.ne.jp",
            ".@.",
            "\"a@b\"@example.com",
            "\"a\\\"@b\"@example.com",
            "o'neil+x@example.com",
            "jüri@õhk.ee",
            "jane@[127.0.0.1]",
        ] {
            assert!(is_email_address(text), "{text}");
        }
    }

    #[test]
    fn what_has_not_is_none() {
        for text in [
            "",
            "@",
            "no at",
            "jane",
            "jane@",
            "@example.com",
            "a@b@c",
            "a b@example.com",
            "a@example.com ",
            "a@exam\u{a0}ple.com",
            "a@b\n",
            "a@b\0",
            "\"a@b",
            "\"a@b\"",
        ] {
            assert!(!is_email_address(text), "{text}");
        }
    }
}
