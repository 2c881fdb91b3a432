//! The cursors of lists, in the form recorded from the service: the direction, the sort
//! key and an id, as JSON in base64. Clients must not depend on this form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::timestamp::Timestamp;

/// The cursor of a list's first page, `first` in base64. Only a fault returns
/// it.
pub(crate) const FIRST_PAGE: &str = "Zmlyc3Q=";

/// The sort key of an item. All items of a list have the same variant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Time(Timestamp),
    Number(i64),
    Text(String),
}

/// A position in a list: the sort key and the id.
pub(crate) type Position = (Key, i64);

/// The side of a position on which a page of a list lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Next,
    Previous,
}

pub(crate) fn write(direction: Direction, (key, id): &Position) -> String {
    let direction = match direction {
        Direction::Next => "next",
        Direction::Previous => "prev",
    };
    let key = match key {
        Key::Time(at) => json!(at.naive()),
        Key::Number(number) => json!(number),
        Key::Text(text) => json!(text),
    };
    STANDARD.encode(json!([direction, key, id]).to_string())
}

/// Reads a cursor: the position beside the page, and the side of it that the page is on.
/// The result is `None` if the text is no cursor, and `Some(None)` for the first page.
pub(crate) fn read(cursor: &str) -> Option<Option<(Direction, Position)>> {
    if cursor == FIRST_PAGE {
        return Some(None);
    }
    let json = STANDARD.decode(cursor).ok()?;
    let (direction, key, id): (String, Value, i64) = serde_json::from_slice(&json).ok()?;
    let direction = match direction.as_str() {
        "next" => Direction::Next,
        "prev" => Direction::Previous,
        _ => return None,
    };
    let key = match &key {
        Value::Number(number) => Key::Number(number.as_i64()?),
        Value::String(text) => match Timestamp::parse(text) {
            Some(at) => Key::Time(at),
            None => Key::Text(text.clone()),
        },
        _ => return None,
    };
    Some(Some((direction, (key, id))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_written() {
        for key in [
            Key::Time(Timestamp::from_micros(1_738_922_118_820_000)),
            Key::Time(Timestamp::from_micros(1_738_922_118_000_000)),
            Key::Number(-3),
            Key::Text("vip".to_owned()),
        ] {
            let position = (key, 173_596_132);
            let cursor = write(Direction::Previous, &position);
            assert_eq!(read(&cursor), Some(Some((Direction::Previous, position))));
        }
    }

    #[test]
    fn a_cursor_has_the_recorded_form() {
        let at = Timestamp::parse("2026-08-26T18:35:31.646547Z").unwrap();
        assert_eq!(
            write(Direction::Next, &(Key::Time(at), 512_000_008)),
            "WyJuZXh0IiwiMjAyNi0wOC0yNlQxODozNTozMS42NDY1NDciLDUxMjAwMDAwOF0="
        );
        let recorded = "WyJuZXh0IiwgIjIwMjYtMDgtMjZUMTg6MzU6MzEuNjQ2NTQ3IiwgNTEyMDAwMDA4XQ==";
        assert_eq!(
            read(recorded),
            Some(Some((Direction::Next, (Key::Time(at), 512_000_008))))
        );
    }

    #[test]
    fn other_text_is_not_a_cursor() {
        for text in ["", "abc", "bmV4dA==", "!"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
