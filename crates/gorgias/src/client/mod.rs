//! The client.

mod builder;
mod limits;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use gorgias_api as api;
use http::Request;

pub use self::builder::ClientBuilder;
pub(crate) use self::limits::{Limits, check_timeout};
use crate::credentials::Credentials;
use crate::endpoint::BaseUrl;
use crate::error::Error;
use crate::journal::Journal;
use crate::once::SettlePolicy;
use crate::pacer::RateLimit;
use crate::retry::{Budget, Pause, RetryPolicy};
use crate::tickets::Tickets;
use crate::transport::Transport;

/// A client of one helpdesk account.
///
/// Cloning is cheap, and clones share connections. Calls run on a tokio
/// runtime with its timer on; every call is bounded in time and memory (see
/// [`ClientBuilder`]).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = gorgias_emulator::Emulator::builder().build()?;
/// use gorgias::{Client, NewTicket};
///
/// let client = Client::builder("acme")
///     .api_key("agent@acme.example", "an-api-key")
/// #   .service(emulator.service())
///     .build()?;
/// let created = client
///     .tickets()
///     .create(NewTicket::from_customer("jane@example.com").text("Hello."))
///     .await?;
/// let read = client.tickets().get(created.ticket.id).await?;
/// assert_eq!(read.ticket.id, created.ticket.id);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What all clones of a client have in common.
pub(crate) struct Shared {
    pub(crate) api: api::Client,
    /// What all creates have in common, which is everything but the body.
    pub(crate) create: Request<Bytes>,
    pub(crate) base: BaseUrl,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) credentials: Arc<Credentials>,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) pause: Pause,
    pub(crate) rate_limit: RateLimit,
    pub(crate) settle: SettlePolicy,
    pub(crate) journal: Arc<dyn Journal>,
    /// The journal is known to be this helpdesk's.
    pub(crate) bound: AtomicBool,
    pub(crate) any_attachment_url: bool,
}

impl Client {
    /// Starts a client for the helpdesk at `https://SUBDOMAIN.gorgias.com`.
    ///
    /// The subdomain is checked by [`ClientBuilder::build`]; see
    /// [`Subdomain`](crate::Subdomain) for what is accepted.
    pub fn builder(subdomain: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(subdomain.into())
    }

    /// The tickets of the helpdesk.
    #[must_use]
    pub fn tickets(&self) -> Tickets {
        Tickets::new(self.clone())
    }

    /// The generated client underneath, for what this crate has no method
    /// for.
    ///
    /// Its requests carry this client's credentials and user agent, go
    /// through the same transport and are bounded by the attempt timeout.
    /// They are neither validated nor classified, and its types follow the
    /// generator: see [`gorgias::api`](crate::api).
    #[must_use]
    pub fn api(&self) -> &api::Client {
        &self.shared.api
    }

    /// Makes the journal this helpdesk's, or makes sure that it is. Calls of
    /// [`create_once`](Tickets::create_once) do so themselves; this is for who
    /// reads the journal before that.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Journal`](crate::ErrorKind::Journal) when the journal is
    /// another helpdesk's, or fails. Nothing was sent.
    pub async fn bind_journal(&self) -> Result<(), Error> {
        let Shared {
            journal,
            bound,
            base,
            ..
        } = &*self.shared;
        if !bound.load(Ordering::Relaxed) {
            let answer = journal.bind(&base.helpdesk_name()).await;
            answer.map_err(Error::journal)?;
            bound.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base.as_str())
            .field("credentials", &self.shared.credentials)
            .field("limits", &self.shared.limits)
            .finish_non_exhaustive()
    }
}
