//! Parses a JSON value. Repairs text that isn't UTF-8, and halves of surrogate pairs.

use super::Json;

/// Parses a value. Returns the value, and whether its text had to be repaired. In that
/// case `mended` has the repaired text.
pub(crate) fn parse<'t>(
    text: &'t [u8],
    mended: &'t mut String,
) -> Result<(Json<'t>, bool), serde_json::Error> {
    let error = match serde_json::from_slice(text) {
        Ok(value) => return Ok((value, false)),
        Err(error) => error,
    };
    *mended = without_lone_surrogates(&String::from_utf8_lossy(text));
    match serde_json::from_str(mended) {
        Ok(value) => Ok((value, true)),
        Err(_) => Err(error),
    }
}

/// Replaces halves of surrogate pairs, which stand for no character. A program that cuts a
/// text in the middle of a pair leaves such a half.
fn without_lone_surrogates(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        mended.push_str(before);
        let length = match unit(escape) {
            Some(0xd800..=0xdbff) => {
                let low = escape.get(6..).and_then(unit);
                if low.is_some_and(|low| (0xdc00..=0xdfff).contains(&low)) {
                    mended.push_str(escape.get(..12).unwrap_or_default());
                    12
                } else {
                    mended.push_str("\\ufffd");
                    6
                }
            }
            Some(0xdc00..=0xdfff) => {
                mended.push_str("\\ufffd");
                6
            }
            // Another escape: the backslash and the character after it are kept.
            _ => {
                let kept: String = escape.chars().take(2).collect();
                mended.push_str(&kept);
                kept.len()
            }
        };
        rest = escape.get(length..).unwrap_or_default();
    }
    mended.push_str(rest);
    mended
}

/// The UTF-16 code unit that a text begins with, if the text begins with `\u` and four
/// hexadecimal digits.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    fn parse(text: &[u8]) -> Option<(Value, bool)> {
        let mut buffer = String::new();
        let (value, mended) = super::parse(text, &mut buffer).ok()?;
        Some((value.into(), mended))
    }

    #[test]
    fn halves_of_pairs_are_replaced_and_whole_ones_kept() {
        let text = r#"{"a":"x\ud83dy","b":"\ud83d\ude00","c":"\udc00","d":"\\ud83d","e":"\n"}"#;
        let (value, mended) = parse(text.as_bytes()).unwrap();
        assert!(mended);
        let kept =
            json!({"a": "x\u{fffd}y", "b": "😀", "c": "\u{fffd}", "d": "\\ud83d", "e": "\n"});
        assert_eq!(value, kept);
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced() {
        let (value, mended) = parse(b"{\"a\":\"Gr\xfc\xdfe\"}").unwrap();
        assert_eq!((value, mended), (json!({"a": "Gr\u{fffd}\u{fffd}e"}), true));
    }

    #[test]
    fn valid_json_is_left_alone_and_other_text_refused() {
        assert_eq!(parse(b"{\"a\":1}").unwrap(), (json!({"a": 1}), false));
        for text in ["{", "{\"a\":nan}", "\\", "\\u", "\"\\ud8\""] {
            assert!(parse(text.as_bytes()).is_none(), "{text}");
        }
    }
}
