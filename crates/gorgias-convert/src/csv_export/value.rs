//! Values that are written in many ways.

/// Yes or no. None if it is neither.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "t" | "1" | "x" => Some(true),
        "false" | "no" | "n" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// Whether the customer may see something. None if it doesn't say.
pub(super) fn visible(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "public" | "external" | "reply" => Some(true),
        "private" | "internal" | "note" | "internal note" => Some(false),
        text => flag(text),
    }
}

/// The addresses in a list of them.
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
