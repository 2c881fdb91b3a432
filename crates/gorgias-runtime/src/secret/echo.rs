//! Recognises a secret that a text from the service repeats. Errors keep no text
//! that repeats a secret: `error/reply.rs` leaves it out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// The length of the shortest secret that is looked for, in bytes. Shorter secrets,
/// such as `a`, occur in most bodies by chance.
const SHORTEST: usize = 6;

/// Whether the text contains the secret as it is, escaped as in JSON or in a URL,
/// or encoded in base64. Case is ignored, because URL parsers lowercase a host
/// name.
pub(super) fn contains(text: &[u8], secret: &str) -> bool {
    let secret = secret.trim_end_matches('=');
    if secret.len() < SHORTEST {
        return false;
    }
    let escaped = secret.replace('\\', "\\\\").replace('"', "\\\"");
    let slashed = escaped.replace('/', "\\/");
    let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let base64 = STANDARD_NO_PAD.encode(secret);
    [secret, &escaped, &slashed, &encoded, &base64]
        .into_iter()
        .any(|form| find(text, form.as_bytes()))
}

fn find(text: &[u8], needle: &[u8]) -> bool {
    let starts = |window: &[u8]| match (window.first(), needle.first()) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    };
    text.windows(needle.len())
        .any(|window| starts(window) && window.eq_ignore_ascii_case(needle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_secret_is_recognised() {
        let secret = r#"pa/ss"wo\rd+="#;
        for text in [
            r#"the key pa/ss"wo\rd+= is wrong"#,
            r#"{"msg":"pa/ss\"wo\\rd+="}"#,
            r#"{"msg":"pa\/ss\"wo\\rd+"}"#,
            "?key=pa%2Fss%22wo%5Crd%2B&x",
            "?key=pa%2fss%22wo%5crd%2b&x",
        ] {
            assert!(contains(text.as_bytes(), secret), "{text}");
        }
        let text = format!("seen {}", STANDARD_NO_PAD.encode("pa/ss\"wo\\rd+"));
        assert!(contains(text.as_bytes(), secret));
    }

    #[test]
    fn other_text_and_tiny_secrets_do_not_match() {
        assert!(!contains(b"an ordinary message", "hunter2hunter2"));
        assert!(!contains(b"", "hunter2hunter2"));
        assert!(!contains(b"abc", "abc"));
    }
}
