//! The settings of a client, and their check.
//!
//! The setters are a macro in `setters.rs`, because two builders have them:
//! that of the generated client and that of `gorgias`. Each keeps a
//! [`Settings`] in its field `settings`.

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use crate::connection::{Connection, Parts};
use crate::credentials::Credentials;
use crate::endpoint::{BaseUrl, Subdomain};
use crate::error::Error;
use crate::limits::Limits;
use crate::network::{Proxy, network};
use crate::pacer::RateLimit;
use crate::retry::RetryPolicy;
use crate::secret::InvalidCredentials;
use crate::token::{TokenProvider, Tokens};
use crate::transport::Transport;
use crate::user_agent::user_agent;

/// The settings that a builder collects. [`connect`](Self::connect) checks all
/// of them.
#[must_use]
pub struct Settings {
    subdomain: String,
    /// The base address, if it isn't the subdomain's.
    pub base: Option<Base>,
    /// The credentials, before they are checked.
    pub login: Option<Login>,
    /// The application's part of the user agent.
    pub application: Option<String>,
    /// Limits of time and size.
    pub limits: Limits,
    /// When and how often failed calls are repeated.
    pub retry: RetryPolicy,
    /// How the client keeps to the account's rate limit.
    pub rate_limit: RateLimit,
    /// The proxy that https requests go through.
    pub proxy: Proxy,
    /// The transport in place of the network.
    pub transport: Option<Arc<dyn Transport>>,
    /// Whether attachments of every address are allowed.
    pub any_attachment_url: bool,
}

/// A base address given in place of a subdomain.
pub enum Base {
    /// The address of a helpdesk, or a loopback literal.
    Checked(String),
    /// Any https address.
    Danger(String),
}

/// The credentials that a builder was given, before they are checked.
pub struct Login(Scheme);

enum Scheme {
    ApiKey { email: String, key: SecretString },
    Bearer(SecretString),
    Provider(Arc<dyn TokenProvider>),
}

impl Login {
    /// Holds an API key of a user.
    #[must_use]
    pub fn api_key(email: String, key: String) -> Self {
        let key = SecretString::from(key);
        Self(Scheme::ApiKey { email, key })
    }

    /// Holds an access token.
    #[must_use]
    pub fn bearer(token: String) -> Self {
        Self(Scheme::Bearer(SecretString::from(token)))
    }

    /// Holds a provider of access tokens.
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self(Scheme::Provider(Arc::new(provider)))
    }

    fn check(self, limits: &Limits) -> Result<Credentials, InvalidCredentials> {
        match self.0 {
            Scheme::ApiKey { email, key } => Credentials::api_key(&email, key.expose_secret()),
            Scheme::Bearer(token) => Credentials::bearer(token.expose_secret()),
            Scheme::Provider(provider) => {
                Ok(Credentials::Provided(Tokens::new(provider, limits.attempt)))
            }
        }
    }
}

impl Settings {
    /// Returns the default settings for a helpdesk.
    pub fn new(subdomain: String) -> Self {
        Self {
            subdomain,
            base: None,
            login: None,
            application: None,
            limits: Limits::default(),
            retry: RetryPolicy::default(),
            rate_limit: RateLimit::default(),
            proxy: Proxy::Environment,
            transport: None,
            any_attachment_url: false,
        }
    }

    /// Checks the settings and makes a connection. No request is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), whose
    /// source names the setting that is refused without repeating its value.
    pub fn connect(self) -> Result<Connection, Error> {
        let base = match &self.base {
            None => Subdomain::new(self.subdomain)
                .map(|subdomain| BaseUrl::helpdesk(&subdomain))
                .map_err(Error::configuration)?,
            Some(Base::Checked(url)) => BaseUrl::parse(url).map_err(Error::configuration)?,
            Some(Base::Danger(url)) => {
                BaseUrl::parse_any_host(url).map_err(Error::configuration)?
            }
        };
        let login = self.login.ok_or(MissingCredentials);
        let login = login.map_err(Error::configuration)?;
        self.limits.check().map_err(Error::configuration)?;
        let credentials = login.check(&self.limits).map_err(Error::configuration)?;
        let agent = user_agent(self.application.as_deref()).map_err(Error::configuration)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => network(&base, &self.limits, &self.proxy).map_err(Error::configuration)?,
        };
        Ok(Connection::new(Parts {
            base,
            transport,
            credentials,
            user_agent: agent,
            limits: self.limits,
            retry: self.retry,
            rate_limit: self.rate_limit,
            any_attachment_url: self.any_attachment_url,
        }))
    }
}

// An address that is refused may hold a password.
impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Base").finish_non_exhaustive()
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").finish_non_exhaustive()
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// No credentials were given.
#[derive(Clone, Copy, Debug)]
struct MissingCredentials;

impl fmt::Display for MissingCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there are no credentials: give an API key or an access token")
    }
}

impl std::error::Error for MissingCredentials {}
