//! The emulator's handle. A reader starts here: [`Emulator::handle`] passes a
//! request through the faults (`fault`) to the account (`account`), which checks
//! it and calls the handler of its operation (`routes`). The handler changes the
//! state (`store`) and writes the answer (`view`).

use std::fmt;
use std::sync::Arc;

use ::http::{Request, Response, StatusCode};
use bytes::Bytes;
use serde_json::Value;

use crate::account::Account;
use crate::disconnect::{Disconnect, DisconnectKind};
use crate::fault::{self, ActiveFault, Ending, FaultId, FaultRule, Faults};
use crate::log::Exchange;
use crate::store::LoadError;
use crate::view::dump::dump;
use crate::view::ticket;

/// An emulator of one account of the service.
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
    pub(crate) account: Arc<Account>,
    pub(crate) faults: Arc<Faults>,
    /// Whether other machines may reach the emulator.
    pub(crate) allow_remote: bool,
}

impl Emulator {
    /// Answers a request, without a socket.
    ///
    /// The address of the request needs no scheme and no host, and the request no length
    /// header.
    ///
    /// # Errors
    ///
    /// [`Disconnect`] when a scripted fault ends the exchange without a whole
    /// response.
    ///
    /// # Cancel safety
    ///
    /// A request that was applied stays applied when the future is dropped. A request
    /// with a [`latency`](crate::Fault::latency) isn't applied before that time is over.
    pub async fn handle(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Disconnect> {
        let (account, faults) = (&self.account, &self.faults);
        let Some(fault) = faults.of_request(account, &request, None) else {
            return Ok(account.run(&request));
        };
        let Ending { result, hold, .. } = fault::run(account, faults, &request, fault).await;
        // A client that times out does so after the fault's hold time.
        if let Err(lost) = &result
            && lost.kind() == DisconnectKind::TimedOut
        {
            tokio::time::sleep(hold).await;
        }
        result
    }

    /// Adds a rule for a fault.
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
        self.faults.add(rule.into(), self.account.now())
    }

    /// Returns the rules that were added and not removed, in the order they were added. A
    /// rule that is used up or whose time is over is among them.
    #[must_use]
    pub fn faults(&self) -> Vec<ActiveFault> {
        self.faults.rules().active().to_vec()
    }

    /// Removes a rule. Returns false when there is no such rule.
    #[must_use]
    pub fn remove_fault(&self, id: FaultId) -> bool {
        let removed = self.faults.rules().remove(id);
        self.account.release(Some(id.0));
        removed
    }

    /// Removes all rules.
    pub fn clear_faults(&self) {
        self.faults.rules().clear();
        self.account.release(None);
    }

    /// Returns the number of accepted writes that are not applied yet, because
    /// of a fault with [`Applied::After`](crate::Applied::After) or
    /// [`Applied::WhenOver`](crate::Applied::WhenOver).
    #[must_use]
    pub fn pending_count(&self) -> usize {
        self.account.pending_count()
    }

    /// Returns the newest exchanges, oldest first.
    /// [`EmulatorBuilder::log_capacity`](crate::EmulatorBuilder::log_capacity)
    /// sets how many are kept.
    #[must_use]
    pub fn requests(&self) -> Vec<Exchange> {
        self.account.log().newest()
    }

    /// Returns the number of requests since the start, including those without an answer
    /// because of a fault.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.account.log().total()
    }

    /// Returns the number of requests answered with this status since the start.
    #[must_use]
    pub fn count_of(&self, status: StatusCode) -> u64 {
        self.account.log().count(status)
    }

    /// Returns the number of tickets.
    #[must_use]
    pub fn ticket_count(&self) -> usize {
        self.account.state().store.ticket_count()
    }

    /// Returns all tickets in the form in which the API returns one, in the order of ids.
    #[must_use]
    pub fn tickets(&self) -> Vec<Value> {
        let store = &self.account.state().store;
        ticket::read(store, store.tickets())
    }

    /// Returns the tickets with exactly this external id, in the form and order of
    /// [`tickets`](Self::tickets).
    #[must_use]
    pub fn tickets_with_external_id(&self, external_id: &str) -> Vec<Value> {
        let store = &self.account.state().store;
        ticket::read(store, store.with_external_id(external_id))
    }

    /// Returns the number of tickets with exactly this external id.
    #[must_use]
    pub fn count_with_external_id(&self, external_id: &str) -> usize {
        let store = &self.account.state().store;
        store.with_external_id(external_id).count()
    }

    /// Adds tickets and other resources to the account, all or none, and
    /// returns the number of tickets.
    ///
    /// `data` is an array of tickets, or an object with `tickets`, `customers`,
    /// `users`, `teams`, `tags`, `custom_fields`, `integrations`, `views` and
    /// `satisfaction_surveys`, all optional. A ticket with an `id` has the form
    /// in which the API returns it; members other than the id may be missing. A
    /// ticket without an `id` has the form of a create request. Customers and
    /// the other resources have the form in which the API returns them; all but
    /// customers may leave out the id.
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
    /// [`LoadError`] with every problem and its place. Nothing is loaded then.
    pub fn load(&self, data: Value) -> Result<usize, LoadError> {
        let account = &self.account;
        let mut state = account.state();
        state
            .store
            .load(data, &account.settings.document, account.now())
    }

    /// Returns everything in the account, except events and files, in the form that
    /// [`load`](Self::load) accepts.
    #[must_use]
    pub fn dump(&self) -> Value {
        dump(&self.account.state().store)
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Emulator")
            .field("tickets", &self.ticket_count())
            .field("requests", &self.request_count())
            .finish_non_exhaustive()
    }
}
