//! Query strings.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The bytes that the service encodes.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Decodes the pairs of a query string. Bytes that aren't UTF-8 become
/// replacement characters.
pub(crate) fn parse(query: &str) -> Vec<(String, String)> {
    let spaced = query.replace('+', " ");
    let pairs = spaced.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// Returns the value of a name in a query string.
pub(crate) fn value(query: Option<&str>, name: &str) -> Option<String> {
    let mut pairs = parse(query.unwrap_or_default()).into_iter();
    pairs
        .find(|(given, _)| given == name)
        .map(|(_, value)| value)
}

/// Decodes `%XX`.
pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Encodes pairs as the service does.
pub(crate) fn encode(pairs: &[(String, String)]) -> String {
    let pairs = pairs.iter();
    let pairs = pairs.map(|(name, value)| format!("{}={}", encode_text(name), encode_text(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Encodes a text for an address: a space becomes `+`, letters, digits and `-._~` stay,
/// and every other byte becomes `%XX`.
pub(crate) fn encode_text(text: &str) -> String {
    let encoded = utf8_percent_encode(text, ENCODED).to_string();
    encoded.replace("%20", "+")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded() {
        let pairs = parse("external_id=a%2Fb+c&limit=5&&flag");
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [("external_id", "a/b c"), ("limit", "5"), ("flag", "")]
        );
    }

    #[test]
    fn pairs_are_encoded_as_recorded() {
        let pairs = parse("order_by=updated_datetime:desc&limit=100&email=a+b@example.com");
        assert_eq!(
            encode(&pairs),
            "order_by=updated_datetime%3Adesc&limit=100&email=a+b%40example.com"
        );
        assert_eq!(encode(&[]), "");
    }

    #[test]
    fn a_stray_percent_sign_stands_for_itself() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%41"), "%zzA");
        assert_eq!(decode("a+b"), "a+b");
    }
}
