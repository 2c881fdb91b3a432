//! The emulator's handle and what it shares.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use ::http::{Request, Response, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::builder::EmulatorBuilder;
use crate::disconnect::Disconnect;
use crate::exchange;
use crate::fault::{self, ActiveFault, FaultId, FaultRule, Outcome};
use crate::log::Exchange;
use crate::server::{Face, Server};
use crate::service::EmulatorService;
use crate::shared::Shared;
use crate::store::{LoadError, Store, Ticket};
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
    /// A request that was applied stays applied when the future is dropped; one
    /// that a fault delays has not been applied before the delay is over.
    pub async fn handle(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Disconnect> {
        let shared = self.shared();
        let Some(fault) = shared.fault_for(&request, None) else {
            return Ok(exchange::run(shared, &request));
        };
        match fault::run(shared, &request, fault).await {
            Outcome::Response(response) | Outcome::Closing { response, .. } => Ok(response),
            Outcome::Lost {
                disconnect, after, ..
            } => {
                tokio::time::sleep(after).await;
                Err(disconnect)
            }
        }
    }

    /// The emulator as a `tower` service, without a socket.
    #[must_use]
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
        Server::start(self.clone(), address.into(), Face::Service).await
    }

    /// Listens on `address` for commands to the emulator itself; see the
    /// crate's documentation for the paths below `/_emulator`. Whoever can
    /// reach it can read the account and disturb it.
    ///
    /// # Errors
    ///
    /// As [`serve`](Self::serve).
    pub async fn serve_admin(&self, address: impl Into<SocketAddr>) -> io::Result<Server> {
        Server::start(self.clone(), address.into(), Face::Admin).await
    }

    /// Puts a fault in force.
    ///
    /// ```
    /// use gorgias_emulator::{Emulator, Fault, FaultRule};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let emulator = Emulator::builder().build()?;
    /// // The second create is applied, and its answer is lost.
    /// let rule = FaultRule::new(Fault::named("F7")?).operation("create_ticket").nth(2);
    /// let id = emulator.inject(rule);
    /// emulator.remove_fault(id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn inject(&self, rule: impl Into<FaultRule>) -> FaultId {
        let now = self.shared.clock.now().into();
        let id = self.shared.script().add(rule.into(), now);
        self.shared.state.script_changed.send_replace(());
        id
    }

    /// The faults in force, in the order they were added.
    #[must_use]
    pub fn faults(&self) -> Vec<ActiveFault> {
        self.shared.script().active().to_vec()
    }

    /// Takes one fault back; false when it is not in force.
    #[must_use]
    pub fn remove_fault(&self, id: FaultId) -> bool {
        let removed = self.shared.script().remove(id);
        self.release(Some(id));
        removed
    }

    /// Takes all faults back.
    pub fn clear_faults(&self) {
        self.shared.script().clear();
        self.release(None);
    }

    /// Applies what was to be applied when a rule is over.
    fn release(&self, rule: Option<FaultId>) {
        let now = self.shared.clock.now().into();
        self.shared.store().release(rule.map(|id| id.0), now);
    }

    /// How many accepted creates are still to be applied, because of a fault
    /// with [`Applied::After`](crate::Applied::After) or
    /// [`Applied::WhenOver`](crate::Applied::WhenOver).
    #[must_use]
    pub fn pending_count(&self) -> usize {
        self.shared.store().pending_count()
    }

    /// The newest exchanges, oldest first; how many is set by
    /// [`EmulatorBuilder::log_capacity`].
    #[must_use]
    pub fn requests(&self) -> Vec<Exchange> {
        self.shared.log().newest()
    }

    /// How many requests were answered, ever.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.shared.log().total()
    }

    /// How many requests were answered with this status, ever.
    #[must_use]
    pub fn count_of(&self, status: StatusCode) -> u64 {
        self.shared.log().count(status)
    }

    /// How many tickets there are.
    #[must_use]
    pub fn ticket_count(&self) -> usize {
        self.shared.store().ticket_count()
    }

    /// Every ticket as a read returns it, by id.
    #[must_use]
    pub fn tickets(&self) -> Vec<Value> {
        let store = self.shared.store();
        store
            .tickets()
            .map(|ticket| shown(&store, ticket))
            .collect()
    }

    /// The tickets with this external id, byte for byte, by id.
    #[must_use]
    pub fn tickets_with_external_id(&self, external_id: &str) -> Vec<Value> {
        let store = self.shared.store();
        store
            .with_external_id(external_id)
            .map(|ticket| shown(&store, ticket))
            .collect()
    }

    /// How many tickets have this external id.
    #[must_use]
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
    #[must_use]
    pub fn dump(&self) -> Value {
        self.shared.store().dump()
    }
}

fn shown(store: &Store, ticket: &Ticket) -> Value {
    json!(TicketView::new(store, ticket, Answer::Read))
}

impl fmt::Debug for Emulator {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Emulator")
            .field("tickets", &self.ticket_count())
            .field("requests", &self.request_count())
            .finish_non_exhaustive()
    }
}

/// Tests may share an emulator between threads.
const _: () = {
    const fn crosses_threads<T: Send + Sync + 'static>() {}
    crosses_threads::<Emulator>();
    crosses_threads::<crate::EmulatorService>();
    crosses_threads::<crate::Server>();
    crosses_threads::<crate::Exchange>();
    crosses_threads::<crate::Disconnect>();
    crosses_threads::<crate::BuildError>();
    crosses_threads::<crate::LoadError>();
};
