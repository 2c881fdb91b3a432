//! Who the client is to the service, kept out of everything that is printed.

use std::fmt;

use http::HeaderValue;

use crate::secret::{InvalidCredentials, Secret};
use crate::token::{Issued, TokenError, Tokens};

/// What a client proves itself with.
pub(crate) enum Credentials {
    /// An e-mail address with an API key.
    ApiKey(Secret),
    /// An access token that stays the same.
    Bearer(Secret),
    /// Access tokens that are renewed.
    Provided(Tokens),
}

/// What one request proves itself with.
pub(crate) struct Authorization {
    /// None can't occur, as for [`Secret::header`].
    pub(crate) header: Option<HeaderValue>,
    issued: Option<Issued>,
}

impl Credentials {
    /// HTTP Basic with an account's e-mail address and an API key.
    pub(crate) fn api_key(email: &str, key: &str) -> Result<Self, InvalidCredentials> {
        Secret::api_key(email, key).map(Self::ApiKey)
    }

    /// An OAuth2 access token.
    pub(crate) fn bearer(token: &str) -> Result<Self, InvalidCredentials> {
        Secret::bearer(token).map(Self::Bearer)
    }

    /// What to send with the next request. Waits only for a token provider
    /// that has to be asked.
    pub(crate) async fn authorize(&self) -> Result<Authorization, TokenError> {
        match self {
            Self::ApiKey(secret) | Self::Bearer(secret) => Ok(Authorization {
                header: secret.header(),
                issued: None,
            }),
            Self::Provided(tokens) => {
                let issued = tokens.issue().await?;
                Ok(Authorization {
                    header: issued.secret.header(),
                    issued: Some(issued),
                })
            }
        }
    }

    /// The service has refused what was sent.
    pub(crate) fn refused(&self, authorization: &Authorization) {
        if let (Self::Provided(tokens), Some(issued)) = (self, &authorization.issued) {
            tokens.refuse(issued);
        }
    }

    /// Whether there may be others after the service has refused these.
    pub(crate) fn are_renewable(&self) -> bool {
        matches!(self, Self::Provided(_))
    }

    /// Whether a text from the service repeats a secret of ours, in any form
    /// that can be told apart from chance.
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
