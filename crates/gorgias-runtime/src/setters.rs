//! The settings of every client, as a macro: the builders of the generated
//! client and of `gorgias` both have these setters.

/// Writes the setters into the `impl` block of a builder that has a field
/// `settings` of type [`Settings`](crate::support::Settings).
///
/// Links in the documentation of the setters name types that both crates re-export
/// at their roots.
#[doc(hidden)]
#[macro_export]
macro_rules! connection_settings {
    () => {
        /// Signs in with an API key, as a private app. `email` is the address of the
        /// user for whom the key acts.
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
        /// another token. The provider is asked once, even if several calls were
        /// refused, and each of those calls is sent once more, if its
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

        /// Sets the address that requests go to, in place of the subdomain's. It
        /// must be the address of a helpdesk (`https://NAME.gorgias.com`), or a
        /// loopback IP address such as `http://127.0.0.1:8080` for an emulator.
        /// Plain http is allowed only for loopback IP addresses. Names like
        /// `localhost` don't count as loopback.
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.settings.base = Some($crate::support::Base::Checked(url.into()));
            self
        }

        /// Sends requests to any https address, such as that of the caller's own
        /// gateway. The host gets the credentials and the content of every request.
        pub fn danger_base_url(mut self, url: impl Into<String>) -> Self {
            self.settings.base = Some($crate::support::Base::Danger(url.into()));
            self
        }

        /// Allows attachments with any address. By default only https addresses
        /// of public hosts may be sent: a person who opens a ticket fetches its
        /// attachments, and an address from a stranger could point at a file or
        /// a host that only that person can reach.
        pub fn danger_any_attachment_url(mut self) -> Self {
            self.settings.any_attachment_url = true;
            self
        }

        /// Sets the longest that connecting may take, TLS handshake included.
        /// 3.1 seconds by default.
        pub fn connect_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.settings.limits.connect = timeout;
            self
        }

        /// Sets the longest that one attempt may take, from connecting to the
        /// last byte of the response. 30 seconds by default.
        pub fn attempt_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.settings.limits.attempt = timeout;
            self
        }

        /// Sets the longest that a call may take, with all its attempts and
        /// waits. The wait for the rate limit before the first attempt doesn't
        /// count. 60 seconds by default. A call can set a timeout of its own, in
        /// which that wait counts.
        pub fn operation_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.settings.limits.operation = timeout;
            self
        }

        /// Sets the longest silence between two pieces of a response body. 10
        /// seconds by default.
        pub fn body_idle_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.settings.limits.body_idle = timeout;
            self
        }

        /// Sets the most bytes that the body of a response may have. 16 MiB by
        /// default.
        pub fn max_response_bytes(mut self, bytes: usize) -> Self {
            self.settings.limits.response_bytes = bytes;
            self
        }

        /// Sets when and how often failed calls are repeated. See
        /// [`RetryPolicy`](crate::RetryPolicy) for the defaults.
        pub fn retry(mut self, policy: $crate::RetryPolicy) -> Self {
            self.settings.retry = policy;
            self
        }

        /// Sets how the client keeps to the account's rate limit, in place of
        /// [`RateLimit::automatic`](crate::RateLimit::automatic). Clients with
        /// clones of one value share the limit.
        pub fn rate_limit(mut self, rate_limit: $crate::RateLimit) -> Self {
            self.settings.rate_limit = rate_limit;
            self
        }

        /// Sends requests through a proxy, in place of one that the environment
        /// names. The address is `http://` or `https://`, a host, and a user name
        /// and password if the proxy needs them. The proxy only opens a tunnel:
        /// it sees the helpdesk's host name, and no request. Requests to loopback
        /// addresses never go through a proxy.
        pub fn proxy(mut self, url: impl Into<String>) -> Self {
            self.settings.proxy = $crate::support::Proxy::chosen(url.into());
            self
        }

        /// Ignores the proxy that the environment names (`HTTPS_PROXY` or
        /// `ALL_PROXY`). Requests to loopback addresses never go through a
        /// proxy.
        pub fn no_proxy(mut self) -> Self {
            self.settings.proxy = $crate::support::Proxy::Never;
            self
        }

        /// Sends requests through the caller's own transport in place of the
        /// network. The timeouts of attempts and calls still apply. The connect
        /// and body timeouts and the size limit don't apply; the transport has to
        /// have its own.
        pub fn transport(mut self, transport: impl $crate::transport::Transport) -> Self {
            self.settings.transport = Some(::std::sync::Arc::new(transport));
            self
        }

        /// Sends requests to a tower service in the same process in place of the
        /// network: an emulator, or a stack of middleware.
        ///
        /// If `poll_ready` returns an error, the request counts as not sent. If
        /// the service's call returns an error, the request may have been
        /// applied, so the delivery is unknown, unless the cause is a refused
        /// connection.
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
