//! The part of an error that the service sent.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use url::Url;

use super::{Envelope, ErrorKind};
use crate::credentials::Credentials;
use crate::pacer::{RateLimitSnapshot, retry_after};
use crate::response::content::ContentType;
use crate::response::request_id;

/// A response, or the head of one, that came with an error.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) envelope: Envelope,
    pub(super) retry_after: Option<Duration>,
}

impl Reply {
    /// Keeps a response, less whatever in it repeats a credential.
    pub(super) fn new(
        status: StatusCode,
        headers: &HeaderMap,
        body: &Bytes,
        credentials: &Credentials,
    ) -> Self {
        let headers: HeaderMap = headers
            .iter()
            .filter(|(_, value)| !credentials.echoed_in(value.as_bytes()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let body = if credentials.echoed_in(body) {
            Bytes::new()
        } else {
            body.clone()
        };
        let envelope = if status.is_success() {
            Envelope::default()
        } else {
            Envelope::read(&body)
        };
        let retry_after = retry_after(&headers, SystemTime::now());
        Self {
            status,
            headers,
            body,
            envelope,
            retry_after,
        }
    }

    /// Reads what the service says in a success that isn't what was asked
    /// for.
    pub(super) fn read_message(&mut self) {
        self.envelope = Envelope::read(&self.body);
    }

    pub(super) fn kind(&self) -> ErrorKind {
        let status = self.status;
        match status.as_u16() {
            401 => ErrorKind::Unauthorized,
            403 if self.envelope.tells_of_quota() => ErrorKind::QuotaExceeded,
            403 => ErrorKind::Forbidden,
            404 if self.is_page() => ErrorKind::WrongEndpoint,
            404 => ErrorKind::NotFound,
            405 => ErrorKind::MethodNotAllowed,
            // A gateway's word for having waited too long: nobody refused
            // anything, and the request may be at work yet.
            408 => ErrorKind::Service,
            409 => ErrorKind::Conflict,
            429 => ErrorKind::RateLimited,
            _ if status.is_client_error() => ErrorKind::Rejected,
            _ if status.is_server_error() => ErrorKind::Service,
            _ if status.is_redirection() => ErrorKind::Redirect,
            _ => ErrorKind::UnexpectedResponse,
        }
    }

    /// Whether a page came where the API answers JSON.
    fn is_page(&self) -> bool {
        ContentType::of(&self.headers) == ContentType::Other
            || (!self.envelope.is_json && !self.body.is_empty())
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    pub(super) fn rate_limit(&self) -> Option<RateLimitSnapshot> {
        RateLimitSnapshot::from_headers(&self.headers)
    }

    /// The host a redirect points at. The rest of the address may carry
    /// anything, so it isn't shown.
    pub(super) fn redirect_host(&self) -> Option<String> {
        let location = self.headers.get(LOCATION)?.to_str().ok()?;
        Some(Url::parse(location).ok()?.host()?.to_string())
    }
}
