//! A secret: the header it is sent in, and the forms in which an answer might
//! repeat it.

mod echo;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// One checked secret. It has no `Debug` and no `Display`.
pub(crate) struct Secret {
    /// The whole value of the `authorization` header.
    header: SecretString,
    /// The texts to look for in answers.
    forms: Vec<SecretString>,
}

impl Secret {
    /// Checks an e-mail address and an API key, for HTTP Basic.
    ///
    /// # Errors
    ///
    /// A text that names the invalid part, without repeating its value.
    pub(crate) fn api_key(email: &str, key: &str) -> Result<Self, &'static str> {
        check(
            email,
            "the e-mail address of the API key is empty or holds a blank or control character",
        )?;
        if email.contains(':') {
            return Err(
                "the e-mail address of the API key holds a colon, which Basic authentication \
                 can't carry",
            );
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

    /// Checks an OAuth2 access token.
    ///
    /// # Errors
    ///
    /// A text that doesn't repeat the token.
    pub(crate) fn bearer(token: &str) -> Result<Self, &'static str> {
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(
                "the access token is empty or holds something other than visible ASCII characters",
            );
        }
        Ok(Self {
            header: SecretString::from(format!("Bearer {token}")),
            forms: vec![SecretString::from(token)],
        })
    }

    /// Returns the value of the `authorization` header, marked as sensitive so
    /// that nothing prints it.
    ///
    /// `None` can't occur: the constructors refuse text that no header can
    /// contain.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(self.header.expose_secret()).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Whether a text repeats the secret, as it is or encoded.
    pub(crate) fn echoed_in(&self, text: &[u8]) -> bool {
        self.forms
            .iter()
            .any(|secret| echo::contains(text, secret.expose_secret()))
    }
}

fn check(text: &str, problem: &'static str) -> Result<(), &'static str> {
    match text.is_empty() || text.contains(|c: char| c.is_control() || c.is_whitespace()) {
        true => Err(problem),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
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
            assert!(email.is_empty() || !error.contains(email));
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
            assert!(!error.contains("cret"));
            let error = Secret::bearer(key).err().unwrap();
            assert!(!error.contains("cret"));
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
}
