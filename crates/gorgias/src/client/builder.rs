//! Configuring a client.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use bytes::Bytes;
use gorgias_api::support::Inner;
use gorgias_api::support::transport::Transport;
use http::{Request, Response};
use secrecy::{ExposeSecret, SecretString};
use tower_service::Service;

use super::limits::Limits;
use super::{Client, Shared};
use crate::credentials::{Credentials, InvalidCredentials};
use crate::endpoint::{BaseUrl, Subdomain};
use crate::error::Error;
use crate::journal::{Journal, MemoryJournal};
use crate::once::SettlePolicy;
use crate::pacer::RateLimit;
use crate::retry::{Budget, Pause, RetryPolicy};
use crate::tickets::blank_create;
use crate::token::{TokenProvider, Tokens};
use crate::transport::{Outgoing, PacedTransport, Proxy, ServiceTransport, network, unconnected};
use crate::user_agent::user_agent;

/// Configures a [`Client`]. Nothing is checked before [`build`](Self::build),
/// which checks everything.
///
/// | limit | default | set with |
/// |---|---|---|
/// | connecting, TLS included | 3.1 s | [`connect_timeout`](Self::connect_timeout) |
/// | one request and its response | 30 s | [`attempt_timeout`](Self::attempt_timeout) |
/// | a whole call | 60 s | [`operation_timeout`](Self::operation_timeout) |
/// | between pieces of a response body | 10 s | [`body_idle_timeout`](Self::body_idle_timeout) |
/// | the body of a response | 16 MiB | [`max_response_bytes`](Self::max_response_bytes) |
#[must_use = "a builder does nothing until built"]
pub struct ClientBuilder {
    subdomain: String,
    base: Base,
    login: Option<Login>,
    application: Option<String>,
    limits: Limits,
    retry: RetryPolicy,
    rate_limit: RateLimit,
    settle: SettlePolicy,
    journal: Option<Arc<dyn Journal>>,
    proxy: Proxy,
    any_attachment_url: bool,
    transport: Option<Arc<dyn Transport>>,
}

enum Base {
    Helpdesk,
    Checked(String),
    Danger(String),
}

enum Login {
    ApiKey { email: String, key: SecretString },
    Bearer(SecretString),
    Provider(Arc<dyn TokenProvider>),
}

impl ClientBuilder {
    pub(super) fn new(subdomain: String) -> Self {
        Self {
            subdomain,
            base: Base::Helpdesk,
            login: None,
            application: None,
            limits: Limits::default(),
            retry: RetryPolicy::default(),
            rate_limit: RateLimit::default(),
            settle: SettlePolicy::default(),
            journal: None,
            proxy: Proxy::Environment,
            any_attachment_url: false,
            transport: None,
        }
    }

    /// Signs in with an API key, as a private app: the e-mail address of the
    /// user the key acts for, and the key itself.
    pub fn api_key(mut self, email: impl Into<String>, key: impl Into<String>) -> Self {
        self.login = Some(Login::ApiKey {
            email: email.into(),
            key: SecretString::from(key.into()),
        });
        self
    }

    /// Signs in with an OAuth2 access token, as a public app. An API key
    /// doesn't work here.
    pub fn bearer(mut self, token: impl Into<String>) -> Self {
        self.login = Some(Login::Bearer(SecretString::from(token.into())));
        self
    }

    /// Signs in with OAuth2 access tokens that a provider gives out.
    ///
    /// When the service refuses a token with 401, the provider is asked for
    /// another one, once for all calls that it happened to, and each of them
    /// is sent once more with it, as far as its
    /// [policy](RetryPolicy::max_attempts) allows. See
    /// [`token`](crate::token).
    pub fn token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.login = Some(Login::Provider(Arc::new(provider)));
        self
    }

    /// Names the application in the `user-agent` of every request, after
    /// this library's own name: 1 to 256 printable ASCII characters such as
    /// `acme-sync/2.1`.
    pub fn user_agent(mut self, application: impl Into<String>) -> Self {
        self.application = Some(application.into());
        self
    }

    /// Sends to another address than the subdomain's: a helpdesk's own
    /// (`https://NAME.gorgias.com`), or a loopback literal such as
    /// `http://127.0.0.1:8080` for an emulator. Names like `localhost` don't
    /// count as loopback, and plain http goes nowhere else.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = Base::Checked(url.into());
        self
    }

    /// Sends to any https address, such as a gateway of one's own. Whoever
    /// answers there gets the credentials and everything in every ticket.
    pub fn danger_base_url(mut self, url: impl Into<String>) -> Self {
        self.base = Base::Danger(url.into());
        self
    }

    /// Bounds connecting, TLS handshake included. 3.1 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect = timeout;
        self
    }

    /// Bounds one request, from its first byte to the last of its response.
    /// 30 seconds by default.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = timeout;
        self
    }

    /// Bounds a whole call with all its attempts and waits, except the wait for
    /// the rate limit. 60 seconds by default; a call can set its own.
    pub fn operation_timeout(mut self, timeout: Duration) -> Self {
        self.limits.operation = timeout;
        self
    }

    /// Bounds the silence between two pieces of a response body. 10 seconds
    /// by default.
    pub fn body_idle_timeout(mut self, timeout: Duration) -> Self {
        self.limits.body_idle = timeout;
        self
    }

    /// Bounds the body of a response, in bytes. 16 MiB by default.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.limits.response_bytes = bytes;
        self
    }

    /// Sets how persistent calls are. See [`RetryPolicy`] for the defaults.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets how the client keeps to the account's rate limit, in place of
    /// [`RateLimit::automatic`]. Clients that are given clones of one value
    /// share the limit.
    ///
    /// ```
    /// use gorgias::pacer::Lane;
    /// use gorgias::{Client, NewTicket, RateLimit};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), gorgias::Error> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build().unwrap();
    /// // Two clients of one account, paced as one.
    /// let rate_limit = RateLimit::automatic();
    /// let client = |rate_limit: &RateLimit| {
    ///     Client::builder("acme")
    ///         .api_key("agent@acme.example", "key")
    /// #       .service(emulator.service())
    ///         .rate_limit(rate_limit.clone())
    ///         .build()
    /// };
    /// let (one, other) = (client(&rate_limit)?, client(&rate_limit)?);
    ///
    /// // One of many, beside one that somebody waits for.
    /// let import = one.tickets().create(NewTicket::from_customer("jane@example.com"));
    /// let single = other.tickets().create(NewTicket::from_customer("joe@example.com"));
    /// let (_imported, _single) =
    ///     tokio::try_join!(import.lane(Lane::Bulk).into_future(), single.into_future())?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn rate_limit(mut self, rate_limit: RateLimit) -> Self {
        self.rate_limit = rate_limit;
        self
    }

    /// Sets how `create_once` settles the fate of a ticket that isn't known.
    /// See [`SettlePolicy`] for the defaults.
    pub fn settle(mut self, policy: SettlePolicy) -> Self {
        self.settle = policy;
        self
    }

    /// Sets where `create_once` writes down what it sends. A
    /// [`MemoryJournal`] by default, which forgets everything with the
    /// process. Every helpdesk needs a journal of its own.
    pub fn journal(mut self, journal: impl Journal) -> Self {
        self.journal = Some(Arc::new(journal));
        self
    }

    /// Sends through a proxy, in place of any that the environment names:
    /// `http://` or `https://`, a host, and a user name and password if it
    /// wants them. The helpdesk is reached through a tunnel, so the proxy sees
    /// its name and no request. Loopback addresses never go through one.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Proxy::Chosen(SecretString::from(url.into()));
        self
    }

    /// Ignores proxies from the environment (`HTTPS_PROXY` and its kin).
    /// Loopback addresses never go through one.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::Never;
        self
    }

    /// Lets attachments have any address. Without this only https addresses
    /// of public hosts may be sent: whoever opens a ticket fetches its
    /// attachments, and an address from a stranger could point at a file or a
    /// host that only the reader can reach.
    pub fn danger_any_attachment_url(mut self) -> Self {
        self.any_attachment_url = true;
        self
    }

    /// Sends through a transport of the caller's own in place of the network.
    /// Timeouts of attempts and calls still apply; those of connections and
    /// bodies, and the size bound, are the transport's to keep.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sends to a tower service in the same process in place of the network:
    /// an emulator, or a stack of middleware.
    ///
    /// A service that isn't ready counts as not reached; one that fails may
    /// have acted on the request first.
    pub fn service<S>(self, service: S) -> Self
    where
        S: Service<Request<Bytes>, Response = Response<Bytes>> + Clone + Send + Sync + 'static,
        S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
        S::Future: Send,
    {
        self.transport(ServiceTransport::new(service))
    }

    /// Checks the configuration and makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when the
    /// subdomain, the base URL, the proxy, the credentials, the user agent or
    /// a limit is not acceptable, when there are no credentials, and when https is
    /// asked for without a TLS feature. The source says which. The error
    /// never repeats a value.
    pub fn build(self) -> Result<Client, Error> {
        let base = match &self.base {
            Base::Helpdesk => Subdomain::new(self.subdomain)
                .map(|subdomain| BaseUrl::helpdesk(&subdomain))
                .map_err(Error::configuration)?,
            Base::Checked(url) => BaseUrl::parse(url).map_err(Error::configuration)?,
            Base::Danger(url) => BaseUrl::parse_any_host(url).map_err(Error::configuration)?,
        };
        let credentials = self.login.ok_or(MissingCredentials);
        let credentials = credentials.map_err(Error::configuration)?;
        self.limits.check().map_err(Error::configuration)?;
        let credentials = credentials
            .check(&self.limits)
            .map_err(Error::configuration)?;
        let credentials = Arc::new(credentials);
        let agent = user_agent(self.application.as_deref()).map_err(Error::configuration)?;

        let (requests, transport) = match self.transport {
            Some(transport) => (unconnected()?, transport),
            None => network(&base, &self.limits, &self.proxy)?,
        };
        let transport: Arc<dyn Transport> = Arc::new(Outgoing::new(
            transport,
            Arc::clone(&credentials),
            agent,
            self.limits.attempt,
        ));
        // Calls of this crate ask for their slots themselves.
        let inner = Inner::new(PacedTransport::new(
            Arc::clone(&transport),
            self.rate_limit.clone(),
        ));
        let api = gorgias_api::Client::new_with_client(base.as_str(), requests, inner);
        let create = blank_create(&api)?;
        Ok(Client {
            shared: Arc::new(Shared {
                api,
                create,
                base,
                transport,
                credentials,
                limits: self.limits,
                retry: self.retry,
                budget: Budget::new(),
                pause: Pause::default(),
                rate_limit: self.rate_limit,
                settle: self.settle,
                any_attachment_url: self.any_attachment_url,
                bound: AtomicBool::new(false),
                journal: self
                    .journal
                    .unwrap_or_else(|| Arc::new(MemoryJournal::new())),
            }),
        })
    }

    /// Checks the configuration and makes a client that waits for its calls.
    /// Starts a thread; nothing is sent.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), and when the thread can't be started.
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    pub fn build_blocking(self) -> Result<crate::blocking::Client, Error> {
        crate::blocking::Client::new(self.build()?)
    }
}

impl Login {
    fn check(self, limits: &Limits) -> Result<Credentials, InvalidCredentials> {
        match self {
            Self::ApiKey { email, key } => Credentials::api_key(&email, key.expose_secret()),
            Self::Bearer(token) => Credentials::bearer(token.expose_secret()),
            Self::Provider(provider) => {
                Ok(Credentials::Provided(Tokens::new(provider, limits.attempt)))
            }
        }
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
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
