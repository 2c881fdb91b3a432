//! Finds the top-level `id` in a JSON body that doesn't parse, for example
//! because it was cut off.

use super::lexer::{Lexer, Token};

/// The largest number up to which a float holds every integer exactly. An id that
/// is written as a float, such as `1e3`, is ignored if it is above this number.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns the `id` of the outermost object, if it is an integer, or a string that
/// contains an integer. The body may break off anywhere after the id. A number at
/// the very end of the body doesn't count, because its last digits may be missing.
/// Of several ids the last counts.
pub(super) fn shallow_id(body: &[u8]) -> Option<i64> {
    let mut found = None;
    // An id that is a number and ends the text read so far, so that more digits
    // may follow.
    let mut pending = None;
    let mut depth = 0_usize;
    let mut name: Option<&[u8]> = None;
    let mut at_value = false;
    for token in Lexer::new(body) {
        match token {
            Token::Open(bracket) => {
                if depth == 0 && bracket != b'{' {
                    return None;
                }
                depth = depth.saturating_add(1);
                at_value = false;
            }
            Token::Close(_) => {
                found = pending.take().or(found);
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return found;
                }
            }
            Token::Separator(byte) if depth == 1 => {
                found = pending.take().or(found);
                at_value = byte == b':';
            }
            Token::Text(text) | Token::Bare(text) if depth == 1 && at_value => {
                let is_id = name == Some(b"id".as_slice());
                let id = is_id.then(|| whole_number(text)).flatten();
                match token {
                    Token::Bare(_) => pending = id,
                    _ => found = id.or(found),
                }
            }
            Token::Text(text) if depth == 1 => name = Some(text),
            Token::Bare(_) | Token::Text(_) if depth == 0 => return None,
            _ => {}
        }
    }
    found
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the value is whole and within the range that floats hold exactly"
)]
fn whole_number(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let number: f64 = text.parse().ok()?;
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_outermost_id_is_found() {
        for (body, id) in [
            (r#"{"id":7}"#, Some(7)),
            (r#"{"id":"5512"}"#, Some(5512)),
            (r#"{"id":1.0}"#, Some(1)),
            (r#"{"id":1e3}"#, Some(1000)),
            (r#"{"id":9223372036854775807}"#, Some(i64::MAX)),
            (r#"{"id":9007199254740993}"#, Some(9_007_199_254_740_993)),
            (r#"{"customer":{"id":9},"id":7,"x":{"id":8}}"#, Some(7)),
            (r#"{"x":"id","id":7}"#, Some(7)),
            (r#"{"id":7,"subject":"brok"#, Some(7)),
            (r#"{"id":7,"meta":[[[["#, Some(7)),
            (r#"{"id":7,"id":8}"#, Some(8)),
            (r#"{"id":"5512""#, Some(5512)),
            (r#"{"id":7 "#, None),
            (r#"{"id":21040"#, None),
            (r#"{"id":7,"id":21040"#, Some(7)),
            (r#"{"id":"551"#, None),
            (r#"{"id":null}"#, None),
            (r#"{"id":1.5}"#, None),
            (r#"{"id":18446744073709551615}"#, None),
            (r#"{"id":"x"}"#, None),
            (r#"{"id":[7]}"#, None),
            (r#"{"customer":{"id":9}}"#, None),
            (r#"[{"id":7}]"#, None),
            ("7", None),
            ("\"id\"", None),
            ("null", None),
            ("", None),
            ("<html>", None),
        ] {
            assert_eq!(shallow_id(body.as_bytes()), id, "{body}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panicking(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _: Option<i64> = shallow_id(&body);
        }

        #[test]
        fn an_early_id_survives_any_cut(id in any::<i64>(), tail in any::<String>(), cut in 0_usize..200) {
            let body = serde_json::json!({"id": id, "zzz": tail}).to_string();
            let least = body.find(',').unwrap() + 1;
            let body = &body.as_bytes()[..(least + cut).min(body.len())];
            prop_assert_eq!(shallow_id(body), Some(id));
        }
    }
}
