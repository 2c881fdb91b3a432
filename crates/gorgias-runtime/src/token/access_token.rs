//! One access token.

use std::fmt;
use std::time::Duration;

use secrecy::SecretString;

/// An OAuth2 access token. `Debug` doesn't show it.
#[derive(Clone)]
pub struct AccessToken {
    pub(super) secret: SecretString,
    pub(super) lifetime: Option<Duration>,
}

impl AccessToken {
    /// Creates a token that is used until the service refuses it.
    pub fn new(token: impl Into<String>) -> Self {
        Self {
            secret: SecretString::from(token.into()),
            lifetime: None,
        }
    }

    /// Sets how long the token is valid, counted from when the client receives
    /// it. After this time the client asks the provider for a new token, and
    /// doesn't wait for the service to refuse the old one. Give a little less
    /// than the real time, so that the token is still valid when a request
    /// arrives.
    #[must_use]
    pub fn valid_for(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}
