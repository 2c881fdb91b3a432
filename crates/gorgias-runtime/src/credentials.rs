//! The credentials of a client. `Debug` doesn't show them.

use std::fmt;

use http::HeaderValue;
use tokio::time::error::Elapsed;
use tokio::time::{Instant, timeout_at};

use crate::secret::Secret;
use crate::token::{Issued, TokenError, Tokens};

/// The credentials of a client.
pub(crate) enum Credentials {
    /// An e-mail address with an API key.
    ApiKey(Secret),
    /// An access token that isn't renewed.
    Bearer(Secret),
    /// Access tokens from a provider, which renews them.
    Provided(Tokens),
}

/// The credentials of one request.
pub(crate) struct Authorization {
    /// The value of the `authorization` header. `None` can't occur: see
    /// [`Secret::header`].
    pub(crate) header: Option<HeaderValue>,
    issued: Option<Issued>,
}

impl Credentials {
    /// Checks an e-mail address and an API key, for HTTP Basic.
    pub(crate) fn api_key(email: &str, key: &str) -> Result<Self, &'static str> {
        Secret::api_key(email, key).map(Self::ApiKey)
    }

    /// Checks an OAuth2 access token.
    pub(crate) fn bearer(token: &str) -> Result<Self, &'static str> {
        Secret::bearer(token).map(Self::Bearer)
    }

    /// Returns the credentials of the next request. Waits only when the token
    /// provider has to be asked, and until `end` at most.
    pub(crate) async fn authorize(
        &self,
        end: Instant,
    ) -> Result<Result<Authorization, TokenError>, Elapsed> {
        match self {
            Self::ApiKey(secret) | Self::Bearer(secret) => Ok(Ok(Authorization {
                header: secret.header(),
                issued: None,
            })),
            Self::Provided(tokens) => {
                let issued = timeout_at(end, tokens.issue()).await?;
                Ok(issued.map(|issued| Authorization {
                    header: issued.secret.header(),
                    issued: Some(issued),
                }))
            }
        }
    }

    /// Drops the provider's token of a request that the service refused. Other
    /// credentials are kept.
    pub(crate) fn refused(&self, authorization: &Authorization) {
        if let (Self::Provided(tokens), Some(issued)) = (self, &authorization.issued) {
            tokens.refuse(issued);
        }
    }

    /// Whether new credentials can be obtained after the service refused the
    /// current ones.
    pub(crate) fn are_renewable(&self) -> bool {
        matches!(self, Self::Provided(_))
    }

    /// Whether a text from the service repeats a secret, as it is or encoded.
    /// Short matches, which may be chance, don't count.
    pub(crate) fn echoed_in(&self, text: &[u8]) -> bool {
        match self {
            Self::ApiKey(secret) | Self::Bearer(secret) => secret.echoed_in(text),
            Self::Provided(tokens) => tokens.echoed_in(text),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self {
            Self::ApiKey(_) => "Basic",
            Self::Bearer(_) | Self::Provided(_) => "Bearer",
        };
        f.debug_struct("Credentials")
            .field("scheme", &scheme)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_scheme_only() {
        let credentials = Credentials::api_key("agent@acme.example", "hunter2hunter2").unwrap();
        let shown = format!("{credentials:?}");
        assert_eq!(shown, "Credentials { scheme: \"Basic\", .. }");
    }
}
