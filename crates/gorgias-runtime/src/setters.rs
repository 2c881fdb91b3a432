//! The setters of both builders.

/// The setters of a builder that has a field `settings` of type
/// [`Settings`](crate::support::Settings).
///
/// Their documentation links to what both crates re-export at their roots.
#[doc(hidden)]
#[macro_export]
macro_rules! connection_settings {
    () => {
        /// Signs in with an API key, as a private app: the e-mail address of the
        /// user the key acts for, and the key itself.
        pub fn api_key(mut self, email: impl Into<String>, key: impl Into<String>) -> Self {
            self.settings.login = Some($crate::support::Login::api_key(email.into(), key.into()));
            self
        }

        /// Signs in with an OAuth2 access token, as a public app. An API key
        /// doesn't work here.
        pub fn bearer(mut self, token: impl Into<String>) -> Self {
            self.settings.login = Some($crate::support::Login::bearer(token.into()));
            self
        }

        /// Signs in with OAuth2 access tokens that a provider gives out.
        ///
        /// When the service refuses a token with 401, the provider is asked for
        /// another one, once for all calls that it happened to, and each of them
        /// is sent once more with it, as far as its
        /// [policy](crate::RetryPolicy::max_attempts) allows. See
        /// [`token`](crate::token).
        pub fn token_provider(mut self, provider: impl $crate::token::TokenProvider) -> Self {
            self.settings.login = Some($crate::support::Login::provider(provider));
            self
        }

        /// Names the application in the `user-agent` of every request, after
        /// this library's own name: 1 to 256 printable ASCII characters such as
        /// `acme-sync/2.1`.
        pub fn user_agent(mut self, application: impl Into<String>) -> Self {
            self.settings.application = Some(application.into());
            self
        }

        /// Sends to another address than the subdomain's: a helpdesk's own
        /// (`https://NAME.gorgias.com`), or a loopback literal such as
        /// `http://127.0.0.1:8080` for an emulator. Names like `localhost` don't
        /// count as loopback, and plain http goes nowhere else.
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.settings.base = Some($crate::support::Base::Checked(url.into()));
            self
        }

        /// Sends to any https address, such as a gateway of one's own. Whoever
        /// answers there gets the credentials and all that is sent.
        pub fn danger_base_url(mut self, url: impl Into<String>) -> Self {
            self.settings.base = Some($crate::support::Base::Danger(url.into()));
            self
        }

        /// Lets attachments have any address. Without this only https addresses
        /// of public hosts may be sent: whoever opens a ticket fetches its
        /// attachments, and an address from a stranger could point at a file or a
        /// host that only the reader can reach.
        pub fn danger_any_attachment_url(mut self) -> Self {
            self.settings.any_attachment_url = true;
            self
        }

        /// Bounds connecting, TLS handshake included. 3.1 seconds by default.
        pub fn connect_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.settings.limits.connect = timeout;
            self
        }

        /// Bounds one request, from its first byte to the last of its response.
        /// 30 seconds by default.
        pub fn attempt_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.settings.limits.attempt = timeout;
            self
        }

        /// Bounds a whole call with all its attempts and waits, except the wait for
        /// the rate limit. 60 seconds by default; a call can set its own.
        pub fn operation_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.settings.limits.operation = timeout;
            self
        }

        /// Bounds the silence between two pieces of a response body. 10 seconds
        /// by default.
        pub fn body_idle_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.settings.limits.body_idle = timeout;
            self
        }

        /// Bounds the body of a response, in bytes. 16 MiB by default.
        pub fn max_response_bytes(mut self, bytes: usize) -> Self {
            self.settings.limits.response_bytes = bytes;
            self
        }

        /// Sets how persistent calls are. See [`RetryPolicy`](crate::RetryPolicy)
        /// for the defaults.
        pub fn retry(mut self, policy: $crate::RetryPolicy) -> Self {
            self.settings.retry = policy;
            self
        }

        /// Sets how the client keeps to the account's rate limit, in place of
        /// [`RateLimit::automatic`](crate::RateLimit::automatic). Clients that are
        /// given clones of one value share the limit.
        pub fn rate_limit(mut self, rate_limit: $crate::RateLimit) -> Self {
            self.settings.rate_limit = rate_limit;
            self
        }

        /// Sends through a proxy, in place of any that the environment names:
        /// `http://` or `https://`, a host, and a user name and password if it
        /// wants them. The helpdesk is reached through a tunnel, so the proxy sees
        /// its name and no request. Loopback addresses never go through one.
        pub fn proxy(mut self, url: impl Into<String>) -> Self {
            self.settings.proxy = $crate::support::Proxy::chosen(url.into());
            self
        }

        /// Ignores proxies from the environment (`HTTPS_PROXY` and its kin).
        /// Loopback addresses never go through one.
        pub fn no_proxy(mut self) -> Self {
            self.settings.proxy = $crate::support::Proxy::Never;
            self
        }

        /// Sends through a transport of the caller's own in place of the network.
        /// Timeouts of attempts and calls still apply; those of connections and
        /// bodies, and the size bound, are the transport's to keep.
        pub fn transport(mut self, transport: impl $crate::transport::Transport) -> Self {
            self.settings.transport = Some(::std::sync::Arc::new(transport));
            self
        }

        /// Sends to a tower service in the same process in place of the network:
        /// an emulator, or a stack of middleware.
        ///
        /// A service that isn't ready counts as not reached; one that fails may
        /// have acted on the request first.
        pub fn service<S>(self, service: S) -> Self
        where
            S: $crate::support::Service<
                    $crate::support::http::Request<$crate::support::bytes::Bytes>,
                    Response = $crate::support::http::Response<$crate::support::bytes::Bytes>,
                > + Clone
                + Send
                + Sync
                + 'static,
            S::Error: Into<Box<dyn ::std::error::Error + Send + Sync>>,
            S::Future: Send,
        {
            self.transport($crate::support::ServiceTransport::new(service))
        }
    };
}
