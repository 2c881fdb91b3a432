//! The content type and encoding of a response.

use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

/// Whether the headers of a response declare its body as JSON, or declare no
/// content type. For example, the HTML page of a proxy is not declared as JSON.
pub(crate) fn is_declared_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE) else {
        return true;
    };
    let essence = value
        .as_bytes()
        .split(|byte| *byte == b';')
        .next()
        .unwrap_or_default()
        .trim_ascii()
        .to_ascii_lowercase();
    essence.is_empty() || essence == b"application/json" || essence.ends_with(b"+json")
}

/// Whether the body is compressed, although no request asks for compression.
pub(crate) fn is_encoded(headers: &HeaderMap) -> bool {
    headers.get_all(CONTENT_ENCODING).iter().any(|value| {
        !value
            .as_bytes()
            .trim_ascii()
            .eq_ignore_ascii_case(b"identity")
    })
}

/// Returns the body without the byte order mark that some proxies add.
#[must_use]
pub fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn is_json(value: Option<&'static str>) -> bool {
        let mut headers = HeaderMap::new();
        if let Some(value) = value {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(value));
        }
        is_declared_json(&headers)
    }

    #[test]
    fn json_is_recognised_however_it_is_written() {
        for value in [
            "application/json",
            "application/json; charset=utf-8",
            "Application/JSON;charset=utf-8",
            " application/json ",
            "application/problem+json",
            "",
        ] {
            assert!(is_json(Some(value)), "{value}");
        }
        assert!(is_json(None));
    }

    #[test]
    fn anything_else_is_not_json() {
        for value in [
            "text/html",
            "text/html; charset=utf-8",
            "text/plain",
            "application/jsonp",
            "json",
        ] {
            assert!(!is_json(Some(value)), "{value}");
        }
    }

    #[test]
    fn a_compressed_body_is_noticed() {
        let mut headers = HeaderMap::new();
        assert!(!is_encoded(&headers));
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        assert!(is_encoded(&headers));
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("Identity"));
        assert!(!is_encoded(&headers));
    }

    #[test]
    fn only_a_leading_mark_is_stripped() {
        assert_eq!(without_bom(b"\xef\xbb\xbf{}"), b"{}");
        assert_eq!(without_bom(b"{}"), b"{}");
    }
}
