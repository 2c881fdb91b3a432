//! Converts an [`http::Request`] into one of [`reqwest`].

use std::sync::{Mutex, PoisonError};

use http::header::CONTENT_LENGTH;
use http::{Uri, uri::Authority};
use reqwest::Url;

use super::Body;

/// Remembers the last address that was parsed. An import sends every ticket to
/// the same address, and parsing that address each time would take as long as
/// all other steps of `send` in this crate.
#[derive(Default)]
pub(super) struct Addresses {
    last: Mutex<Option<(Uri, Url)>>,
}

impl Addresses {
    /// Converts a request.
    pub(super) fn address(
        &self,
        request: http::Request<Body>,
    ) -> reqwest::Result<reqwest::Request> {
        let (mut head, body) = request.into_parts();
        let (body, length) = body.into_parts();
        if let Some(length) = length {
            head.headers.insert(CONTENT_LENGTH, length.into());
        }
        let request = http::Request::from_parts(head, body);
        // An address with a query isn't remembered: it changes with every
        // request, and may hold personal data. A request with extensions has to
        // be converted by reqwest, because `with_url` can't set extensions on a
        // reqwest request.
        if request.uri().query().is_some() || !request.extensions().is_empty() {
            return reqwest::Request::try_from(request);
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((uri, url)) if is_same(uri, request.uri()) => {
                let url = url.clone();
                drop(last);
                Ok(with_url(request, url))
            }
            _ => {
                let uri = request.uri().clone();
                let request = reqwest::Request::try_from(request)?;
                *last = Some((uri, request.url().clone()));
                Ok(request)
            }
        }
    }
}

/// Whether two addresses without a query have the same text, which is quicker
/// than comparing them as `Uri`.
fn is_same(one: &Uri, other: &Uri) -> bool {
    one.path() == other.path()
        && one.authority().map(Authority::as_str) == other.authority().map(Authority::as_str)
        && one.scheme_str() == other.scheme_str()
}

fn with_url(request: http::Request<reqwest::Body>, url: Url) -> reqwest::Request {
    let (head, body) = request.into_parts();
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    *request.version_mut() = head.version;
    *request.body_mut() = Some(body);
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(uri: &str) -> http::Request<Body> {
        let request = http::Request::post(uri)
            .version(http::Version::HTTP_11)
            .header("accept", "application/json");
        request.body(Body::from("{}")).unwrap()
    }

    #[test]
    fn a_remembered_address_makes_the_same_request() {
        let addresses = Addresses::default();
        for uri in [
            "http://a/one",
            "http://a/one",
            "http://a/two",
            "http://b/two",
            "http://a/two?x=1",
        ] {
            let made = addresses.address(request(uri)).unwrap();
            let plain = request(uri).map(|_| "{}");
            let plain = reqwest::Request::try_from(plain).unwrap();
            assert_eq!(made.url(), plain.url());
            assert_eq!(made.method(), plain.method());
            assert_eq!(made.headers(), plain.headers());
            assert_eq!(made.version(), plain.version());
            let body = |request: &reqwest::Request| request.body()?.as_bytes().map(<[u8]>::to_vec);
            assert_eq!(body(&made), body(&plain));
        }
    }

    #[test]
    fn what_has_a_query_is_not_remembered() {
        let addresses = Addresses::default();
        addresses
            .address(request("http://a/one?email=jane"))
            .unwrap();
        assert!(addresses.last.lock().unwrap().is_none());
    }
}
