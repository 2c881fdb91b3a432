//! The methods of [`Tickets`] that create or settle a reply through the journal.

use gorgias_runtime::ExternalId;

use super::{ReplyOnce, SettleReply};
use crate::ticket::NewMessage;
use crate::tickets::Tickets;

impl Tickets {
    /// Adds a message to a ticket under an external id, and never a second one.
    ///
    /// A reply that is added twice may be an e-mail that is sent twice. This call
    /// differs from [`reply`](Self::reply) as [`create_once`](Self::create_once)
    /// differs from [`create`](Self::create): it records its intent in the client's
    /// [journal](crate::journal) before it sends the request, and it repeats a request
    /// that may have been applied only if the message is proven absent. Another call
    /// with the same ticket, id and message returns the message that was added before.
    ///
    /// The external id is that of the message. The API has no filter for it, so a
    /// look-up reads the ticket's messages, up to 25 pages of 100. A message is
    /// proven absent only if every page has status 200 and says its own number and
    /// the number of pages, and if as many messages can be read as the service
    /// counts. A deleted message looks as if it had never existed.
    ///
    /// An id need be unique only among the replies of a ticket: two tickets may each
    /// have a reply with the same id, and a ticket may have the same external id as
    /// one of its replies.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is no such
    /// ticket; [`InDoubt`](crate::ErrorKind::InDoubt) when nobody knows whether
    /// the message was added, or what its id is;
    /// [`NoEvidence`](crate::ErrorKind::NoEvidence),
    /// [`KeyReused`](crate::ErrorKind::KeyReused),
    /// [`KeyHeld`](crate::ErrorKind::KeyHeld) and
    /// [`Journal`](crate::ErrorKind::Journal) as with
    /// [`create_once`](Self::create_once).
    ///
    /// # Cancel safety
    ///
    /// A call that is dropped after the request went out leaves its intent in
    /// the journal. Call again with the same ticket, id and message to settle it.
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
    /// # let ticket_id = client.tickets().create(ticket).await?.ticket.id;
    /// use gorgias::{Dispatch, ExternalId, How, NewMessage};
    ///
    /// let id = ExternalId::derive("shop", "shipment-77")?;
    /// let message = || {
    ///     NewMessage::outgoing_email(
    ///         "agent@acme.example",
    ///         "support@acme.example",
    ///         "jane@example.com",
    ///         Dispatch::SendNow,
    ///     )
    ///     .text("It was sent today.")
    /// };
    /// let tickets = client.tickets();
    /// let replied = tickets.reply_once(ticket_id, id.clone(), message()).await?;
    /// assert_eq!(replied.how(), How::Sent);
    ///
    /// let again = tickets.reply_once(ticket_id, id, message()).await?;
    /// assert_eq!(again.how(), How::FoundBefore);
    /// assert_eq!(again.message.id, replied.message.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn reply_once(
        &self,
        ticket_id: i64,
        id: ExternalId,
        message: impl Into<NewMessage>,
    ) -> ReplyOnce {
        ReplyOnce::new(self.client().clone(), ticket_id, id, message.into())
    }

    /// Finds out whether a reply in doubt exists, and sends nothing, as
    /// [`settle`](Self::settle) does for a ticket.
    ///
    /// # Errors
    ///
    /// As [`settle`](Self::settle).
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: the key stays as it was.
    pub fn settle_reply(&self, ticket_id: i64, id: &ExternalId) -> SettleReply {
        SettleReply::new(self.client().clone(), ticket_id, id.clone())
    }
}
