//! Creating and reading tickets.

mod create;
mod cursor;
mod find;
mod get;
mod list;
mod look_up;
mod query;
mod results;
mod stream;

use std::pin::Pin;

pub use self::create::Create;
pub(crate) use self::create::{Prepared, blank_create, prepare, send};
pub use self::cursor::{Cursor, InvalidCursor};
pub use self::find::Find;
pub use self::get::Get;
pub use self::list::List;
pub use self::look_up::{KeyPage, ListedKey, LookUp, LookUpCall, NoEvidence};
pub(crate) use self::results::Story;
pub use self::results::{Created, Fetched, How, Page};
pub use self::stream::TicketStream;
use crate::client::Client;
use crate::delivery::ExternalId;
use crate::error::Error;
use crate::once::{CreateOnce, Settle};
use crate::ticket::NewTicket;

/// The future of a call that was awaited.
pub type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// The tickets of a helpdesk, from [`Client::tickets`].
#[derive(Clone, Debug)]
pub struct Tickets {
    client: Client,
}

impl Tickets {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Creates a ticket.
    ///
    /// Await the call as it is, or set options first. The ticket is checked
    /// in full before anything is sent.
    ///
    /// # Errors
    ///
    /// See [`Error`]. [`Error::delivery`] says what became of the ticket.
    ///
    /// # Cancel safety
    ///
    /// Not cancel safe: when the future is dropped after the request went
    /// out, the ticket may exist and nobody is told.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// use std::time::Duration;
    ///
    /// use gorgias::NewTicket;
    ///
    /// let ticket = NewTicket::from_customer("jane@example.com").text("Hello.");
    /// let created = client
    ///     .tickets()
    ///     .create(ticket)
    ///     .timeout(Duration::from_secs(20))
    ///     .await?;
    /// assert_eq!(created.metadata().attempts(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(&self, ticket: impl Into<NewTicket>) -> Create {
        Create::new(self.client.clone(), ticket.into())
    }

    /// Creates a ticket under an external id, and never a second one.
    ///
    /// The service has no idempotency key, so this is built from what it has:
    /// the intent is written to the client's [journal](crate::journal) before
    /// anything is sent, a request whose fate isn't known is never repeated
    /// just like that, and the ticket is looked for by its external id
    /// instead. Calling again with the same id and the same ticket, in this
    /// process or a later one, gives the ticket that was created before.
    ///
    /// The call takes the client's operation timeout and the policy's
    /// [settle time](crate::SettlePolicy::settle_time) at most.
    ///
    /// What this rests on, and what happens where it doesn't hold:
    ///
    /// | assumed | otherwise |
    /// |---|---|
    /// | the list shows a ticket within the settle time after it was created | the ticket isn't found: the call ends in doubt |
    /// | a request isn't applied later than the settle time after its connection died | the same |
    /// | 4xx answers and 429 mean that nothing was done | a second ticket is possible |
    /// | writers of one id share a journal | a second ticket is possible: the filter is a read, not a lock |
    ///
    /// One case goes further than "in doubt": a call that was interrupted, by
    /// a crash or by being dropped, leaves an intent without an outcome. The
    /// next call waits, on its own clock, until the service has proven over the
    /// settle time that there is no ticket, and then sends it. [`Resend::Never`](crate::Resend::Never)
    /// turns that off.
    ///
    /// Rules, auto-replies and outgoing e-mail run per request, and can't be
    /// undone by deleting a ticket.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InDoubt`](crate::ErrorKind::InDoubt) when it can't be
    /// told whether the ticket exists, or what its id is;
    /// [`NoEvidence`](crate::ErrorKind::NoEvidence) when the service's answers
    /// don't tell whether the ticket exists already, and nothing was sent;
    /// [`KeyReused`](crate::ErrorKind::KeyReused) when another ticket was
    /// created under the id; [`KeyHeld`](crate::ErrorKind::KeyHeld) when
    /// another writer was at it for the whole call;
    /// [`Journal`](crate::ErrorKind::Journal) when the journal failed. See
    /// [`Error`] for the others.
    ///
    /// # Cancel safety
    ///
    /// A call that is dropped after the request went out leaves its intent in
    /// the journal. Call again with the same id and ticket to settle it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// use gorgias::{ExternalId, How, NewTicket};
    ///
    /// let id = ExternalId::derive("shop", "order-1234")?;
    /// let ticket = || NewTicket::from_customer("jane@example.com").text("Where is it?");
    /// let created = client.tickets().create_once(id.clone(), ticket()).await?;
    /// assert_eq!(created.how(), How::Sent);
    ///
    /// let again = client.tickets().create_once(id, ticket()).await?;
    /// assert_eq!(again.how(), How::FoundBefore);
    /// assert_eq!(again.ticket.id, created.ticket.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_once(&self, id: ExternalId, ticket: impl Into<NewTicket>) -> CreateOnce {
        CreateOnce::new(self.client.clone(), id, ticket.into())
    }

    /// Finds out what became of a ticket that is in doubt, and sends nothing.
    ///
    /// The ticket is looked for over the settle time. If it is found, the
    /// journal is told. If the service proves over that time that there is
    /// none, [`Resend::AfterQuiet`](crate::Resend::AfterQuiet) in the policy
    /// frees the key, once the last attempt is old enough, so that the next
    /// [`create_once`](Self::create_once) sends the ticket. What an earlier
    /// process left behind keeps the call waiting as it does `create_once`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InDoubt`](crate::ErrorKind::InDoubt) when the ticket isn't
    /// found and the key isn't free, with the reason in `source` if the
    /// service's answers prove nothing; see [`Error`] for the others.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: the key stays what it was.
    pub fn settle(&self, id: &ExternalId) -> Settle {
        Settle::new(self.client.clone(), id.clone())
    }

    /// Says whether a ticket with an external id exists, or that the answer
    /// doesn't tell.
    ///
    /// That there is none is taken as proven only by an answer with status
    /// 200 that is a list and is read to its last page, in which every ticket
    /// has a readable id and tells its external id, and has the one that was
    /// asked for. External ids are equal if their bytes are; one that the
    /// service holds as a number is its digits. If a ticket of another
    /// external id is in the answer, the service's filter can't be trusted,
    /// and the whole list is read in its place, up to 25 pages of 100 tickets.
    ///
    /// An answer that proves nothing is repeated like a failed request, as
    /// the retry policy says.
    ///
    /// # Errors
    ///
    /// See [`Error`]. An answer that proves nothing is no error but
    /// [`LookUp::NoEvidence`].
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: reading changes nothing.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// use gorgias::{ExternalId, LookUp};
    ///
    /// let id = ExternalId::derive("shop", "order-1234")?;
    /// match client.tickets().look_up(&id).await? {
    ///     LookUp::Found { ticket_id, .. } => println!("ticket {ticket_id}"),
    ///     LookUp::ProvenAbsent => println!("there is none"),
    ///     LookUp::NoEvidence(reason) => println!("that can't be told: {reason}"),
    ///     _ => {}
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn look_up(&self, id: &ExternalId) -> LookUpCall {
        LookUpCall::new(self.client.clone(), id.clone())
    }

    /// Finds the tickets of an external id, the first created first: none,
    /// one, or several if something went wrong.
    ///
    /// A ticket that was created a moment ago may not be found yet, and one
    /// that can't be read isn't found: to tell that there is none, ask
    /// [`look_up`](Self::look_up).
    ///
    /// # Errors
    ///
    /// See [`Error`].
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: reading changes nothing.
    pub fn find(&self, id: &ExternalId) -> Find {
        Find::new(self.client.clone(), id.clone())
    }

    /// Reads a ticket with its whole conversation.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is no
    /// such ticket; see [`Error`] for the others.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: reading changes nothing.
    pub fn get(&self, id: i64) -> Get {
        Get::new(self.client.clone(), id)
    }

    /// Lists tickets, in their compact form without messages.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: reading changes nothing.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// let mut tickets = client.tickets().list().external_id("order-1234").stream();
    /// while let Some(ticket) = tickets.next().await {
    ///     println!("ticket {}", ticket?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> List {
        List::new(self.client.clone())
    }
}
