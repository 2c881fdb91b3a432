//! The constructor of a message that answers another one.

use gorgias_api::types::{MessageSource, SourceAddress, SourceType, TicketMessage};

use super::{Contact, Dispatch, NewMessage, Participant};

impl NewMessage {
    /// An e-mail from an agent that answers `message`, an e-mail of a ticket. The
    /// answer to a customer's e-mail goes to the address that the e-mail came from,
    /// and comes from the address that it was sent to. The answer to an agent's
    /// e-mail comes from and goes to the same addresses as that e-mail. If `message`
    /// went to several addresses, only the first is used. The answer has the subject
    /// of `message`. People who got a copy of `message` get no copy of the answer.
    ///
    /// Returns `None` if `message` is no e-mail, or lacks the address that it came
    /// from or went to.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// # let ticket = gorgias::NewTicket::incoming_email("jane@example.com", "support@acme.example");
    /// # let ticket_id = client.tickets().create(ticket.text("Where is it?")).await?.ticket.id;
    /// use gorgias::{Dispatch, NewMessage};
    ///
    /// let ticket = client.tickets().get(ticket_id).await?;
    /// let last = ticket.messages.last().ok_or("no message")?;
    /// let answer = NewMessage::answering(last, "agent@acme.example", Dispatch::SendNow);
    /// let answer = answer.ok_or("no e-mail")?.text("It was sent today.");
    /// client.tickets().reply(ticket_id, answer).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn answering(
        message: &TicketMessage,
        agent: impl Into<Participant>,
        dispatch: Dispatch,
    ) -> Option<Self> {
        let source = message.source.as_ref()?;
        if source.type_ != Some(SourceType::Email) {
            return None;
        }
        let (from, to) = ends(source)?;
        let answer = match message.from_agent {
            Some(true) => Self::outgoing_email(agent, from, to, dispatch),
            _ => Self::outgoing_email(agent, to, from, dispatch),
        };
        Some(match &message.subject {
            Some(subject) => answer.subject(subject),
            None => answer,
        })
    }
}

/// The address that a message came from, and the address that it went to.
fn ends(source: &MessageSource) -> Option<(Contact, Contact)> {
    let contact = |end: &SourceAddress| {
        let contact = Contact::email(end.address.as_deref()?);
        Some(match &end.name {
            Some(name) if !name.is_empty() => contact.name(name),
            _ => contact,
        })
    };
    let to = source.to.as_ref()?.first()?;
    Some((contact(source.from.as_ref()?)?, contact(to)?))
}
