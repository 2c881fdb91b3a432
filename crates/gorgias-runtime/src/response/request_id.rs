//! The service's id for a request.

use http::HeaderMap;

/// The header of the request id in recorded answers of the service.
const HEADER: &str = "x-request-id";

/// The longest id that is read. The ids in recorded answers have 32 hexadecimal
/// digits.
const MAX_LENGTH: usize = 128;

/// Reads the request id, if it consists of letters, digits and `-_.:/+=`, which
/// are safe to print anywhere.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get(HEADER)?.to_str().ok()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/+=".contains(&byte);
    ((1..=MAX_LENGTH).contains(&id.len()) && id.bytes().all(plain)).then_some(id)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn read(value: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, HeaderValue::from_static(value));
        request_id(&headers).map(str::to_owned)
    }

    #[test]
    fn the_recorded_form_is_read() {
        let id = "03bab43a57f60ea39b9f0e7a8341a405";
        assert_eq!(read(id).as_deref(), Some(id));
        assert!(read("6f1f5a52-2c4e-4a9e-9d6b-1f1f5a522c4e").is_some());
    }

    #[test]
    fn anything_else_is_left_out() {
        for value in ["", "a b", "a\"b", "<b>", "a,b", "{}"] {
            assert_eq!(read(value), None, "{value:?}");
        }
        assert_eq!(request_id(&HeaderMap::new()), None);
    }
}
