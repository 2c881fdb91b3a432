//! The settings of a client, and their check.
//!
//! The setters are a macro in `setters.rs`, because two builders have them: the
//! builder of the generated client and the builder of `gorgias`. Each builder
//! keeps a [`Settings`] in its field `settings`.

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use crate::BoxError;
use crate::connection::{Connection, Shared};
use crate::credentials::Credentials;
use crate::endpoint::{BaseUrl, Subdomain};
use crate::error::Error;
use crate::limits::Limits;
use crate::network::{Proxy, network};
use crate::pacer::RateLimit;
use crate::retry::{Budget, RetryPolicy};
use crate::token::{TokenProvider, Tokens};
use crate::transport::Transport;
use crate::user_agent::user_agent;

const MISSING_CREDENTIALS: &str = "there are no credentials: give an API key or an access token";

/// The settings that a builder collects. [`connect`](Self::connect) checks all
/// of them.
#[derive(Default)]
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
    /// The transport that is used in place of the network.
    pub transport: Option<Arc<dyn Transport>>,
    /// Whether an attachment may have any address, and not only a public one.
    pub any_attachment_url: bool,
}

/// A base address given in place of a subdomain.
pub enum Base {
    /// The address of a helpdesk, or a loopback IP address.
    Checked(String),
    /// Any https address, or a loopback IP address.
    Danger(String),
}

/// The credentials that a builder was given, before they are checked.
pub enum Login {
    /// The e-mail address of a user, and an API key.
    ApiKey {
        /// The e-mail address.
        email: String,
        /// The API key.
        key: SecretString,
    },
    /// An access token.
    Bearer(SecretString),
    /// A provider of access tokens.
    Provider(Arc<dyn TokenProvider>),
}

impl Login {
    /// Creates a login with the API key of a user.
    #[must_use]
    pub fn api_key(email: String, key: String) -> Self {
        let key = SecretString::from(key);
        Self::ApiKey { email, key }
    }

    /// Creates a login with an access token.
    #[must_use]
    pub fn bearer(token: String) -> Self {
        Self::Bearer(SecretString::from(token))
    }

    /// Creates a login with a provider of access tokens.
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self::Provider(Arc::new(provider))
    }

    fn check(self, limits: &Limits) -> Result<Credentials, &'static str> {
        match self {
            Self::ApiKey { email, key } => Credentials::api_key(&email, key.expose_secret()),
            Self::Bearer(token) => Credentials::bearer(token.expose_secret()),
            Self::Provider(provider) => {
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
            ..Self::default()
        }
    }

    /// Checks the settings and creates a connection. No request is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), whose
    /// source names the setting that is refused without repeating its value.
    pub fn connect(self) -> Result<Connection, Error> {
        self.check().map_err(Error::configuration)
    }

    fn check(self) -> Result<Connection, BoxError> {
        let base = match &self.base {
            None => {
                let subdomain = Subdomain::new(self.subdomain)?;
                BaseUrl::parse(&format!("https://{}", subdomain.host()))?
            }
            Some(Base::Checked(url)) => BaseUrl::parse(url)?,
            Some(Base::Danger(url)) => BaseUrl::parse_any_host(url)?,
        };
        let login = self.login.ok_or(MISSING_CREDENTIALS)?;
        self.limits.check()?;
        let credentials = login.check(&self.limits)?;
        let user_agent = user_agent(self.application.as_deref())?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => network(&base, &self.limits, &self.proxy)?,
        };
        Ok(Connection::new(Shared {
            base,
            transport,
            credentials,
            user_agent,
            limits: self.limits,
            retry: self.retry,
            budget: Budget::new(),
            rate_limit: self.rate_limit,
            any_attachment_url: self.any_attachment_url,
        }))
    }
}

// A base address that is refused may contain a password, so no address is
// shown.
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
