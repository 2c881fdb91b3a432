//! Phone numbers in arguments.

/// Reads a phone number with its country code, such as `+1 (555) 123-4567`, and leaves
/// out spaces and punctuation between the digits.
pub(crate) fn parse(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let is_marked = text.starts_with('+') && text.matches('+').count() == 1;
    if !is_marked || !is_number(text.trim_start_matches('+')) {
        return Err("expected digits after the + of a phone number, as in +15551234567");
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        4..=15 => Ok(format!("+{digits}")),
        _ => Err("expected 4 to 15 digits in a phone number, as in +15551234567"),
    }
}

/// Whether a text consists of digits, and of spaces and punctuation as in phone numbers.
pub(crate) fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || ".-()[]/".contains(c))
}
