//! The client, which the builder creates and from which all calls start.

mod builder;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gorgias_api as api;
use gorgias_runtime::support::Connection;
use gorgias_runtime::{Error, RawRequest};
use http::Method;

pub use self::builder::ClientBuilder;
use crate::journal::{Journal, MemoryJournal};
use crate::settle_policy::SettlePolicy;

/// A client of one helpdesk account.
///
/// Cloning is cheap, and clones share connections. Calls run on a tokio runtime
/// whose timer is enabled; every call is bounded in time and memory (see
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
/// assert_eq!(read.id, created.ticket.id);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// The state that all clones of a client share.
pub(crate) struct Shared {
    pub(crate) api: api::Client,
    pub(crate) settle: SettlePolicy,
    pub(crate) journal: Arc<dyn Journal>,
    /// Whether the journal is known to be bound to this helpdesk.
    pub(crate) bound: AtomicBool,
}

impl Client {
    /// Starts a client for the helpdesk at `https://SUBDOMAIN.gorgias.com`.
    ///
    /// The subdomain is checked by [`ClientBuilder::build`]; see
    /// [`Subdomain`](crate::Subdomain) for what is accepted.
    pub fn builder(subdomain: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(subdomain.into())
    }

    fn new(api: api::Client, journal: Arc<dyn Journal>, settle: SettlePolicy) -> Self {
        Self {
            shared: Arc::new(Shared {
                api,
                settle,
                journal,
                bound: AtomicBool::new(false),
            }),
        }
    }

    /// Returns the generated client, for operations that this crate has no
    /// method for.
    ///
    /// It has all operations of the API. Its calls share the credentials, the
    /// rate limit, the time limits and the retry policy of this client, are
    /// validated in the same way, and fail with an [`Error`] too. See
    /// [`gorgias::api`](crate::api).
    #[must_use]
    pub fn api(&self) -> &api::Client {
        &self.shared.api
    }

    /// Starts a request to any path of the API, for operations that neither this
    /// crate nor the generated client has a method for.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "an-api-key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// use http::Method;
    ///
    /// let answer = client
    ///     .request(Method::GET, "/api/tickets")
    ///     .query("limit", 3)
    ///     .await?;
    /// let page: serde_json::Value = serde_json::from_slice(&answer)?;
    /// assert!(page["data"].is_array());
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<String>) -> RawRequest {
        RawRequest::new(self.connection().clone(), method, path.into())
    }

    /// Binds the journal to this helpdesk, or checks that it is bound to this
    /// helpdesk. Calls of [`create_once`](crate::Tickets::create_once) bind the
    /// journal themselves. Only a program that reads the journal before such a
    /// call needs this method.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Journal`](crate::ErrorKind::Journal) when the journal is
    /// bound to another helpdesk, or fails. Nothing was sent.
    pub async fn bind_journal(&self) -> Result<(), Error> {
        let Shared { journal, bound, .. } = &*self.shared;
        if !bound.load(Ordering::Relaxed) {
            let answer = journal.bind(&self.connection().helpdesk_name()).await;
            answer.map_err(Error::journal)?;
            bound.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    pub(crate) fn connection(&self) -> &Connection {
        self.shared.api.connection()
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

/// Creates a client with the connection of a generated client. Settings that
/// the generated client doesn't have get the defaults of [`ClientBuilder`].
impl From<api::Client> for Client {
    fn from(api: api::Client) -> Self {
        let journal = Arc::new(MemoryJournal::new());
        Self::new(api, journal, SettlePolicy::default())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("connection", self.connection())
            .finish_non_exhaustive()
    }
}
