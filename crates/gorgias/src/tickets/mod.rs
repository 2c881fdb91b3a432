//! Creates, finds and reads tickets. The methods of [`Tickets`] that reply to tickets
//! are in `replies`, those that change them in `changes`, and those that use the
//! journal in `once`.

mod create;
mod find;
mod look_up;
mod results;

use std::pin::Pin;

use gorgias_api::calls::{GetTicket, ListTickets};
use gorgias_runtime::{Error, ExternalId};

pub use self::create::Create;
pub use self::find::Find;
pub use self::look_up::{KeyPage, ListedKey, LookUp, LookUpCall};
pub(crate) use self::results::CreationDetails;
pub use self::results::{Created, How};
use crate::client::Client;
use crate::ticket::NewTicket;

/// The future that a call becomes when it is awaited.
pub type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// The tickets of a helpdesk, from [`Client::tickets`].
#[derive(Clone, Debug)]
pub struct Tickets {
    client: Client,
}

impl Client {
    /// The tickets of the helpdesk.
    #[must_use]
    pub fn tickets(&self) -> Tickets {
        Tickets {
            client: self.clone(),
        }
    }
}

impl Tickets {
    /// The client that the calls are made with.
    pub(crate) fn client(&self) -> &Client {
        &self.client
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
    /// out, the ticket may exist, and no result reports it.
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
    ///     .with_timeout(Duration::from_secs(20))
    ///     .await?;
    /// assert_eq!(created.metadata().attempts(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(&self, ticket: impl Into<NewTicket>) -> Create {
        Create::new(self.client.clone(), ticket.into())
    }

    /// Finds out whether a ticket with an external id exists. The result is
    /// [`LookUp::NoEvidence`] if the service's answers prove neither.
    ///
    /// A ticket is proven absent only if the service's list has status 200, is read
    /// to its last page, and every ticket in it has a readable id and external id.
    /// External ids are compared byte by byte. A number is compared by its digits.
    /// If the list has a ticket with another external id, the service's filter can't
    /// be trusted, and the whole list is read instead, up to 25 pages of 100
    /// tickets.
    ///
    /// A look-up that proves nothing is repeated like a failed request, as the retry
    /// policy says, if another look-up may prove something.
    ///
    /// # Errors
    ///
    /// See [`Error`]. An answer that proves nothing is not an error, but
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
    ///     LookUp::NoEvidence(reason) => println!("that is not known: {reason}"),
    ///     _ => {}
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn look_up(&self, id: &ExternalId) -> LookUpCall {
        LookUpCall::new(self.client.clone(), id.clone())
    }

    /// Finds the tickets of an external id, in the order of their creation. There are
    /// several only if something went wrong.
    ///
    /// A ticket that was created a moment ago may not be found yet, and a ticket
    /// that can't be read isn't found. So an empty result doesn't prove that no
    /// ticket has the id. [`look_up`](Self::look_up) can prove it.
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
    /// This is the call of the generated client, so every parameter of the document
    /// has a setter. The names of the call's options begin with `with_`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is no
    /// such ticket; see [`Error`] for the others.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: reading changes nothing.
    pub fn get(&self, id: i64) -> GetTicket {
        self.client.api().get_ticket(id)
    }

    /// Lists tickets, in their compact form without messages.
    ///
    /// Awaiting the call reads one page. From that page on,
    /// [`stream`](ListTickets::stream) reads every ticket, and
    /// [`pages`](ListTickets::pages) every page. This is the call of the generated
    /// client, so every filter of the document has a setter. The API has no filter
    /// for status, tag, assignee, channel or dates.
    ///
    /// # Errors
    ///
    /// See [`Error`]. A request whose answer is no list is repeated like a failed
    /// request. If it keeps failing, the error is
    /// [`UnexpectedResponse`](crate::ErrorKind::UnexpectedResponse).
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
    /// let list = client.tickets().list().external_id("order-1234");
    /// let page = list.clone().limit(5).await?;
    /// println!("{} of them", page.data.len());
    ///
    /// let mut tickets = list.stream();
    /// while let Some(ticket) = tickets.next().await {
    ///     println!("ticket {}", ticket?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> ListTickets {
        self.client.api().list_tickets()
    }
}
