//! Who the client is to the service, kept out of everything that is printed.

mod echo;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// What a client proves itself with.
pub(crate) struct Credentials {
    /// The whole value of the `authorization` header.
    header: SecretString,
    /// Every form in which the secret could be echoed.
    secrets: Vec<SecretString>,
    scheme: &'static str,
}

impl Credentials {
    /// HTTP Basic with an account's e-mail address and an API key.
    pub(crate) fn api_key(email: &str, key: &str) -> Result<Self, InvalidCredentials> {
        if email.is_empty() || email.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return Err(InvalidCredentials(
                "the e-mail address of the API key is empty or holds a blank or control character",
            ));
        }
        if email.contains(':') {
            return Err(InvalidCredentials(
                "the e-mail address of the API key holds a colon, which Basic authentication \
                 can't carry",
            ));
        }
        check_token(
            key,
            "the API key is empty or holds a blank or control character",
        )?;
        let pair = SecretString::from(format!("{email}:{key}"));
        let encoded = STANDARD.encode(pair.expose_secret());
        Ok(Self {
            header: SecretString::from(format!("Basic {encoded}")),
            secrets: vec![SecretString::from(key), SecretString::from(encoded)],
            scheme: "Basic",
        })
    }

    /// An OAuth2 access token.
    pub(crate) fn bearer(token: &str) -> Result<Self, InvalidCredentials> {
        const PROBLEM: &str =
            "the access token is empty or holds something other than visible ASCII characters";
        check_token(token, PROBLEM)?;
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidCredentials(PROBLEM));
        }
        Ok(Self {
            header: SecretString::from(format!("Bearer {token}")),
            secrets: vec![SecretString::from(token)],
            scheme: "Bearer",
        })
    }

    /// The `authorization` header, marked so that nothing prints it.
    ///
    /// `None` can't occur for credentials that were checked; it stands for a
    /// value that no header can hold.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(self.header.expose_secret()).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Whether a text from the service repeats a secret of ours, in any form
    /// that can be told apart from chance.
    pub(crate) fn echoed_in(&self, text: &[u8]) -> bool {
        self.secrets
            .iter()
            .any(|secret| echo::contains(text, secret.expose_secret()))
    }
}

fn check_token(token: &str, problem: &'static str) -> Result<(), InvalidCredentials> {
    if token.is_empty() || token.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Err(InvalidCredentials(problem));
    }
    Ok(())
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("scheme", &self.scheme)
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
    use super::*;

    #[test]
    fn an_api_key_is_sent_as_basic_authentication() {
        let credentials = Credentials::api_key("agent@acme.example", "k3y:with-colon").unwrap();
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
        let header = Credentials::bearer("abc.def-ghi")
            .unwrap()
            .header()
            .unwrap();
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
            let error = Credentials::api_key(email, "key").unwrap_err();
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
            let error = Credentials::api_key("agent@acme.example", key).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("cret"));
            let error = Credentials::bearer(key).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("cret"));
        }
        assert!(Credentials::bearer("sécret").is_err());
    }

    #[test]
    fn an_unusual_but_possible_pair_is_accepted() {
        assert!(
            Credentials::api_key("ågent@acme.example", "schlüssel")
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
