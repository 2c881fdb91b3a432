//! Reads values that exports write in different ways.

/// Reads yes or no. `None` if the text is neither.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "t" | "1" | "x" => Some(true),
        "false" | "no" | "n" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// Reads whether the customer may see a message. `None` if the text doesn't say.
pub(super) fn visible(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "public" | "external" | "reply" => Some(true),
        "private" | "internal" | "note" | "internal note" => Some(false),
        text => flag(text),
    }
}

/// The addresses in a list that separates them by white space or `|`.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| c.is_whitespace() || c == '|');
    parts
        .map(|part| part.trim_end_matches([',', ';']))
        .filter(|part| !part.is_empty())
}

/// The name of the file at an address.
pub(super) fn file_name(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let name = path.rsplit('/').next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// The form of a value, for a notice: `0` stands for a digit and `a` for a letter or
/// another character that isn't ASCII punctuation. The value itself is left out,
/// because a customer may have written it.
pub(super) fn form(text: &str) -> String {
    const LONGEST: usize = 32;
    let shown = text.trim().chars().take(LONGEST).map(|c| match c {
        c if c.is_ascii_digit() => '0',
        c if c.is_ascii_punctuation() || c == ' ' => c,
        _ => 'a',
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_nothing_of_the_text() {
        assert_eq!(form(" 06. May 2024, 14:00 Uhr"), "00. aaa 0000, 00:00 aaa");
        assert_eq!(form(&"é".repeat(100)), "a".repeat(32));
    }
}
