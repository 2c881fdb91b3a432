//! Creating and reading tickets.

mod create;
mod cursor;
mod get;
mod list;
mod query;
mod results;
mod stream;

use std::pin::Pin;

pub use self::create::Create;
pub use self::cursor::{Cursor, InvalidCursor};
pub use self::get::Get;
pub use self::list::List;
pub use self::results::{Created, Fetched, Page};
pub use self::stream::TicketStream;
use crate::client::Client;
use crate::error::Error;
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
