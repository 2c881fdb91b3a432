//! The methods of [`Tickets`] about messages.

use gorgias_api::calls::ListTicketMessages;

use super::Reply;
use crate::ticket::NewMessage;
use crate::tickets::Tickets;

impl Tickets {
    /// Adds a message to a ticket.
    ///
    /// The constructor of the message decides who gets it, as with a ticket's first
    /// message:
    ///
    /// | constructor | the customer gets it |
    /// |---|---|
    /// | [`NewMessage::internal_note`] | no |
    /// | [`NewMessage::from_customer`], [`incoming`](NewMessage::incoming), [`incoming_email`](NewMessage::incoming_email) | no: the customer wrote it |
    /// | [`NewMessage::outgoing_email`], [`outgoing`](NewMessage::outgoing) | with [`Dispatch::SendNow`](crate::Dispatch::SendNow) |
    ///
    /// The message is checked in full before anything is sent. A message that is
    /// added twice may be sent to the customer twice, so a request that may have
    /// arrived is not repeated. [`reply_once`](Self::reply_once) finds out whether it
    /// was applied.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is no such
    /// ticket; see [`Error`](crate::Error) for the others.
    /// [`Error::delivery`](crate::Error::delivery) says what became of the
    /// message.
    ///
    /// # Cancel safety
    ///
    /// Not cancel safe: when the future is dropped after the request went out,
    /// the message may have been added, and sent, and no result reports it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// # let ticket = gorgias::NewTicket::from_customer("jane@example.com").text("Where is it?");
    /// # let id = client.tickets().create(ticket).await?.ticket.id;
    /// use gorgias::NewMessage;
    ///
    /// let note = NewMessage::internal_note("agent@acme.example").text("The warehouse looks.");
    /// let replied = client.tickets().reply(id, note).await?;
    /// println!("message {}", replied.message.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn reply(&self, ticket_id: i64, message: impl Into<NewMessage>) -> Reply {
        Reply::new(self.client().clone(), ticket_id, message.into())
    }

    /// Reads the messages of a ticket: as a stream, or by page number.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is no such
    /// ticket; see [`Error`](crate::Error) for the others.
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
    /// # let ticket = gorgias::NewTicket::from_customer("jane@example.com").text("Where is it?");
    /// # let id = client.tickets().create(ticket).await?.ticket.id;
    /// let mut messages = client.tickets().messages(id).stream();
    /// while let Some(message) = messages.next().await {
    ///     println!("{:?}", message?.body_text);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn messages(&self, ticket_id: i64) -> ListTicketMessages {
        self.client().api().list_ticket_messages(ticket_id)
    }
}
