//! A request whose parameters were checked, before the base address is put in
//! front of its path.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method, Uri};

use crate::transport::Body;

/// The error of a path that isn't below the base address. It doesn't repeat the
/// path, which may contain personal data.
const INVALID_TARGET: &str = "the path of the request must start with a single slash and consist \
                              of visible ASCII characters, without dot segments, backslashes and \
                              a fragment";

/// The path, query, headers and body that an operation sends.
#[derive(Debug)]
pub struct Request {
    /// The path and query.
    pub(super) target: Cow<'static, str>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    content_type: Option<HeaderValue>,
    body: Body,
}

impl Request {
    /// Creates a request without a body for a path and query such as
    /// `/api/tickets?limit=3`.
    pub fn new(target: impl Into<Cow<'static, str>>) -> Self {
        Self {
            target: target.into(),
            headers: Vec::new(),
            content_type: None,
            body: Body::empty(),
        }
    }

    /// Adds a body that was encoded as JSON.
    #[must_use]
    pub fn json(self, body: Bytes) -> Self {
        self.body(HeaderValue::from_static("application/json"), body)
    }

    /// Adds a body of any type.
    #[must_use]
    pub fn body(mut self, content_type: HeaderValue, body: impl Into<Body>) -> Self {
        self.set_body(content_type, body.into());
        self
    }

    pub(super) fn set_body(&mut self, content_type: HeaderValue, body: Body) {
        self.content_type = Some(content_type);
        self.body = body;
    }

    /// Returns the head of every attempt, and the body of the first attempt.
    /// `address` puts the base address in front of the path.
    pub(super) fn addressed(
        self,
        address: impl FnOnce(Cow<'static, str>) -> Option<Uri>,
    ) -> Result<(Head, Body), &'static str> {
        if !is_below_base(&self.target) {
            return Err(INVALID_TARGET);
        }
        let uri = address(self.target).ok_or(INVALID_TARGET)?;
        let head = Head {
            uri,
            headers: self.headers,
            content_type: self.content_type,
        };
        Ok((head, self.body))
    }
}

/// The address and the headers of every attempt of a call.
pub(super) struct Head {
    pub(super) uri: Uri,
    headers: Vec<(HeaderName, HeaderValue)>,
    content_type: Option<HeaderValue>,
}

impl Head {
    /// Creates the request of one attempt.
    pub(super) fn request(&self, method: &Method, body: Body) -> http::Request<Body> {
        let mut request = http::Request::new(body);
        request.method_mut().clone_from(method);
        request.uri_mut().clone_from(&self.uri);
        let headers = request.headers_mut();
        for (name, value) in &self.headers {
            headers.append(name, value.clone());
        }
        if let Some(content_type) = &self.content_type {
            headers.insert(CONTENT_TYPE, content_type.clone());
        }
        request
    }
}

/// Whether a path and query lead to a place below the base address, by the rules of
/// every parser of addresses. Otherwise credentials could go to another host, or
/// the request to a path that the caller didn't write.
fn is_below_base(target: &str) -> bool {
    let target = target.as_bytes();
    let path = target.split(|byte| *byte == b'?').next().unwrap_or(target);
    let visible = |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'#');
    path.starts_with(b"/")
        && !path.starts_with(b"//")
        && target.iter().all(visible)
        && !path.split(|byte| *byte == b'/').any(is_dot_segment)
}

/// Whether a segment is `.` or `..`. Parsers of addresses treat `%2e` as a dot
/// too.
fn is_dot_segment(segment: &[u8]) -> bool {
    let mut rest = segment;
    let mut dots = 0_u8;
    loop {
        rest = match rest {
            [] => return matches!(dots, 1 | 2),
            [b'.', rest @ ..] | [b'%', b'2', b'e' | b'E', rest @ ..] => rest,
            _ => return false,
        };
        dots = dots.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::BaseUrl;

    fn address(target: &'static str) -> Option<String> {
        let base = BaseUrl::parse_any_host("https://acme.gorgias.com/stem").unwrap();
        let request = Request::new(target).addressed(|target| base.uri(target));
        request.ok().map(|(head, _)| head.uri.to_string())
    }

    #[test]
    fn a_path_is_below_the_base_address() {
        for target in [
            "/api/tickets",
            "/api/tickets/7?limit=3&external_id=a%2Fb..",
            "/api/tickets/a..b/...",
            "/api/tickets?next=/../x//y",
        ] {
            let whole = format!("https://acme.gorgias.com/stem{target}");
            assert_eq!(address(target), Some(whole));
        }
    }

    #[test]
    fn other_hosts_and_dot_segments_are_refused() {
        for target in [
            "",
            "api/tickets",
            "?limit=3",
            "//evil.example/api",
            "///evil.example/api",
            "https://evil.example/api",
            "@evil.example/api",
            ":8443/api",
            "/\\evil.example/api",
            "/api/../admin",
            "/api/..",
            "/./api",
            "/api/%2e%2E/admin",
            "/api/.%2e/admin",
            "/api/tickets#x",
            "/api/tick ets",
            "/api/tickets\r\nx-evil: 1",
            "/api/tickets\u{e9}",
        ] {
            assert_eq!(address(target), None, "{target:?}");
        }
    }
}
