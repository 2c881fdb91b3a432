//! The state that all calls of one client share: address, transport,
//! credentials, limits, retry budget and pacer.

mod exchange;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Uri};

use crate::credentials::Credentials;
use crate::endpoint::BaseUrl;
use crate::error::Error;
use crate::limits::Limits;
use crate::pacer::RateLimit;
use crate::response::Metadata;
use crate::retry::{Budget, RetryPolicy};
use crate::transport::Transport;
use crate::validate::Found;

/// The connection to one helpdesk account. Cloning is cheap, and clones share
/// everything.
#[derive(Clone)]
pub struct Connection {
    pub(crate) shared: Arc<Shared>,
}

/// The state that all clones of a connection share.
pub(crate) struct Shared {
    pub(crate) base: BaseUrl,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) credentials: Credentials,
    pub(crate) user_agent: HeaderValue,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) rate_limit: RateLimit,
    pub(crate) any_attachment_url: bool,
}

impl Connection {
    pub(crate) fn new(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Returns the whole address of a path and query.
    pub(crate) fn uri(&self, target: Cow<'static, str>) -> Option<Uri> {
        self.shared.base.uri(target)
    }

    /// The base address, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.shared.base.as_str()
    }

    /// The name by which a journal knows the helpdesk.
    #[must_use]
    pub fn helpdesk_name(&self) -> String {
        self.shared.base.helpdesk_name()
    }

    /// The longest that one attempt may take.
    #[must_use]
    pub fn attempt_timeout(&self) -> Duration {
        self.shared.limits.attempt
    }

    /// Returns the error of a creation that was answered with a resource of
    /// another external id.
    #[must_use]
    pub fn mismatch(&self, metadata: &Metadata, id: i64) -> Error {
        Error::mismatch(metadata, &self.shared.credentials, id)
    }

    /// Fails with the violations that a check found, if there are any. Addresses of
    /// attachments that this client allows are no violations.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) with every
    /// violation.
    pub fn accept(&self, mut found: Found) -> Result<(), Error> {
        self.allow(&mut found);
        found.result().map_err(Error::invalid)
    }

    /// Removes the addresses that this client allows from the violations: every
    /// address if the client is configured so, otherwise the addresses below the
    /// base URL. Uploaded files have an address below the base URL, which may be on
    /// loopback.
    pub(crate) fn allow(&self, found: &mut Found) {
        match self.shared.any_attachment_url {
            true => found.addresses.clear(),
            false => found.allow_below(self.base_url()),
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("base_url", &self.base_url())
            .field("credentials", &self.shared.credentials)
            .field("limits", &self.shared.limits)
            .finish_non_exhaustive()
    }
}
