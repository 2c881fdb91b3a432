//! The people in a ticket.

use gorgias_api::types::{
    CreateCustomer, CreateParticipant, CreateParticipantChannel, CreateSourceAddress,
};
use serde_json::{Map, Value};

/// A person, by e-mail address or by id.
///
/// An address the helpdesk doesn't know creates a customer; a known one is
/// that customer, and a name given here replaces the stored one.
///
/// ```
/// use gorgias::Contact;
///
/// let jane = Contact::email("jane@example.com").name("Jane Doe");
/// let same: Contact = "jane@example.com".into();
/// let known: Contact = 488_071_553.into();
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    id: Option<i64>,
    email: Option<String>,
    name: Option<String>,
}

impl Contact {
    /// A person with this e-mail address, at most 320 characters.
    #[must_use]
    pub fn email(email: impl Into<String>) -> Self {
        Self {
            id: None,
            email: Some(email.into()),
            name: None,
        }
    }

    /// A customer, or for a sender an agent, that the helpdesk has under this
    /// id.
    #[must_use]
    pub fn id(id: i64) -> Self {
        Self {
            id: Some(id),
            email: None,
            name: None,
        }
    }

    /// Sets the name shown for the person.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The person as an end of an e-mail's way. A person known by id alone
    /// has no address here.
    pub(crate) fn into_address(self) -> CreateSourceAddress {
        let mut address = CreateSourceAddress::default();
        address.name = self.name;
        address.address = self.email;
        address
    }

    pub(crate) fn into_customer(self) -> CreateCustomer {
        let mut customer = CreateCustomer::default();
        customer.id = self.id;
        customer.email = self.email;
        customer.name = self.name;
        customer
    }
}

impl From<&str> for Contact {
    fn from(email: &str) -> Self {
        Self::email(email)
    }
}

impl From<String> for Contact {
    fn from(email: String) -> Self {
        Self::email(email)
    }
}

impl From<i64> for Contact {
    fn from(id: i64) -> Self {
        Self::id(id)
    }
}

/// The sender or receiver of a message, with all that can be said of one.
///
/// Beyond the fields that identify a person, each field set here changes what
/// the helpdesk stores about that person. A [`Contact`] is enough for most
/// messages.
#[derive(Clone)]
pub struct Participant(CreateParticipant);

impl Participant {
    /// Sets the person's id in the application's own system.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.0.external_id = Some(id.into());
        self
    }

    /// Sets the agents' note about the person.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.0.note = Some(note.into());
        self
    }

    /// Sets the person's time zone, such as `Europe/Paris`.
    #[must_use]
    pub fn timezone(mut self, timezone: impl Into<String>) -> Self {
        self.0.timezone = Some(timezone.into());
        self
    }

    /// Sets the person's language, as an ISO 639-1 code.
    #[must_use]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.0.language = Some(language.into());
        self
    }

    /// Adds an entry to the data kept with the person.
    #[must_use]
    pub fn meta(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0
            .meta
            .get_or_insert_with(Map::new)
            .insert(key.into(), value.into());
        self
    }

    /// Adds a way to reach the person, such as `phone` and `+15550100100`.
    #[must_use]
    pub fn channel(mut self, kind: impl Into<String>, address: impl Into<String>) -> Self {
        let channel = CreateParticipantChannel::new(address.into(), kind.into());
        self.0.channels.get_or_insert_with(Vec::new).push(channel);
        self
    }

    pub(crate) fn into_inner(self) -> CreateParticipant {
        self.0
    }
}

impl<C: Into<Contact>> From<C> for Participant {
    fn from(contact: C) -> Self {
        let contact = contact.into();
        let mut participant = CreateParticipant::default();
        participant.id = contact.id;
        participant.email = contact.email;
        participant.name = contact.name;
        Self(participant)
    }
}

crate::ticket::opaque_debug!(Contact, Participant);
