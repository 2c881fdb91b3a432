//! The emulator's handle and what it shares.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::http::{Request, Response, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::auth::Accounts;
use crate::builder::{EmulatorBuilder, Hook};
use crate::clock::Clock;
use crate::disconnect::Disconnect;
use crate::document::Document;
use crate::exchange;
use crate::ids::RequestIds;
use crate::limit::{Limiter, Verdict};
use crate::log::{Exchange, ExchangeLog};
use crate::server::Server;
use crate::service::EmulatorService;
use crate::store::{LoadError, Store, Ticket};
use crate::strictness::Strictness;
use crate::wire::ticket::{Answer, TicketView};

/// A stand-in for one account of the service.
///
/// A clone is another handle to the same account; two emulators share nothing.
///
/// ```
/// use gorgias_emulator::Emulator;
/// use http::Request;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let emulator = Emulator::builder().seed(7).build()?;
/// let request = Request::get("/api/tickets")
///     .header("authorization", "Bearer any")
///     .body(bytes::Bytes::new())?;
/// let response = emulator.handle(request).await?;
/// assert_eq!(response.status(), 200);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Emulator {
    shared: Arc<Shared>,
}

impl Emulator {
    /// Starts with the defaults: seed 0, the API key limit, any credentials.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }

    pub(crate) fn new(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// One exchange, without a socket.
    ///
    /// Of the request's address only path and query count. The body is whole,
    /// so no length header is needed.
    ///
    /// # Errors
    ///
    /// [`Disconnect`] when a scripted fault ends the exchange without a whole
    /// response.
    ///
    /// # Cancel safety
    ///
    /// A request that was applied stays applied when the future is dropped.
    pub async fn handle(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Disconnect> {
        Ok(exchange::run(&self.shared, &request))
    }

    /// The emulator as a `tower` service, without a socket.
    pub fn service(&self) -> EmulatorService {
        EmulatorService::new(self.clone())
    }

    /// Listens on `address`; port 0 picks a free one. Dropping the [`Server`]
    /// stops it.
    ///
    /// # Errors
    ///
    /// When the address cannot be bound, or is not loopback and
    /// [`EmulatorBuilder::allow_remote`] was not set.
    pub async fn serve(&self, address: impl Into<SocketAddr>) -> io::Result<Server> {
        Server::start(self.clone(), address.into()).await
    }

    /// The newest exchanges, oldest first; how many is set by
    /// [`EmulatorBuilder::log_capacity`].
    pub fn requests(&self) -> Vec<Exchange> {
        self.shared.log().newest()
    }

    /// How many requests were answered, ever.
    pub fn request_count(&self) -> u64 {
        self.shared.log().total()
    }

    /// How many requests were answered with this status, ever.
    pub fn count_of(&self, status: StatusCode) -> u64 {
        self.shared.log().count(status)
    }

    /// How many tickets there are.
    pub fn ticket_count(&self) -> usize {
        self.shared.store().ticket_count()
    }

    /// Every ticket as a read returns it, custom fields included, by id.
    pub fn tickets(&self) -> Vec<Value> {
        let store = self.shared.store();
        store
            .tickets()
            .map(|ticket| shown(&store, ticket))
            .collect()
    }

    /// The tickets with this external id, byte for byte, by id.
    pub fn tickets_with_external_id(&self, external_id: &str) -> Vec<Value> {
        let store = self.shared.store();
        store
            .with_external_id(external_id)
            .map(|ticket| shown(&store, ticket))
            .collect()
    }

    /// How many tickets have this external id.
    pub fn count_with_external_id(&self, external_id: &str) -> usize {
        self.shared.store().with_external_id(external_id).count()
    }

    /// Adds tickets and customers to the account, all or none, and returns how
    /// many tickets.
    ///
    /// `data` is an array of tickets, or an object with `tickets` and
    /// `customers`, both optional. An entry with an `id` is a ticket as the API
    /// returns it, of which only the id must be there; one without is the body
    /// of a create request. A customer is written as in a ticket.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// let loaded = emulator.load(serde_json::json!([
    ///     {"id": 1, "subject": "Where is my order?", "external_id": "shop-1"},
    ///     {"messages": [{"channel": "api", "via": "api", "from_agent": false}]},
    /// ]))?;
    /// assert_eq!(loaded, 2);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`LoadError`] with every problem and where it is; nothing is loaded then.
    pub fn load(&self, data: Value) -> Result<usize, LoadError> {
        let now = self.shared.clock.now().into();
        self.shared.store().load(data, &self.shared.document, now)
    }

    /// The account's customers and tickets, in the form [`load`](Self::load)
    /// takes.
    pub fn dump(&self) -> Value {
        self.shared.store().dump()
    }
}

fn shown(store: &Store, ticket: &Ticket) -> Value {
    let answer = Answer::Read {
        custom_fields: true,
    };
    json!(TicketView::new(store, ticket, answer))
}

impl fmt::Debug for Emulator {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Emulator")
            .field("tickets", &self.ticket_count())
            .field("requests", &self.request_count())
            .finish_non_exhaustive()
    }
}

/// What all handles share.
pub(crate) struct Shared {
    pub(crate) document: Arc<Document>,
    pub(crate) clock: Clock,
    pub(crate) accounts: Accounts,
    pub(crate) strictness: Strictness,
    pub(crate) messaging_quota: Option<u64>,
    pub(crate) max_body: usize,
    pub(crate) allow_remote: bool,
    pub(crate) hook: Option<Hook>,
    pub(crate) state: State,
}

/// What changes.
pub(crate) struct State {
    store: Mutex<Store>,
    limiter: Mutex<Option<Limiter>>,
    request_ids: Mutex<RequestIds>,
    log: Mutex<ExchangeLog>,
    created: AtomicU64,
}

impl State {
    pub(crate) fn new(
        store: Store,
        limiter: Option<Limiter>,
        request_ids: RequestIds,
        log: ExchangeLog,
    ) -> Self {
        Self {
            store: Mutex::new(store),
            limiter: Mutex::new(limiter),
            request_ids: Mutex::new(request_ids),
            log: Mutex::new(log),
            created: AtomicU64::new(0),
        }
    }
}

/// No lock is held over anything that can panic half-way, so the state behind
/// a poisoned one is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.state.store)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, ExchangeLog> {
        lock(&self.state.log)
    }

    pub(crate) fn next_request_id(&self) -> String {
        lock(&self.state.request_ids).next()
    }

    /// Asks the limiter, if there is one.
    pub(crate) fn limited(&self, ask: impl FnOnce(&mut Limiter) -> Verdict) -> Option<Verdict> {
        lock(&self.state.limiter).as_mut().map(ask)
    }

    /// Tickets created by requests so far.
    pub(crate) fn created(&self) -> u64 {
        self.state.created.load(Ordering::SeqCst)
    }

    pub(crate) fn count_created(&self) {
        self.state.created.fetch_add(1, Ordering::SeqCst);
    }
}
