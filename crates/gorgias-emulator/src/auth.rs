//! Authentication: checks the credentials of a request.

use ::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::log::LoggedAuth;

/// The accepted credentials. If none are set, any non-empty ones are accepted.
#[derive(Clone, Default)]
pub(crate) struct Accounts {
    keys: Vec<(String, String)>,
    tokens: Vec<String>,
}

/// The caller of a request: an agent's e-mail address, or none for an
/// application.
pub(crate) type Caller = Option<String>;

/// The reason why credentials are refused.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Refusal {
    NoCredentials,
    WrongKey,
    WrongToken,
}

impl Accounts {
    pub(crate) fn pin_key(&mut self, email: String, key: String) {
        self.keys.push((email, key));
    }

    pub(crate) fn pin_token(&mut self, token: String) {
        self.tokens.push(token);
    }

    fn open(&self) -> bool {
        self.keys.is_empty() && self.tokens.is_empty()
    }

    /// Returns the caller, or why the credentials are refused.
    pub(crate) fn authenticate(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        match credentials(headers) {
            Some(Given::Key(email, key)) => {
                let pinned = self.keys.iter().any(|(e, k)| *e == email && *k == key);
                let accepted = pinned || (self.open() && !email.is_empty() && !key.is_empty());
                accepted.then_some(Some(email)).ok_or(Refusal::WrongKey)
            }
            Some(Given::Token(token)) => {
                let pinned = self.tokens.contains(&token);
                let accepted = pinned || (self.open() && !token.is_empty());
                accepted.then_some(None).ok_or(Refusal::WrongToken)
            }
            None => Err(Refusal::NoCredentials),
        }
    }
}

enum Given {
    Key(String, String),
    Token(String),
}

fn credentials(headers: &HeaderMap) -> Option<Given> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(Given::Token(rest.trim().to_owned()));
    }
    if scheme.eq_ignore_ascii_case("basic") {
        let decoded = STANDARD.decode(rest.trim()).ok()?;
        let decoded = String::from_utf8(decoded).ok()?;
        let (email, key) = decoded.split_once(':')?;
        return Some(Given::Key(email.to_owned(), key.to_owned()));
    }
    None
}

/// Returns the kind of the credentials, for the exchange log.
pub(crate) fn logged(headers: &HeaderMap) -> LoggedAuth {
    match credentials(headers) {
        Some(Given::Key(..)) => LoggedAuth::Basic,
        Some(Given::Token(_)) => LoggedAuth::Bearer,
        None => LoggedAuth::None,
    }
}
