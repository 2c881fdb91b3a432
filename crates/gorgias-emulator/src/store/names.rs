//! Splits a person's name into first and last name, which the service's answers also
//! have.

/// Returns the first word of a name, or an empty text.
pub(super) fn first_word(name: Option<&str>) -> &str {
    let mut words = name.unwrap_or_default().split_whitespace();
    words.next().unwrap_or_default()
}

/// Returns the last word of a name, or an empty text if there is only one.
pub(super) fn last_word(name: Option<&str>) -> &str {
    let words = name.unwrap_or_default().split_whitespace();
    words.skip(1).last().unwrap_or_default()
}
