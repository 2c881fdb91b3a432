//! Query strings.

/// Decodes the pairs of a query string. Bytes that aren't UTF-8 become
/// replacement characters.
pub(crate) fn parse(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name, true), decode(value, true))
        })
        .collect()
}

/// Decodes `%XX`, and in queries `+` as a space.
pub(crate) fn decode(text: &str, plus_is_space: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let decoded = match byte {
            b'+' if plus_is_space => b' ',
            b'%' => {
                let mut ahead = rest.clone();
                match (ahead.next().and_then(hex), ahead.next().and_then(hex)) {
                    (Some(high), Some(low)) => {
                        rest = ahead;
                        (high << 4) | low
                    }
                    // A percent sign without two digits stays.
                    _ => byte,
                }
            }
            other => other,
        };
        bytes.push(decoded);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Encodes pairs as the service does.
pub(crate) fn encode(pairs: &[(String, String)]) -> String {
    let pairs = pairs.iter();
    let pairs = pairs.map(|(name, value)| format!("{}={}", encode_text(name), encode_text(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Encodes a text for an address: letters, digits and `-._~` stay, a space
/// becomes `+`, and every other byte `%XX`.
pub(crate) fn encode_text(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
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
        assert_eq!(decode("100%", true), "100%");
        assert_eq!(decode("%zz%41", true), "%zzA");
        assert_eq!(decode("a+b", false), "a+b");
    }
}
