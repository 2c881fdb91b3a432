//! A secret in the forms it is sent and might come back in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::{InvalidCredentials, echo};

/// One checked secret. There is no way to print it.
pub(crate) struct Secret {
    /// The whole value of the `authorization` header.
    header: SecretString,
    /// Every form in which it could be echoed.
    forms: Vec<SecretString>,
}

impl Secret {
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
        check(
            key,
            "the API key is empty or holds a blank or control character",
        )?;
        let pair = SecretString::from(format!("{email}:{key}"));
        let encoded = STANDARD.encode(pair.expose_secret());
        Ok(Self {
            header: SecretString::from(format!("Basic {encoded}")),
            forms: vec![SecretString::from(key), SecretString::from(encoded)],
        })
    }

    /// An OAuth2 access token.
    pub(crate) fn bearer(token: &str) -> Result<Self, InvalidCredentials> {
        const PROBLEM: &str =
            "the access token is empty or holds something other than visible ASCII characters";
        check(token, PROBLEM)?;
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidCredentials(PROBLEM));
        }
        Ok(Self {
            header: SecretString::from(format!("Bearer {token}")),
            forms: vec![SecretString::from(token)],
        })
    }

    /// The `authorization` header, marked so that nothing prints it.
    ///
    /// `None` can't occur for a secret that was checked; it stands for a value
    /// that no header can hold.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(self.header.expose_secret()).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Whether a text repeats the secret, in any form that can be told apart
    /// from chance.
    pub(crate) fn echoed_in(&self, text: &[u8]) -> bool {
        self.forms
            .iter()
            .any(|secret| echo::contains(text, secret.expose_secret()))
    }
}

fn check(token: &str, problem: &'static str) -> Result<(), InvalidCredentials> {
    if token.is_empty() || token.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Err(InvalidCredentials(problem));
    }
    Ok(())
}
