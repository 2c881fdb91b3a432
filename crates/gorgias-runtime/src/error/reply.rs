//! The response that an error came with.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use url::Url;

use super::{Envelope, ErrorKind};
use crate::credentials::Credentials;
use crate::pacer::retry_after;
use crate::response::content::is_declared_json;

/// A response, or only its head, with every part that repeats a credential
/// taken out.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) envelope: Envelope,
    pub(super) retry_after: Option<Duration>,
}

impl Reply {
    /// Copies a response without the headers, or the body, that repeat a
    /// credential.
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

    /// Reads the service's message from a success whose body isn't the expected
    /// value.
    pub(super) fn read_message(&mut self) {
        self.envelope = Envelope::read(&self.body);
    }

    pub(super) fn kind(&self) -> ErrorKind {
        let status = self.status;
        match status.as_u16() {
            401 => ErrorKind::Unauthorized,
            403 if self.envelope.is_quota_message() => ErrorKind::QuotaExceeded,
            403 => ErrorKind::Forbidden,
            404 if self.is_page() => ErrorKind::WrongEndpoint,
            404 => ErrorKind::NotFound,
            405 => ErrorKind::MethodNotAllowed,
            // A gateway sends 408 when it has waited too long. 408 is no refusal:
            // the service may still apply the request.
            408 => ErrorKind::Service,
            409 => ErrorKind::Conflict,
            429 => ErrorKind::RateLimited,
            _ if status.is_client_error() => ErrorKind::Rejected,
            _ if status.is_server_error() => ErrorKind::Service,
            _ if status.is_redirection() => ErrorKind::Redirect,
            _ => ErrorKind::UnexpectedResponse,
        }
    }

    /// Whether the body is something other than a JSON object, such as an HTML
    /// page.
    fn is_page(&self) -> bool {
        !is_declared_json(&self.headers) || (!self.envelope.is_json && !self.body.is_empty())
    }

    /// Returns the host that a redirect points at. The rest of the address is left
    /// out, because it may contain a secret.
    pub(super) fn redirect_host(&self) -> Option<String> {
        let location = self.headers.get(LOCATION)?.to_str().ok()?;
        Some(Url::parse(location).ok()?.host()?.to_string())
    }
}
