//! The list's cursor: opaque to clients, a direction and a position to us.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::store::{Direction, Position};
use crate::timestamp::Timestamp;

/// The cursor of the list's first page, which only a fault gives out: `first` in
/// the same encoding.
pub(crate) const FIRST_PAGE: &str = "Zmlyc3Q";

pub(super) fn write(direction: Direction, (at, id): Position) -> String {
    let direction = match direction {
        Direction::Next => "next",
        Direction::Previous => "prev",
    };
    URL_SAFE_NO_PAD.encode(format!("{direction}__{id}__{at}"))
}

/// Reads a cursor: where the page begins, none for the list's beginning.
pub(super) fn read(cursor: &str) -> Option<Option<(Direction, Position)>> {
    if cursor == FIRST_PAGE {
        return Some(None);
    }
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let mut parts = text.splitn(3, "__");
    let direction = match parts.next()? {
        "next" => Direction::Next,
        "prev" => Direction::Previous,
        _ => return None,
    };
    let id = parts.next()?.parse().ok()?;
    let at = Timestamp::parse(parts.next()?)?;
    Some(Some((direction, (at, id))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_written() {
        for at in [1_738_922_118_820_000, 1_738_922_118_000_000] {
            let position = (Timestamp::from_micros(at), 173_596_132);
            let cursor = write(Direction::Previous, position);
            assert_eq!(read(&cursor), Some(Some((Direction::Previous, position))));
        }
    }

    #[test]
    fn other_text_is_not_a_cursor() {
        for text in ["", "abc", "bmV4dA", "!"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
