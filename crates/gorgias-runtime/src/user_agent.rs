//! The `user-agent` of every request.

use http::HeaderValue;

/// The product name and version of this library.
const OURS: &str = concat!("gorgias-rust/", env!("CARGO_PKG_VERSION"));

/// The greatest length of the application's addition, in bytes. A list of
/// products needs less, and servers accept much more.
const MAX_LENGTH: usize = 256;

const PROBLEM: &str = "the addition to the user agent is not 1 to 256 printable ASCII characters";

/// Returns this library's product name, followed by the application's addition.
pub(crate) fn user_agent(application: Option<&str>) -> Result<HeaderValue, &'static str> {
    let Some(application) = application else {
        return Ok(HeaderValue::from_static(OURS));
    };
    let application = application.trim_matches(' ');
    let printable = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    if application.is_empty()
        || application.len() > MAX_LENGTH
        || !application.bytes().all(printable)
    {
        return Err(PROBLEM);
    }
    HeaderValue::try_from(format!("{OURS} {application}")).map_err(|_| PROBLEM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_application_follows_the_library() {
        assert_eq!(user_agent(None).unwrap(), OURS);
        assert_eq!(
            user_agent(Some("acme-sync/2.1 (+https://acme.example)")).unwrap(),
            format!("{OURS} acme-sync/2.1 (+https://acme.example)")
        );
    }

    #[test]
    fn header_injection_is_refused() {
        let long = "x".repeat(257);
        for text in [
            "",
            "  ",
            "a\r\nx-evil: 1",
            "a\nb",
            "a\0b",
            "a\tb",
            "caf\u{e9}",
            &long,
        ] {
            assert_eq!(user_agent(Some(text)), Err(PROBLEM), "{text:?}");
        }
    }
}
