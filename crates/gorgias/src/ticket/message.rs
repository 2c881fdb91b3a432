//! A message to be created, with a constructor for each direction.

use gorgias_api::types::{Channel, CreateMessage, SourceType, Via};
use gorgias_runtime::support::validate::Found;
use gorgias_runtime::{Error, ExternalId, Violations};

use super::{Contact, Dispatch, Participant, Source, check, html};

/// A message of a ticket to be created, or one that is added to a ticket by
/// [`reply`](crate::Tickets::reply).
///
/// The constructors follow the API's rules for each direction. The setters can then
/// change any field, including those that a constructor set.
///
/// A message on the channel `email` needs a [`source`](Self::source) with the
/// addresses that it came from and went to. [`incoming_email`](Self::incoming_email)
/// and [`outgoing_email`](Self::outgoing_email) set it. The service is said to
/// refuse an e-mail without a source, so a missing source is a violation. A body
/// from [`NewTicket::from_json`](crate::NewTicket::from_json) is sent even without a
/// source.
///
/// ```
/// use gorgias::{NewMessage, NewTicket};
///
/// let ticket = NewTicket::from_customer("jane@example.com")
///     .text("Order 1234 has not arrived.")
///     .message(
///         NewMessage::internal_note("agent@acme.example").text("The warehouse is looking."),
///     );
/// ```
#[derive(Clone)]
#[must_use]
pub struct NewMessage(pub(crate) CreateMessage);

impl NewMessage {
    /// A message from a customer that a program submits: `channel` and `via` are
    /// `api`. Rules that reply automatically don't run on this channel.
    pub fn from_customer(customer: impl Into<Participant>) -> Self {
        Self::incoming(Channel::Api, customer)
    }

    /// A message from a customer, on any channel, that a program submits. For an
    /// e-mail use [`incoming_email`](Self::incoming_email).
    pub fn incoming(channel: impl Into<Channel>, customer: impl Into<Participant>) -> Self {
        Self::new(channel.into(), Via::Api, false).sender(customer)
    }

    /// An e-mail from a customer to the helpdesk. `from` and `to` need an address;
    /// an id is not enough.
    pub fn incoming_email(from: impl Into<Contact>, to: impl Into<Contact>) -> Self {
        let from = from.into();
        Self::new(Channel::Email, Via::Email, false)
            .sender(from.clone())
            .source(Source::new(SourceType::Email).from(from).to(to))
    }

    /// An e-mail from an agent to a customer, from an address that must be
    /// one of the helpdesk's e-mail integrations. `from` and `to` need an
    /// address; an id is not enough.
    ///
    /// With [`Dispatch::SendNow`] the customer gets it.
    pub fn outgoing_email(
        agent: impl Into<Participant>,
        from: impl Into<Contact>,
        to: impl Into<Contact>,
        dispatch: Dispatch,
    ) -> Self {
        let to = to.into();
        let source = Source::new(SourceType::Email).from(from).to(to.clone());
        Self::outgoing(Channel::Email, agent, to, dispatch).source(source)
    }

    /// A message from an agent to a customer on any channel. For an e-mail use
    /// [`outgoing_email`](Self::outgoing_email).
    ///
    /// With [`Dispatch::SendNow`] the customer gets it, if the helpdesk can send
    /// messages on the channel.
    pub fn outgoing(
        channel: impl Into<Channel>,
        agent: impl Into<Participant>,
        customer: impl Into<Participant>,
        dispatch: Dispatch,
    ) -> Self {
        let message = Self::new(channel.into(), Via::Api, true)
            .sender(agent)
            .receiver(customer);
        match dispatch.sent_datetime() {
            Some(sent) => message.sent_datetime(sent),
            None => message,
        }
    }

    /// A note that only agents see. The service is said to need the e-mail address
    /// of the agent who wrote the note.
    pub fn internal_note(agent: impl Into<Participant>) -> Self {
        Self::new(Channel::InternalNote, Via::Api, true)
            .sender(agent)
            .public(false)
    }

    fn new(channel: Channel, via: Via, from_agent: bool) -> Self {
        Self(CreateMessage::new(channel, from_agent).via(via))
    }

    /// Sets the content of the message as plain text. The HTML that agents see is
    /// made from it with every special character escaped, so text from
    /// strangers is safe here.
    ///
    /// On the channel `api` the text also becomes `stripped_text`, which the
    /// helpdesk's rules match on and the service doesn't fill in.
    pub fn text(self, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut message = self.0.body_html(html::from_text(&text));
        if message.get_channel() == Some(&Channel::Api) {
            message = message.stripped_text(text.as_str());
        }
        Self(message.body_text(text))
    }

    /// Sets the content of the message as HTML, which is sent unchanged.
    ///
    /// Nothing is escaped or removed: HTML from strangers can run scripts in an
    /// agent's browser as far as the helpdesk lets it. Use [`text`](Self::text) for
    /// all content that the application didn't write itself.
    pub fn html(self, html: impl Into<String>) -> Self {
        Self(self.0.body_html(html))
    }

    /// Checks the message without a request, against every rule of the API except
    /// the one for addresses of attachments. A message of a new ticket is checked with the
    /// ticket.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) with
    /// all [`violations`](Error::violations).
    pub fn validate(&self) -> Result<(), Error> {
        Violations::result(self.examine().violations).map_err(Error::invalid)
    }

    /// Checks the message as [`validate`](Self::validate) does, and also against the
    /// rule for addresses of attachments: see
    /// [`NewTicket::validate_with_attachments`](crate::NewTicket::validate_with_attachments).
    ///
    /// # Errors
    ///
    /// As [`validate`](Self::validate).
    pub fn validate_with_attachments(&self) -> Result<(), Error> {
        self.examine().result().map_err(Error::invalid)
    }

    /// The body of a request that adds the message to a ticket, exactly as it
    /// would be sent.
    ///
    /// # Errors
    ///
    /// When a value can't be written as JSON. No setter accepts such a value.
    pub fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string(&self.0).map_err(Error::unbuildable)
    }

    pub(crate) fn examine(&self) -> Found {
        check::message(&self.0)
    }

    /// The `external_id` as it would be sent.
    pub(crate) fn sent_external_id(&self) -> Option<&str> {
        self.0.get_external_id()
    }

    /// Returns the message with this external id. Fails if the message has another
    /// one.
    pub(crate) fn under(self, id: &ExternalId) -> Result<Self, Error> {
        Ok(match check::is_free(self.0.get_external_id(), id)? {
            true => self.external_id(id.as_str()),
            false => self,
        })
    }
}

impl From<CreateMessage> for NewMessage {
    fn from(message: CreateMessage) -> Self {
        Self(message)
    }
}

crate::ticket::wraps!(NewMessage: CreateMessage);
