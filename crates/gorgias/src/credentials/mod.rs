//! Who the client is to the service, kept out of everything that is printed.

mod echo;
mod secret;

use std::fmt;

use http::HeaderValue;

pub(crate) use self::secret::Secret;
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

/// Credentials that no request could carry. Says which part, never its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InvalidCredentials(&'static str);

impl fmt::Display for InvalidCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidCredentials {}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    #[test]
    fn an_api_key_is_sent_as_basic_authentication() {
        let credentials = Secret::api_key("agent@acme.example", "k3y:with-colon").unwrap();
        let header = credentials.header().unwrap();
        assert!(header.is_sensitive());
        assert_eq!(
            header.to_str().unwrap(),
            format!(
                "Basic {}",
                STANDARD.encode("agent@acme.example:k3y:with-colon")
            )
        );
    }

    #[test]
    fn an_access_token_is_sent_as_bearer() {
        let header = Secret::bearer("abc.def-ghi").unwrap().header().unwrap();
        assert!(header.is_sensitive());
        assert_eq!(header, "Bearer abc.def-ghi");
    }

    #[test]
    fn what_a_header_can_not_carry_is_refused_without_being_repeated() {
        let emails = [
            "",
            "a:b@acme.example",
            "a\r\nx@acme",
            "a\0@acme",
            "a @acme",
            "a\u{85}@acme",
        ];
        for email in emails {
            let error = Secret::api_key(email, "key").err().unwrap();
            assert!(email.is_empty() || !error.to_string().contains(email));
        }
        for key in [
            "",
            " ",
            "se cret",
            "secret\n",
            "secret\r",
            "\0secret",
            "sec\tret",
            "se\u{a0}cret",
        ] {
            let error = Secret::api_key("agent@acme.example", key).err().unwrap();
            assert!(!format!("{error} {error:?}").contains("cret"));
            let error = Secret::bearer(key).err().unwrap();
            assert!(!format!("{error} {error:?}").contains("cret"));
        }
        assert!(Secret::bearer("sécret").is_err());
    }

    #[test]
    fn an_unusual_but_possible_pair_is_accepted() {
        assert!(
            Secret::api_key("ågent@acme.example", "schlüssel")
                .unwrap()
                .header()
                .is_some()
        );
    }

    #[test]
    fn debug_shows_the_scheme_only() {
        let credentials = Credentials::api_key("agent@acme.example", "hunter2hunter2").unwrap();
        let shown = format!("{credentials:?}");
        assert_eq!(shown, "Credentials { scheme: \"Basic\", .. }");
    }
}
