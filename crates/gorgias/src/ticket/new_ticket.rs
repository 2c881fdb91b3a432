//! A ticket to be created, with a constructor for each direction of its first message.

use std::fmt;

use gorgias_api::types::{Channel, CreateTicket, Via};
use gorgias_runtime::support::validate::Found;
use gorgias_runtime::{Error, ExternalId, Violations};
use serde_json::Value;

use super::body::Body;
use super::{Attachment, Contact, Dispatch, NewMessage, check};

/// A ticket to be created, with its first messages.
///
/// Start with the constructor for the direction of the first message:
///
/// | the first message is | constructor |
/// |---|---|
/// | from a customer, submitted by a program | [`from_customer`](Self::from_customer) |
/// | an e-mail a customer sent | [`incoming_email`](Self::incoming_email) |
/// | an e-mail to a customer, to be sent or already sent | [`outgoing_email`](Self::outgoing_email) |
/// | a note among agents | [`internal_note`](Self::internal_note) |
/// | something else | [`new`](Self::new) with a [`NewMessage`] |
/// | JSON from elsewhere | [`from_json`](Self::from_json), [`from_value`](Self::from_value) |
///
/// A ticket is checked in full when it is sent. [`validate`](Self::validate) checks it
/// earlier. `Debug` shows no text of the ticket.
///
/// ```
/// use gorgias::NewTicket;
///
/// let ticket = NewTicket::from_customer("jane@example.com")
///     .subject("Where is my order?")
///     .text("Order 1234 has not arrived.")
///     .tag("shipping")
///     .external_id("order-1234");
/// ticket.validate()?;
/// # Ok::<(), gorgias::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a ticket does nothing until created"]
pub struct NewTicket {
    pub(crate) body: Body,
}

impl NewTicket {
    /// A ticket from a customer that a program submits: `channel` and `via` are
    /// `api`.
    ///
    /// The helpdesk finds the customer by e-mail address or id. For an unknown
    /// address it creates a customer. For a customer with only a phone number use
    /// [`Contact::phone`]. Rules that reply automatically don't run on this channel.
    pub fn from_customer(customer: impl Into<Contact>) -> Self {
        let customer = customer.into();
        Self::new(NewMessage::from_customer(customer.clone())).about(customer)
    }

    /// An e-mail that a customer sent to the helpdesk.
    pub fn incoming_email(from: impl Into<Contact>, to: impl Into<Contact>) -> Self {
        let from = from.into();
        Self::new(NewMessage::incoming_email(from.clone(), to)).about(from)
    }

    /// An e-mail from an agent to a customer, from an address that must be
    /// one of the helpdesk's e-mail integrations.
    ///
    /// With [`Dispatch::SendNow`] the customer gets it.
    ///
    /// ```
    /// use chrono::{TimeZone, Utc};
    /// use gorgias::{Dispatch, NewTicket};
    ///
    /// let sent = Utc.with_ymd_and_hms(2026, 3, 2, 11, 0, 5).unwrap();
    /// let ticket = NewTicket::outgoing_email(
    ///     "agent@acme.example",
    ///     "support@acme.example",
    ///     "jane@example.com",
    ///     Dispatch::AlreadySentAt(sent),
    /// )
    /// .subject("Your refund")
    /// .text("We have refunded order 1234.");
    /// ```
    pub fn outgoing_email(
        agent: impl Into<Contact>,
        from: impl Into<Contact>,
        to: impl Into<Contact>,
        dispatch: Dispatch,
    ) -> Self {
        let to = to.into();
        let message = NewMessage::outgoing_email(agent.into(), from, to.clone(), dispatch);
        Self::new(message).about(to)
    }

    /// A note that only agents see. The service is said to need the e-mail address
    /// of the agent who wrote the note. Set the [`customer`](Self::customer) whom
    /// the note is about.
    pub fn internal_note(agent: impl Into<Contact>) -> Self {
        Self::new(NewMessage::internal_note(agent.into())).channel(Channel::Api)
    }

    /// A ticket that starts with a message. The ticket gets the channel, the `via`
    /// and the direction of the message.
    pub fn new(message: impl Into<NewMessage>) -> Self {
        let message = message.into().0;
        let channel = message.get_channel().cloned();
        let from_agent = message.get_from_agent();
        let via = message.get_via().cloned().unwrap_or(Via::Api);
        let mut ticket = CreateTicket::new(vec![message]).via(via);
        if let Some(channel) = channel {
            ticket = ticket.channel(channel);
        }
        if let Some(from_agent) = from_agent {
            ticket = ticket.from_agent(from_agent);
        }
        Self::from(ticket)
    }

    /// Sets the ticket's customer if the contact has an id or an e-mail address. The API
    /// accepts any other contact only in a message.
    fn about(self, customer: Contact) -> Self {
        if customer.can_be_customer() {
            self.customer(customer)
        } else {
            self
        }
    }

    /// Adds a message after those that the ticket has. A ticket can be created with
    /// 500 messages at most.
    pub fn message(mut self, message: impl Into<NewMessage>) -> Self {
        self.body
            .push("messages", message.into().0, |ticket, message| {
                ticket.messages_mut().push(message);
            });
        self
    }

    /// Sets the content of the first message as plain text. Safe HTML is made from
    /// it. See [`NewMessage::text`].
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.body
            .edit_first_message(|message| NewMessage::from(message).text(text).into());
        self
    }

    /// Sets the content of the first message as HTML, which is sent unchanged. See
    /// [`NewMessage::html`] for the danger of that.
    pub fn html(mut self, html: impl Into<String>) -> Self {
        self.body
            .edit_first_message(|message| NewMessage::from(message).html(html).into());
        self
    }

    /// Adds a file to the first message.
    ///
    /// ```
    /// use gorgias::{Attachment, NewTicket};
    ///
    /// let ticket = NewTicket::from_customer("jane@example.com")
    ///     .text("It arrived like this.")
    ///     .attachment(Attachment::new(
    ///         "https://files.example.com/broken.jpg",
    ///         "broken.jpg",
    ///         "image/jpeg",
    ///     ));
    /// # ticket.validate_with_attachments()?;
    /// # Ok::<(), gorgias::Error>(())
    /// ```
    pub fn attachment(mut self, attachment: Attachment) -> Self {
        self.body.attach(attachment.into());
        self
    }

    /// Changes the first message, to set members that a ticket has no method for.
    /// For a body from [`from_json`](Self::from_json), `change` gets an empty
    /// message of the same channel and direction, and the members that it sets
    /// replace those of the body.
    ///
    /// ```
    /// use gorgias::NewTicket;
    ///
    /// let ticket = NewTicket::from_customer("jane@example.com")
    ///     .text("Order 1234 has not arrived.")
    ///     .first_message(|message| message.external_id("form-17").meta("page", "/orders"));
    /// # ticket.validate()?;
    /// # Ok::<(), gorgias::Error>(())
    /// ```
    pub fn first_message(mut self, change: impl FnOnce(NewMessage) -> NewMessage) -> Self {
        self.body
            .edit_first_message(|message| change(NewMessage::from(message)).into());
        self
    }

    /// Checks the ticket without a request, against every rule of the API except
    /// the one for addresses of attachments.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) with
    /// all [`violations`](Error::violations).
    pub fn validate(&self) -> Result<(), Error> {
        Violations::result(self.examine().violations).map_err(Error::invalid)
    }

    /// Checks the ticket as [`validate`](Self::validate) does, and also against the
    /// rule for addresses of attachments: they must be https addresses of public
    /// hosts. A client checks both before it sends, but allows addresses of uploaded
    /// files, and any address after
    /// [`danger_any_attachment_url`](crate::ClientBuilder::danger_any_attachment_url).
    ///
    /// # Errors
    ///
    /// As [`validate`](Self::validate).
    pub fn validate_with_attachments(&self) -> Result<(), Error> {
        self.examine().result().map_err(Error::invalid)
    }

    pub(crate) fn examine(&self) -> Found {
        self.body.examine()
    }

    /// The request body, exactly as it would be sent.
    ///
    /// # Errors
    ///
    /// When a value can't be written as JSON. No setter accepts such a value.
    pub fn to_json(&self) -> Result<String, Error> {
        self.body.to_json()
    }

    /// Returns the ticket with this external id. Fails if the ticket has another
    /// one.
    pub(crate) fn under(self, id: &ExternalId) -> Result<Self, Error> {
        Ok(match check::is_free(self.sent_external_id(), id)? {
            true => self.external_id(id.as_str()),
            false => self,
        })
    }

    /// Returns the JSON value of the request body. `body` is the text that
    /// [`to_json`](Self::to_json) returned.
    pub(crate) fn value_of(&self, body: &[u8]) -> Result<Value, Error> {
        self.body.value(body)
    }

    /// The `external_id` as it would be sent.
    pub(crate) fn sent_external_id(&self) -> Option<&str> {
        self.body.external_id()
    }
}

/// The messages are checked like those built with [`NewMessage`]: a missing source of an
/// e-mail is a violation. In a body from JSON it is only a warning.
impl From<CreateTicket> for NewTicket {
    fn from(ticket: CreateTicket) -> Self {
        Self {
            body: Body::Typed(Box::new(ticket)),
        }
    }
}

impl From<NewMessage> for NewTicket {
    fn from(message: NewMessage) -> Self {
        Self::new(message)
    }
}

impl fmt::Debug for NewTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewTicket")
            .field("messages", &self.body.message_count())
            .finish_non_exhaustive()
    }
}
