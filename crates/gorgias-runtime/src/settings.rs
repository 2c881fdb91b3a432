//! The settings of a connection, and what checks them.
//!
//! The setters are in a macro, because two builders have them: that of the
//! generated client and that of `gorgias`. Each keeps its [`Settings`] in a
//! field of that name.

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

/// What a builder was told. Nothing is checked before
/// [`connect`](Self::connect), which checks everything.
#[must_use]
pub struct Settings {
    subdomain: String,
    /// Another address than the subdomain's.
    pub base: Option<Base>,
    /// What to sign in with.
    pub login: Option<Login>,
    /// The application's part of the user agent.
    pub application: Option<String>,
    /// Limits of time and size.
    pub limits: Limits,
    /// How persistent calls are.
    pub retry: RetryPolicy,
    /// How the account's rate limit is kept to.
    pub rate_limit: RateLimit,
    /// Which proxy https goes through.
    pub proxy: Proxy,
    /// What requests go through in place of the network.
    pub transport: Option<Arc<dyn Transport>>,
    /// Whether attachments may have any address.
    pub any_attachment_url: bool,
}

/// An address that was given in place of a subdomain.
pub enum Base {
    /// A helpdesk's own, or a loopback literal.
    Checked(String),
    /// Any https address.
    Danger(String),
}

/// What a client signs in with.
pub struct Login(Kind);

enum Kind {
    ApiKey { email: String, key: SecretString },
    Bearer(SecretString),
    Provider(Arc<dyn TokenProvider>),
}

impl Login {
    /// An API key of a user.
    #[must_use]
    pub fn api_key(email: String, key: String) -> Self {
        let key = SecretString::from(key);
        Self(Kind::ApiKey { email, key })
    }

    /// An access token.
    #[must_use]
    pub fn bearer(token: String) -> Self {
        Self(Kind::Bearer(SecretString::from(token)))
    }

    /// Access tokens that a provider gives out.
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self(Kind::Provider(Arc::new(provider)))
    }

    fn check(self, limits: &Limits) -> Result<Credentials, InvalidCredentials> {
        match self.0 {
            Kind::ApiKey { email, key } => Credentials::api_key(&email, key.expose_secret()),
            Kind::Bearer(token) => Credentials::bearer(token.expose_secret()),
            Kind::Provider(provider) => {
                Ok(Credentials::Provided(Tokens::new(provider, limits.attempt)))
            }
        }
    }
}

impl Settings {
    /// The default settings of a client for a helpdesk.
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

    /// Checks the settings and makes a connection of them. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), whose
    /// source says what is not acceptable without repeating it.
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

// A mistaken address may hold a password.
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
