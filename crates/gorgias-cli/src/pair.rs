//! `NAME=VALUE` in arguments.

/// A name and the text that belongs to it.
pub(crate) type Pair = (String, String);

/// Reads `NAME=VALUE`. VALUE may be empty and may contain `=`.
pub(crate) fn parse(argument: &str) -> Result<Pair, &'static str> {
    match argument.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE, with something before the ="),
    }
}
