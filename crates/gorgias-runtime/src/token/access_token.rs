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
    /// Makes a token that is used until the service refuses it.
    pub fn new(token: impl Into<String>) -> Self {
        Self {
            secret: SecretString::from(token.into()),
            lifetime: None,
        }
    }

    /// Sets how long from now the token is valid. The client then asks for a new
    /// one in time, in place of sending a request that is refused. Leave a margin
    /// for a request under way.
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
