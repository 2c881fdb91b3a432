//! Repairs JSON that a parser refuses.
//!
//! After a success the ticket exists, so its id must be read even from an
//! answer with a flaw. [`repair`] corrects flaws that leave the rest of the answer
//! intact: values nested beyond the parser's limit, numbers out of the range of
//! `f64`, lone surrogates and control characters in strings, bytes that aren't
//! UTF-8, and text after the end.

use super::lexer::{Lexer, Token};

/// The deepest nesting that is kept; a deeper object or list becomes null. The
/// parser's own limit is 128.
const DEEPEST: usize = 100;

/// Returns the body with its flaws repaired, or `None` if a bracket isn't closed or
/// isn't opened.
///
/// The result may still be invalid JSON: separators are copied unchecked. The
/// caller parses the result again.
pub(super) fn repair(body: &[u8]) -> Option<Vec<u8>> {
    let mut fixed = Vec::with_capacity(body.len());
    let mut depth = 0_usize;
    for token in Lexer::new(body) {
        match token {
            Token::Open(bracket) => {
                depth = depth.saturating_add(1);
                match depth {
                    depth if depth <= DEEPEST => fixed.push(bracket),
                    depth if depth == DEEPEST.saturating_add(1) => fixed.extend(b"null"),
                    _ => {}
                }
            }
            Token::Close(bracket) => {
                if depth <= DEEPEST {
                    fixed.push(bracket);
                }
                depth = depth.checked_sub(1)?;
            }
            _ if depth > DEEPEST => {}
            Token::Separator(byte) => fixed.push(byte),
            Token::Text(text) => push_text(&mut fixed, text),
            Token::Bare(text) => fixed.extend(bare(text)),
        }
        if depth == 0 {
            return Some(fixed);
        }
    }
    None
}

/// Returns a number or literal, or null for a number that is malformed or out of
/// the range of `f64`.
fn bare(text: &[u8]) -> &[u8] {
    let number = text
        .first()
        .is_some_and(|byte| byte.is_ascii_digit() || *byte == b'-');
    let held = || {
        std::str::from_utf8(text)
            .ok()
            .and_then(|text| text.parse::<f64>().ok())
            .is_some_and(f64::is_finite)
    };
    if number && !held() { b"null" } else { text }
}

fn push_text(fixed: &mut Vec<u8>, text: &[u8]) {
    fixed.push(b'"');
    let text = String::from_utf8_lossy(text);
    let mut rest = text.as_ref();
    while let Some(next) = rest.chars().next() {
        let taken = match next {
            '\\' => push_escape(fixed, rest),
            control if control.is_ascii_control() => {
                fixed.extend(format!("\\u{:04x}", u32::from(control)).bytes());
                control.len_utf8()
            }
            other => {
                fixed.extend(other.encode_utf8(&mut [0; 4]).bytes());
                other.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    fixed.push(b'"');
}

/// Copies the escape at the start of `rest`, and returns its length. A lone
/// surrogate becomes the replacement character.
fn push_escape(fixed: &mut Vec<u8>, rest: &str) -> usize {
    const PLAIN: usize = 2;
    const UNICODE: usize = 6;
    const PAIR: usize = 12;
    const REPLACEMENT: &[u8] = b"\\ufffd";

    let length = match (code_unit(rest, 0), code_unit(rest, UNICODE)) {
        (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => PAIR,
        (Some(0xD800..=0xDFFF), _) => {
            fixed.extend(REPLACEMENT);
            return UNICODE;
        }
        (Some(_), _) => UNICODE,
        (None, _) => PLAIN,
    };
    match rest.get(..length) {
        Some(escape) => fixed.extend(escape.bytes()),
        // A backslash before a character of several bytes isn't an escape.
        None => fixed.extend(REPLACEMENT),
    }
    length
}

/// Returns the code unit of the escape `\uXXXX` at the byte `at`, if there is one.
fn code_unit(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn read(body: &[u8]) -> Value {
        let fixed = repair(body).expect("has the outline of a value");
        serde_json::from_slice(&fixed).unwrap_or_else(|error| {
            panic!("{error} in {}", String::from_utf8_lossy(&fixed));
        })
    }

    #[test]
    fn what_nests_too_deep_becomes_null() {
        let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
        let value = read(format!(r#"{{"id":7,"meta":{{"x":{deep}}},"spam":false}}"#).as_bytes());
        assert_eq!(value["id"], 7);
        assert_eq!(value["spam"], false);
        assert!(value["meta"]["x"].is_array());
    }

    #[test]
    fn numbers_no_type_can_hold_become_null() {
        let value = read(br#"{"a":1e400,"b":-1e400,"c":12,"d":1.5,"e":true}"#);
        assert_eq!(
            value,
            json!({"a": null, "b": null, "c": 12, "d": 1.5, "e": true})
        );
        let digits = format!(r#"{{"a":{},"id":7}}"#, "9".repeat(400));
        assert_eq!(read(digits.as_bytes()), json!({"a": null, "id": 7}));
    }

    #[test]
    fn strings_are_made_legal() {
        assert_eq!(
            read(br#"["\ud800","\udc00x","\ud83d\ude00","\ud83dx"]"#),
            json!(["\u{fffd}", "\u{fffd}x", "😀", "\u{fffd}x"])
        );
        assert_eq!(read(b"[\"a\nb\xffc\"]"), json!(["a\nb\u{fffd}c"]));
        assert_eq!(
            read(br#"["\"\\\/\b\f\n\r\t\u0041"]"#),
            json!(["\"\\/\u{8}\u{c}\n\r\tA"])
        );
    }

    #[test]
    fn text_after_the_end_is_dropped() {
        assert_eq!(read(b" {\"id\":7} trailing"), json!({"id": 7}));
        assert_eq!(read(b"{\"id\":7}{\"id\":8}"), json!({"id": 7}));
    }

    #[test]
    fn what_breaks_off_is_not_repaired() {
        for body in ["", "{", "{\"id\":7", "[[1]", "\"open", "<html>"] {
            assert_eq!(repair(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn a_hundred_thousand_levels_do_no_harm() {
        let body = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read(body.as_bytes()).is_array());
        assert_eq!(repair("[".repeat(100_000).as_bytes()), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_handled_without_panicking(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _: Option<Vec<u8>> = repair(&body);
        }

        #[test]
        fn any_string_body_becomes_legal(text in proptest::collection::vec(any::<u8>(), 0..80)) {
            let text: Vec<u8> = text.into_iter().filter(|byte| !b"\"\\".contains(byte)).collect();
            let body = [b"[\"".as_slice(), &text, b"\"]"].concat();
            prop_assert!(read(&body)[0].is_string());
        }

        #[test]
        fn valid_json_is_unchanged_in_meaning(text in any::<String>(), number in any::<i64>(), float in any::<f64>()) {
            let value = json!({"text": text, "number": number, "float": float, "list": [[], {}, null, true]});
            let body = serde_json::to_vec(&value).unwrap();
            let expected: Value = serde_json::from_slice(&body).unwrap();
            prop_assert_eq!(read(&body), expected);
        }
    }
}
