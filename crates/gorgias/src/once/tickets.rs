//! The methods of [`Tickets`] that create or settle a ticket through the journal.

use gorgias_runtime::ExternalId;

use super::{CreateOnce, Settle};
use crate::ticket::NewTicket;
use crate::tickets::Tickets;

impl Tickets {
    /// Creates a ticket under an external id, and never a second one.
    ///
    /// The service has no idempotency keys. So the call writes its intent to the
    /// client's [journal](crate::journal) before it sends the request. It looks for
    /// the ticket by its external id if the request may have been applied, and
    /// repeats such a request only if the ticket is proven absent. Another call with
    /// the same id and the same ticket, in this process or a later one, returns the
    /// ticket that was created before.
    ///
    /// By default the call takes at most the client's operation timeout plus the
    /// policy's [settle time](crate::SettlePolicy::settle_time). The wait for the
    /// rate limit, and the time that an interrupted attempt may still take, don't
    /// count.
    ///
    /// The call assumes this of the service and of other writers:
    ///
    /// | assumed | otherwise |
    /// |---|---|
    /// | the list shows a ticket within the settle time after it was created | the ticket isn't found: the call ends in doubt; after an interrupted call, or with [`Resend::AfterQuiet`](crate::Resend::AfterQuiet), a second ticket is possible |
    /// | a request isn't applied later than the settle time after its connection died | as above |
    /// | refusals, such as 400, 404 and 429, mean that nothing was done | a second ticket is possible |
    /// | writers of one id share a journal | a second ticket is possible: a look-up before sending doesn't keep another writer from sending |
    ///
    /// A call that was interrupted, by a crash or by being dropped, leaves an intent
    /// without an outcome. The next call waits, by its own clock, until the service
    /// has proven over the settle time that there is no ticket. Then it sends the
    /// ticket, unless the policy is [`Resend::Never`](crate::Resend::Never).
    ///
    /// Each request that creates a ticket may run the helpdesk's rules and send
    /// automatic replies and outgoing e-mail. Deleting the ticket doesn't undo that.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InDoubt`](crate::ErrorKind::InDoubt) when nobody knows whether
    /// the ticket exists, or what its id is;
    /// [`NoEvidence`](crate::ErrorKind::NoEvidence) when the service's answers don't
    /// show whether the ticket exists already, and nothing was sent;
    /// [`KeyReused`](crate::ErrorKind::KeyReused) when another ticket was created
    /// under the id; [`KeyHeld`](crate::ErrorKind::KeyHeld) when another writer held
    /// the id for the whole call, or took it over before the request was sent;
    /// [`Journal`](crate::ErrorKind::Journal) when the journal failed. See
    /// [`Error`](crate::Error) for the others.
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
        CreateOnce::new(self.client().clone(), id, ticket.into())
    }

    /// Finds out whether a ticket in doubt exists, and sends nothing.
    ///
    /// The call looks for the ticket over the settle time. If it finds the ticket,
    /// and the journal has the id, it records that in the journal. If the service
    /// proves over that time that there is none,
    /// [`Resend::AfterQuiet`](crate::Resend::AfterQuiet) in the policy frees the
    /// key, once the last attempt is old enough. Then the next
    /// [`create_once`](Self::create_once) sends the ticket. While another process or
    /// task holds a claim of the id, the call waits, as `create_once` does.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InDoubt`](crate::ErrorKind::InDoubt) when the ticket isn't
    /// found and the key isn't free, with the reason in `source` if the
    /// service's answers prove nothing; see [`Error`](crate::Error) for the others.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: the key stays as it was.
    pub fn settle(&self, id: &ExternalId) -> Settle {
        Settle::new(self.client().clone(), id.clone())
    }
}
