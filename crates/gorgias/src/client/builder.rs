//! Configuring a client.

use std::fmt;
use std::sync::Arc;

use gorgias_runtime::Error;
use gorgias_runtime::support::Settings;

use super::Client;
use crate::journal::{Journal, MemoryJournal};
use crate::settle_policy::SettlePolicy;

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
/// // A ticket of an import, and a ticket that a user waits for.
/// let import = one.tickets().create(NewTicket::from_customer("jane@example.com"));
/// let single = other.tickets().create(NewTicket::from_customer("joe@example.com"));
/// let (_imported, _single) =
///     tokio::try_join!(import.with_lane(Lane::Bulk).into_future(), single.into_future())?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a builder does nothing until built"]
pub struct ClientBuilder {
    settings: Settings,
    settle: SettlePolicy,
    journal: Option<Arc<dyn Journal>>,
}

impl ClientBuilder {
    pub(super) fn new(subdomain: String) -> Self {
        Self {
            settings: Settings::new(subdomain),
            settle: SettlePolicy::default(),
            journal: None,
        }
    }

    gorgias_runtime::connection_settings!();

    /// Sets how `create_once` and calls like it find out whether a write with an unknown
    /// outcome was applied: one without an answer, or with an answer that proves nothing,
    /// such as a gateway's 502. See [`SettlePolicy`] for the defaults.
    pub fn settle(mut self, policy: SettlePolicy) -> Self {
        self.settle = policy;
        self
    }

    /// Sets the journal in which `create_once` records what it sends. By default
    /// it is a [`MemoryJournal`], which is lost when the process ends. Every
    /// helpdesk needs a journal of its own.
    pub fn journal(mut self, journal: impl Journal) -> Self {
        self.journal = Some(Arc::new(journal));
        self
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
        let journal = self.journal;
        Ok(Client::new(
            gorgias_api::Client::on(self.settings.connect()?),
            journal.unwrap_or_else(|| Arc::new(MemoryJournal::new())),
            self.settle,
        ))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("limits", &self.settings.limits)
            .finish_non_exhaustive()
    }
}
