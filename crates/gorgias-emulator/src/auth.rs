//! Authentication: checks the credentials of a request.

use ::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::log::LoggedAuth;

/// The credentials of a request.
#[derive(Clone, PartialEq)]
pub(crate) enum Credentials {
    /// An e-mail address and an API key.
    Key(String, String),
    Token(String),
}

/// The accepted credentials. If there are none in the list, all credentials without an
/// empty part are accepted.
#[derive(Clone, Default)]
pub(crate) struct Accounts(pub(crate) Vec<Credentials>);

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
    fn accept(&self, given: &Credentials) -> bool {
        if !self.0.is_empty() {
            return self.0.contains(given);
        }
        match given {
            Credentials::Key(email, key) => !email.is_empty() && !key.is_empty(),
            Credentials::Token(token) => !token.is_empty(),
        }
    }

    /// Returns the caller, or why the credentials are refused.
    pub(crate) fn authenticate(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        let given = credentials(headers).ok_or(Refusal::NoCredentials)?;
        let is_accepted = self.accept(&given);
        match given {
            Credentials::Key(email, _) if is_accepted => Ok(Some(email)),
            Credentials::Token(_) if is_accepted => Ok(None),
            Credentials::Key(..) => Err(Refusal::WrongKey),
            Credentials::Token(_) => Err(Refusal::WrongToken),
        }
    }
}

fn credentials(headers: &HeaderMap) -> Option<Credentials> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(Credentials::Token(rest.trim().to_owned()));
    }
    if scheme.eq_ignore_ascii_case("basic") {
        let decoded = STANDARD.decode(rest.trim()).ok()?;
        let decoded = String::from_utf8(decoded).ok()?;
        let (email, key) = decoded.split_once(':')?;
        return Some(Credentials::Key(email.to_owned(), key.to_owned()));
    }
    None
}

/// Returns the kind of the credentials, for the exchange log.
pub(crate) fn logged(headers: &HeaderMap) -> LoggedAuth {
    match credentials(headers) {
        Some(Credentials::Key(..)) => LoggedAuth::Basic,
        Some(Credentials::Token(_)) => LoggedAuth::Bearer,
        None => LoggedAuth::None,
    }
}
